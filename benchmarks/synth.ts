import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Json, member } from "../lib/model/value";
import { median, usageOf } from "./measure";

export interface SynthFigures {
  readonly records: number;
  readonly by: keyof typeof RUNNERS;
  /** By the providers' classes alone. */
  readonly raw: SynthUsage;
  /** The same resources by this library, proved. */
  readonly proved: SynthUsage;
}

/** In seconds of processor time. */
export interface SynthUsage {
  /** What the app does: it makes its constructs and synthesizes them. */
  readonly synth: number;
  /** The whole process: the start of Node and the loading of all libraries included. */
  readonly whole: number;
}

const SOURCES = join(__dirname, "apps");
const APPS = ["measured", "raw", "proved"];

/**
 * How an app is run: compiled before, or as the template of cdktf does, whose compiler maps every
 * frame of each stack trace that cdktf keeps. Neither checks types.
 */
const RUNNERS = {
  node: (app: string, folder: string) => [join(folder, "apps", `${app}.js`)],
  "ts-node": (app: string, _folder: string) => [
    ...["-r", "ts-node/register/transpile-only"],
    join(SOURCES, `${app}.ts`),
  ],
};

/** Synthesizes the same resources with and without the library. */
export function synthFigures(folder: string, rounds: number): readonly SynthFigures[] {
  mkdirSync(join(folder, "apps"), { recursive: true });
  for (const name of APPS) {
    writeFileSync(join(folder, "apps", `${name}.js`), compiled(join(SOURCES, `${name}.ts`)));
  }
  const sizes = [100, 1000, 10_000];
  return (["node", "ts-node"] as const).flatMap((by) =>
    sizes.map((records) => figuresOf(records, by, { folder, rounds })),
  );
}

function figuresOf(
  records: number,
  by: SynthFigures["by"],
  { folder, rounds }: { readonly folder: string; readonly rounds: number },
): SynthFigures {
  const times = records < 10_000 ? rounds : Math.min(rounds, 3);
  const run = (app: string) => synthesized(RUNNERS[by](app, folder), app, { records, folder });
  const all = Array.from({ length: times }, () => ({ raw: run("raw"), proved: run("proved") }));
  requireSame(folder, records);
  const [raw, proved] = [all.map((each) => each.raw), all.map((each) => each.proved)];
  return { records, by, raw: middle(raw), proved: middle(proved) };
}

function middle(all: readonly SynthUsage[]): SynthUsage {
  return {
    synth: median(all.map(({ synth }) => synth)),
    whole: median(all.map(({ whole }) => whole)),
  };
}

/** Without a compiler in the process: it would slow every stack trace of cdktf's. */
function compiled(file: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions }).outputText;
}

function synthesized(
  run: readonly string[],
  app: string,
  { records, folder }: { readonly records: number; readonly folder: string },
): SynthUsage {
  const out = outputOf(app, records, folder);
  const { output, seconds } = usageOf([...run, String(records), out], folder);
  return { synth: Number(member(JSON.parse(output), "seconds")), whole: seconds };
}

function outputOf(app: string, records: number, folder: string): string {
  return join(folder, "apps", `${app}-${records}.out`);
}

/** @throws Error where the two apps don't make as many resources of each type */
function requireSame(folder: string, records: number): void {
  const [raw, proved] = ["raw", "proved"].map((app) => {
    const file = join(outputOf(app, records, folder), "stacks", "site", "cdk.tf.json");
    const types: Json = member(JSON.parse(readFileSync(file, "utf8")), "resource") ?? {};
    return JSON.stringify(
      Object.entries(types ?? {}).map(([type, blocks]) => [type, Object.keys(blocks).length]),
    );
  });
  if (raw !== proved) {
    throw new Error(`the apps differ: ${raw} and ${proved}`);
  }
}
