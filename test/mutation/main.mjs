import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AREAS, areaOf } from "./areas.mjs";
import { digest, foundIn } from "./found.mjs";
import { pageOf } from "./page.mjs";

/** `npm run mutation -- net prove --force`: these areas, or all, with more options for Stryker. */
const args = process.argv.slice(2);
const first = args.findIndex((each) => each.startsWith("-"));
const [names, options] = first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
const root = fileURLToPath(new URL("../..", import.meta.url));

const wanted = names[0] === "page" ? [] : names.length === 0 ? AREAS : names.map(areaOf);
for (const { name } of wanted) {
  const env = { ...process.env, MUTATION_AREA: name };
  const stryker = "node_modules/@stryker-mutator/core/bin/stryker.js";
  const { status } = spawnSync(process.execPath, [stryker, "run", ...options], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}

/** What the last run of an area found, here or before; undefined where it never ran. */
function reportOf({ name }) {
  const kept = `${root}test/mutation/found/${name}.json`;
  const file = `${root}tmp/mutation/${name}.json`;
  const before = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : undefined;
  const at = statSync(file, { throwIfNoEntry: false })?.mtime;
  if (at === undefined) return before;
  const found = foundIn(JSON.parse(readFileSync(file, "utf8")), at.toISOString().slice(0, 10));
  const all = Object.entries({ ...before?.files, ...found.files });
  const files = Object.fromEntries(all.filter(([name]) => existsSync(`${root}${name}`)));
  writeFileSync(kept, `${JSON.stringify({ ...found, files }, null, 1)}\n`);
  return { ...found, files };
}

const survivors = JSON.parse(readFileSync(new URL("survivors.json", import.meta.url), "utf8"));
const digestOf = (file) => digest(readFileSync(`${root}${file}`, "utf8"));
const reports = AREAS.map((area) => ({ area, report: reportOf(area) }));
writeFileSync(`${root}docs/mutation.md`, pageOf(reports, survivors, digestOf));
