import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Label } from "./label";

const PLANS = join(__dirname, "plans");
/** Longer ones are kept compressed. */
const LONG = 60_000;

/** A case as it is committed. */
export interface Entry {
  readonly name: string;
  /** `terraform show -json` of the plan. */
  readonly plan: string;
  /** `terraform graph -plan`. */
  readonly graph: string;
  /** `terraform state pull`, where something was deployed before. */
  readonly state: string | undefined;
  readonly label: Label;
}

export function entryNames(): readonly string[] {
  return readdirSync(PLANS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("label.json"))
    .map((file) => file.replace(/[\\/]label\.json$/, ""))
    .sort();
}

export function readEntry(name: string): Entry {
  const read = (file: string) => readText(join(PLANS, name, file));
  const needed = (file: string) => {
    const text = read(file);
    if (text === undefined) throw new Error(`${name} has no ${file}`);
    return text;
  };
  const label: Label = JSON.parse(needed("label.json"));
  const [plan, graph] = [needed("plan.json"), needed("graph.dot")];
  return { name, plan, graph, state: read("state.json"), label };
}

export function writeEntry({ name, plan, graph, state, label }: Entry): void {
  const folder = join(PLANS, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeText(join(folder, "plan.json"), plan);
  writeText(join(folder, "graph.dot"), graph);
  if (state !== undefined) writeText(join(folder, "state.json"), state);
  writeFileSync(join(folder, "label.json"), labelText(label));
}

/** A line for each path. */
function labelText({ paths, ...rest }: Label): string {
  const lines = paths.map((path) => `    ${JSON.stringify(path)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  const more = Object.entries(rest).map(
    ([key, value]) => `,\n  "${key}": ${JSON.stringify(value)}`,
  );
  return `{\n  "paths": ${list}${more.join("")}\n}\n`;
}

/** Takes away plans of cases that are no more. */
export function removeOthers(names: readonly string[]): void {
  for (const name of entryNames()) {
    if (!names.includes(name)) rmSync(join(PLANS, name), { recursive: true });
  }
}

function readText(file: string): string | undefined {
  if (existsSync(file)) return readFileSync(file, "utf8");
  const packed = `${file}.gz`;
  return existsSync(packed) ? gunzipSync(readFileSync(packed)).toString("utf8") : undefined;
}

function writeText(file: string, text: string): void {
  if (text.length < LONG) writeFileSync(file, text);
  else writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
