import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Json, member } from "../lib/model/value";
import { inTurn, type Usage, usageOf } from "./measure";

export interface SynthFigures {
  readonly records: number;
  /** Processor seconds of building and synthesizing, by the providers' classes alone. */
  readonly raw: number;
  /** The same resources by this library, proved. */
  readonly proved: number;
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
    const of = (app: string) => () => synthesized(join(apps, app), records, folder);
    const used = inTurn(rounds, { raw: of("raw"), proved: of("proved") });
    requireSame(folder, records);
    return { records, raw: used.raw.seconds, proved: used.proved.seconds };
  });
}

/** Without a compiler in the process: it would slow every stack trace of cdktf's. */
function compiled(file: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions }).outputText;
}

function synthesized(app: string, records: number, folder: string): Usage {
  const out = outputOf(app, records);
  const { output, peak } = usageOf([`${app}.js`, String(records), out], folder);
  const seconds = member(JSON.parse(output), "seconds");
  return { seconds: Number(seconds), peak };
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
