// npm run corpus:make: plans every case of the corpus with terraform in the sandbox and labels it by
// what the oracles see. Arguments are names of cases, or beginnings of them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox } from "../../sandbox/terraform";
import type { Case } from "./case";
import { CASES } from "./cases";
import { type Entry, removeOthers, writeEntry } from "./files";
import { labelOf, type Made } from "./make-label";
import { type PlanJson, watch } from "./oracle/watch";

const SIDE_BY_SIDE = 4;

async function main(wanted: readonly string[]): Promise<void> {
  const chosen = CASES.filter(
    ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
  );
  const queue = [...chosen];
  let wrong = 0;
  const work = async () => {
    for (let each = queue.shift(); each !== undefined; each = queue.shift()) {
      const made = await tried(each);
      if (!made) wrong += 1;
    }
  };
  await Promise.all([...Array(SIDE_BY_SIDE)].map(work));
  removeOthers(CASES.map(({ name }) => name));
  console.log(`${chosen.length} plans, ${wrong} without a label`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function tried(each: Case): Promise<boolean> {
  const started = Date.now();
  try {
    writeEntry(await make(each));
    console.log(`${each.name}  ${Date.now() - started} ms`);
    return true;
  } catch (error) {
    console.error(`${each.name}: ${endOf(error instanceof Error ? error.message : `${error}`)}`);
    return false;
  }
}

async function make(each: Case): Promise<Entry> {
  const folder = mkdtempSync(join(tmpdir(), "originproof-corpus-"));
  try {
    const { before, after, files = {}, options = {}, name } = each;
    const box = createSandbox(folder, {
      ...options,
      files,
      seed: name,
      configuration: before ?? after,
    });
    if (before !== undefined) {
      await box.apply(undefined, "-parallelism=1");
      box.configure(after);
    }
    const plan = await box.plan();
    const json = timeless((await box.show(plan)) as PlanJson & object);
    const graph = await box.graph(plan);
    const state = before === undefined ? undefined : await box.run("state", "pull");
    const start = box.cloud();
    const watched =
      before === undefined ? undefined : await watch({ box, plan, json, options: each.options });
    await box.apply(plan);
    const made: Made = {
      after: box.cloud(),
      values: await box.show(),
      ...(watched === undefined ? {} : { before: start, watched }),
    };
    return { name, plan: JSON.stringify(json), graph, state, label: labelOf(each, made) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without what terraform did before. */
function endOf(message: string): string {
  const [first = "", ...lines] = message.trimEnd().split("\n");
  return [first, ...lines.slice(-12)].join("\n");
}

/** Without what differs each time a plan is made: the time, and the order of a list of Go's. */
function timeless<T extends object>(json: T): T {
  const { relevant_attributes: relevant } = json as { relevant_attributes?: readonly unknown[] };
  const texts = (relevant ?? []).map((each) => JSON.stringify(each)).sort();
  return {
    ...json,
    timestamp: "2026-01-01T00:00:00Z",
    ...(relevant === undefined ? {} : { relevant_attributes: texts.map((t) => JSON.parse(t)) }),
  };
}

if (require.main === module) void main(process.argv.slice(2));
