import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { edgeRanges } from "../lib/edge/ranges";
import type { JsonObject } from "../lib/model/value";
import { createSandbox } from "../sandbox/terraform";
import { bigSite, LARGE, scaled } from "./big-site";
import { enlarged } from "./enlarge";

/** Terraform plans a fiftieth; the rest are copies of it. */
const COPIES = 50;

/** What the plans come from: other texts make other plans. */
const SOURCES = ["big-site.ts", "enlarge.ts", "plans.ts"];

/** The parts of the large plan that are measured, each with its file; made once for all runs. */
export async function plansIn(
  folder: string,
  parts: readonly number[],
): Promise<readonly { readonly part: number; readonly file: string }[]> {
  const files = parts.map((part) => ({ part, file: join(folder, `plan-${part}.json`) }));
  const madeOf = join(folder, "plans.digest");
  const digest = digestOf(parts);
  const known = existsSync(madeOf) ? readFileSync(madeOf, "utf8") : "";
  if (known !== digest || !files.every(({ file }) => existsSync(file))) {
    const size = scaled(LARGE, 1 / COPIES);
    const plan = await realPlan(join(folder, "sandbox"), bigSite(size, ranges()));
    for (const { part, file } of files) {
      const times = Math.round(COPIES * part);
      writeFileSync(file, JSON.stringify(enlarged(plan, size, times)));
    }
    writeFileSync(madeOf, digest);
  }
  return files;
}

function digestOf(parts: readonly number[]): string {
  const texts = SOURCES.map((name) => readFileSync(join(__dirname, name), "utf8"));
  const all = JSON.stringify([parts, ranges(), texts]);
  return createHash("sha256").update(all).digest("hex");
}

async function realPlan(folder: string, configuration: object): Promise<JsonObject> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const sandbox = createSandbox(folder, { configuration });
  return (await sandbox.show(await sandbox.plan())) as JsonObject;
}

function ranges(): readonly string[] {
  return ([4, 6] as const).flatMap((family) =>
    edgeRanges()
      .cidrs(family)
      .map(({ text }) => text),
  );
}
