import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeRuns, runApp } from "./run-app";

const ROOT = join(__dirname, "../..");
const BROKEN = join(ROOT, "examples/broken");
const COMMAND = join(ROOT, "dist/cli/main.js");

/** Names of the folders of examples/broken. */
export const BROKEN_EXAMPLES: readonly string[] = readdirSync(BROKEN, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

/** Example → the folder that it was synthesized in. */
const folders = new Map<string, string>();

/** Synthesizes an example, once, in a folder of its own: reports name what they were made from. */
function synthesized(example: string): string {
  const made = folders.get(example);
  if (made !== undefined) {
    return made;
  }
  const { outdir } = runApp(() => require(join(BROKEN, example, "main.ts")));
  const folder = mkdtempSync(join(tmpdir(), "originproof-broken-"));
  folders.set(example, folder);
  renameSync(outdir, join(folder, "cdktf.out"));
  return folder;
}

/** For `afterAll`. */
export function removeBrokenExamples(): void {
  removeRuns();
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
  folders.clear();
}

/** What `originproof review cdktf.out --format <format>` says of an example. */
export function reviewBroken(
  example: string,
  format: string,
): { stdout: string; stderr: string; status: number | null; folder: string } {
  const folder = synthesized(example);
  const args = [COMMAND, "review", "cdktf.out", "--format", format];
  const env = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
  const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
  return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status, folder };
}

/** Holds a page to the one of test/golden; `UPDATE_GOLDENS=1` writes it. */
export function expectGolden(name: string, now: string): void {
  const golden = join(ROOT, "test/golden", name);
  if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
    mkdirSync(dirname(golden), { recursive: true });
    writeFileSync(golden, now);
  }
  expect(existsSync(golden) ? readFileSync(golden, "utf8") : "no such file").toBe(now);
}

/** Pages of a folder of test/golden, without `.md`. */
export function goldenPages(folder: string): readonly string[] {
  const pages = readdirSync(join(ROOT, "test/golden", folder));
  return pages.map((page) => page.replace(/\.md$/, "")).sort();
}
