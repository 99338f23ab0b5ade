import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { AREAS, areaOf } from "./areas.mjs";
import { digest, foundIn, NOTHING } from "./found.mjs";
import { pageOf } from "./page.mjs";

/**
 * `npm run mutation -- net prove`: these areas, or all: files that no run has been tried on as they
 * are now. `--force` tries all; other options are for Stryker, as `--mutate` with files.
 */
const args = process.argv.slice(2);
const first = args.findIndex((each) => each.startsWith("-"));
const [names, options] = first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file) => readFileSync(`${root}${file}`, "utf8");
const digestOf = (file) => digest(read(file));

/** Lines of lib of which one process of Stryker tries the mutants: what is found then is kept. */
const LINES = 700;

/** Files of an area, as Stryker's patterns name them. */
function filesOf({ mutate }) {
  return mutate.flatMap((pattern) => {
    if (!pattern.includes("*")) return [pattern];
    const base = dirname(pattern.replace("/**", ""));
    const recursive = pattern.includes("/**");
    const all = readdirSync(`${root}${base}`, { recursive }).sort();
    return all.filter((file) => file.endsWith(".ts")).map((file) => `${base}/${file}`);
  });
}

const keptIn = ({ name }) => `test/mutation/found/${name}.json`;
const known = (area) =>
  existsSync(`${root}${keptIn(area)}`) ? JSON.parse(read(keptIn(area))) : { files: {} };

/** Files that are to be tried, in lists that one process takes. */
function batchesOf(area) {
  const { files } = known(area);
  const isOld = (file) => options.includes("--force") || files[file]?.digest !== digestOf(file);
  const batches = [];
  let lines = LINES;
  for (const file of filesOf(area).filter(isOld)) {
    if (lines >= LINES) lines = batches.push([]) * 0;
    batches.at(-1).push(file);
    lines += read(file).split("\n").length;
  }
  return batches;
}

/** Tries mutants of an area, and keeps what is found of each file that was tried whole. */
function tryOn(area, files, more) {
  const report = `tmp/mutation/${area.name}.json`;
  rmSync(`${root}${report}`, { force: true });
  const stryker = "node_modules/@stryker-mutator/core/bin/stryker.js";
  const { status } = spawnSync(process.execPath, [stryker, "run", ...more], {
    cwd: root,
    env: { ...process.env, MUTATION_AREA: area.name },
    stdio: "inherit",
  });
  if (status !== 0 || !existsSync(`${root}${report}`)) {
    process.exitCode = 1;
    return;
  }
  const found = foundIn(JSON.parse(read(report)), new Date().toISOString().slice(0, 10));
  const typesAlone = files
    .filter((file) => found.files[file] === undefined && existsSync(`${root}${file}`))
    .map((file) => [file, { digest: digestOf(file), ...NOTHING }]);
  const all = { ...known(area).files, ...Object.fromEntries(typesAlone), ...found.files };
  const there = Object.entries(all).filter(([file]) => existsSync(`${root}${file}`));
  const kept = { date: found.date, files: Object.fromEntries(there.sort()) };
  writeFileSync(`${root}${keptIn(area)}`, `${JSON.stringify(kept, null, 1)}\n`);
}

function writePage() {
  const survivors = JSON.parse(read("test/mutation/survivors.json"));
  const reports = AREAS.map((area) => ({ area, files: filesOf(area), report: known(area) }));
  writeFileSync(`${root}docs/mutation.md`, pageOf(reports, survivors, digestOf));
}

const wanted = names[0] === "page" ? [] : names.length === 0 ? AREAS : names.map(areaOf);
for (const area of wanted) {
  const given = options.filter((each) => each !== "--force");
  const at = given.indexOf("--mutate");
  const batches = at < 0 ? batchesOf(area) : [given.splice(at, 2)[1].split(",")];
  for (const files of batches) {
    tryOn(area, files, ["--mutate", files.join(","), ...given]);
    writePage();
  }
}
writePage();
