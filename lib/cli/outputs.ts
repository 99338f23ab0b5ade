import { fstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { UsageError } from "./usage-error";

/** Where reports go, and what the review reads, as the command line names them. */
export interface Used {
  /** Undefined for standard output. */
  readonly outputs: readonly (string | undefined)[];
  /** Files, folders, and `-` for standard input. */
  readonly inputs: readonly string[];
  /** Files, or `<input>=<file>`. */
  readonly beside: readonly string[];
}

/** What is read of a folder that `cdktf synth` wrote. */
const SYNTHESIZED: ReadonlySet<string> = new Set([
  "manifest.json",
  "cdk.tf.json",
  "originproof.json",
]);

/** @throws UsageError where a report would replace another one, or what the review reads */
export function refuseOverwriting({ outputs, inputs, beside }: Used): void {
  const files = outputs.filter((file) => file !== undefined);
  if (outputs.length - files.length > 1) {
    throw new UsageError(
      "more than one '--format' goes to standard output; give files, as --format json=review.json",
    );
  }
  const read = new Set([...inputs, ...beside.flatMap(endings)].flatMap(identities));
  const written = new Set<string>();
  for (const file of files) {
    const own = identities(file);
    if (own.some((id) => read.has(id)) || isSynthesized(file, inputs)) {
      throw new UsageError(`'--format' would replace ${file}, which this review reads`);
    }
    if (own.some((id) => written.has(id))) {
      throw new UsageError(`'--format' names ${file} twice; give each report its own file`);
    }
    for (const id of own) {
      written.add(id);
    }
  }
}

/** The value, and what follows each `=` in it: either may be the file. */
function endings(value: string): readonly string[] {
  return value.split("=").map((_, index, parts) => parts.slice(index).join("="));
}

/** By its place on the disk where it is there, whatever name it goes by; a pipe or device is nobody's. */
function identities(name: string): readonly string[] {
  const stats = statsOf(name);
  if (stats === undefined) {
    return name === "-" ? [] : [realPath(name)];
  }
  return stats.isFile() ? [`${stats.dev}:${stats.ino}`] : [];
}

function statsOf(name: string): Stats | undefined {
  try {
    return name === "-" ? fstatSync(0) : statSync(name);
  } catch {
    return undefined;
  }
}

/** Of a file that may not be there yet. */
function realPath(name: string): string {
  const path = resolve(name);
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

function isSynthesized(file: string, inputs: readonly string[]): boolean {
  const path = realPath(file);
  return (
    SYNTHESIZED.has(basename(path)) &&
    inputs
      .filter((name) => name !== "-")
      .map((name) => (basename(name) === "cdk.tf.json" ? dirname(resolve(name)) : name))
      .some((name) => statsOf(name)?.isDirectory() && isWithin(realPath(name), path))
  );
}

function isWithin(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith("..");
}
