import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Json, member } from "../lib/model/value";
import { median, usageOf } from "./measure";

export interface SynthFigures {
  readonly records: number;
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

const APPS = ["measured", "raw", "proved"];

/** Synthesizes the same resources with and without the library. */
export function synthFigures(folder: string, rounds: number): readonly SynthFigures[] {
  const apps = join(folder, "apps");
  mkdirSync(apps, { recursive: true });
  for (const name of APPS) {
    writeFileSync(join(apps, `${name}.js`), compiled(join(__dirname, "apps", `${name}.ts`)));
  }
  return [100, 1000, 10_000].map((records) => {
    const all = Array.from({ length: rounds }, () => ({
      raw: synthesized(join(apps, "raw"), records, folder),
      proved: synthesized(join(apps, "proved"), records, folder),
    }));
    requireSame(folder, records);
    return {
      records,
      raw: middle(all.map(({ raw }) => raw)),
      proved: middle(all.map(({ proved }) => proved)),
    };
  });
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

function synthesized(app: string, records: number, folder: string): SynthUsage {
  const out = outputOf(app, records);
  const { output, seconds } = usageOf([`${app}.js`, String(records), out], folder);
  return { synth: Number(member(JSON.parse(output), "seconds")), whole: seconds };
}

function outputOf(app: string, records: number): string {
  return `${app}-${records}.out`;
}

/** @throws Error where the two apps don't make as many resources of each type */
function requireSame(folder: string, records: number): void {
  const [raw, proved] = ["raw", "proved"].map((app) => {
    const out = outputOf(join(folder, "apps", app), records);
    const file = join(out, "stacks", "site", "cdk.tf.json");
    const types: Json = member(JSON.parse(readFileSync(file, "utf8")), "resource") ?? {};
    return JSON.stringify(
      Object.entries(types ?? {}).map(([type, blocks]) => [type, Object.keys(blocks).length]),
    );
  });
  if (raw !== proved) {
    throw new Error(`the apps differ: ${raw} and ${proved}`);
  }
}
