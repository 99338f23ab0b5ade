import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { AppStack } from "../model/apply";
import { isObject, type Json, member } from "../model/value";
import { decodeText } from "../read/decode-text";
import { InputError } from "../read/input-error";
import { parseInput } from "../read/parse-input";
import { withoutPlannedValues } from "../read/planned-values";
import { parseSidecar, type Sidecar } from "../read/sidecar";
import type { ReadInput } from "../read/snapshot";
import { blocksIn, parseStackOrder } from "../read/stack-order";

/** Inputs as read, with what synth wrote beside them. */
export interface Loaded {
  readonly reads: readonly ReadInput[];
  readonly sidecars: readonly Sidecar[];
  /** Where each input lies, by its label; null of standard input. */
  readonly files: ReadonlyMap<string, string | null>;
}

/** What a stack is called on disk. */
export const CONFIGURATION = "cdk.tf.json";
const SIDECAR = "originproof.json";

/**
 * Reads what the user named: files, folders that `cdktf synth` wrote, `-` for standard input.
 *
 * @throws InputError for the first that can't be read
 */
export function loadInputs(names: readonly string[]): Loaded {
  const loaded = distinct(names).map((name) => loadInput(name));
  return {
    reads: loaded.flatMap((each) => each.reads),
    sidecars: loaded.flatMap((each) => each.sidecars),
    files: new Map(loaded.flatMap((each) => [...each.files])),
  };
}

/** Only what a synth folder declares: its stacks are in the plans already. */
export function loadSidecars(folder: string): readonly Sidecar[] {
  return stackFiles(folder).flatMap(({ file }) => sidecarBeside(file));
}

/** The stacks of a synth folder, as its manifest orders them: none where it has no manifest. */
export function loadStacks(folder: string): readonly AppStack[] {
  const manifest = join(folder, "manifest.json");
  if (!existsSync(manifest)) {
    return [];
  }
  const order = parseStackOrder(readText(manifest, manifest), manifest);
  return manifestStacks(folder, manifest).map(({ file, label }) => ({
    stack: label,
    after: order.get(label) ?? [],
    blocks: blocksIn(readText(file, file)),
  }));
}

/** A file named twice is read once. */
function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [name === "-" ? name : resolve(name), name])).values()];
}

function loadInput(name: string): Loaded {
  if (name === "-") {
    const label = "standard input";
    const reads = [parseInput(readInputText(0, label), label)];
    return { reads, sidecars: [], files: new Map([[label, null]]) };
  }
  if (isFolder(name)) {
    const stacks = stackFiles(name);
    return {
      reads: stacks.map(({ file, label }) => parseInput(readInputText(file, file), label)),
      sidecars: stacks.flatMap(({ file }) => sidecarBeside(file)),
      files: new Map(stacks.map(({ file, label }) => [label, file])),
    };
  }
  const synth = basename(name) === CONFIGURATION;
  const label = synth ? basename(dirname(resolve(name))) : name;
  return {
    reads: [parseInput(readInputText(name, name), label)],
    sidecars: synth ? sidecarBeside(name) : [],
    files: new Map([[label, name]]),
  };
}

/** @throws InputError where there is neither file nor folder */
export function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    throw new InputError(name, "there is no such file or folder");
  }
}

/**
 * The text of an input, without the part of a plan that nothing reads.
 *
 * @throws InputError where the file can't be read
 */
function readInputText(file: string | 0, label: string): string {
  return decodeText(withoutPlannedValues(readBytes(file, label)));
}

/** @throws InputError where the file can't be read */
export function readText(file: string | 0, label: string): string {
  return decodeText(readBytes(file, label));
}

function readBytes(file: string | 0, label: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "EACCES" ? "permission denied" : (code ?? (error as Error).message);
    throw new InputError(label, `can't be read (${why})`);
  }
}

interface StackFile {
  readonly file: string;
  readonly label: string;
}

/**
 * The stacks of a folder that `cdktf synth` wrote. Its manifest lists them: folders of stacks that
 * were removed from the app stay behind. A synth that was refused leaves the stacks alone.
 */
function stackFiles(folder: string): readonly StackFile[] {
  const manifest = join(folder, "manifest.json");
  if (existsSync(manifest)) {
    return manifestStacks(folder, manifest);
  }
  const file = join(folder, CONFIGURATION);
  if (existsSync(file)) {
    return [{ file, label: basename(resolve(folder)) }];
  }
  const found = foldersIn(join(folder, "stacks")).flatMap((label): StackFile[] => {
    const stack = join(folder, "stacks", label, CONFIGURATION);
    return existsSync(stack) ? [{ file: stack, label }] : [];
  });
  if (found.length === 0) {
    throw new InputError(folder, "has no stacks; give what 'cdktf synth' wrote, cdktf.out");
  }
  return found;
}

function foldersIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function manifestStacks(folder: string, manifest: string): readonly StackFile[] {
  const stacks = stacksOf(readText(manifest, manifest), manifest);
  const files = Object.entries(stacks).map(([label, stack]) => {
    const path = member(stack, "synthesizedStackPath");
    const file = typeof path === "string" ? resolve(folder, path) : "";
    if (file === "" || relative(resolve(folder), file).startsWith("..")) {
      throw new InputError(
        manifest,
        `names no file of its own for the stack ${JSON.stringify(label)}`,
      );
    }
    return { file, label };
  });
  if (files.length === 0) {
    throw new InputError(folder, "has no stacks; run 'cdktf synth' again");
  }
  return files;
}

function stacksOf(text: string, manifest: string): { readonly [label: string]: Json } {
  try {
    const stacks = member(JSON.parse(text), "stacks");
    if (isObject(stacks)) {
      return stacks;
    }
  } catch {
    // Not JSON: the same advice.
  }
  throw new InputError(manifest, "is no manifest of cdktf; run 'cdktf synth' again");
}

function sidecarBeside(file: string): readonly Sidecar[] {
  const sidecar = join(dirname(file), SIDECAR);
  return existsSync(sidecar) ? [parseSidecar(readText(sidecar, sidecar), sidecar)] : [];
}
