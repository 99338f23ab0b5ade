import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeRuns, runApp } from "../support/run-app";
import { readReport } from "./markdown-reading";

/*
 * The comment on each broken example, with the command and its exit code:
 * test/golden/markdown/<example>.md. `UPDATE_GOLDENS=1 npx jest test/report/markdown-golden` writes
 * them.
 */
const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "test/golden/markdown");
const BROKEN = join(ROOT, "examples/broken");
const COMMAND = join(ROOT, "dist/cli/main.js");
const UPDATE = process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true";

const examples = readdirSync(BROKEN, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

const folders: string[] = [];

/** Synthesizes an example, in a folder of its own: reports name the one that they were made from. */
function synthesized(example: string): string {
  const { outdir } = runApp(() => require(join(BROKEN, example, "main.ts")));
  const folder = mkdtempSync(join(tmpdir(), "originproof-broken-"));
  folders.push(folder);
  renameSync(outdir, join(folder, "cdktf.out"));
  return folder;
}

function run(
  cwd: string,
  format: string,
): { stdout: string; stderr: string; status: number | null } {
  const args = [COMMAND, "review", "cdktf.out", "--format", format];
  const env = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env });
}

function page(example: string, format: string): string {
  const { stdout, stderr, status } = run(synthesized(example), format);
  expect(stderr).toBe("");
  expect(readReport(stdout, "https://unpkg.com/originproof/docs/rules/").problems).toEqual([]);
  return [
    `# ${example}`,
    `The comment on [examples/broken/${example}](../../../examples/broken/${example}/README.md).`,
    `\`\`\`\`\n$ originproof review cdktf.out --format ${format}\n\n${stdout}\`\`\`\``,
    `Exit code: ${status}\n`,
  ].join("\n\n");
}

describe("the comment on a broken example", () => {
  afterAll(() => {
    removeRuns();
    for (const folder of folders) {
      rmSync(folder, { recursive: true });
    }
  });

  const pages = [
    ...examples.map((example) => [example, example, "markdown"] as const),
    ["range-missing-gitlab", "range-missing", "markdown-gitlab"] as const,
  ];

  it.each(pages)("%s", (name, example, format) => {
    const file = join(FOLDER, `${name}.md`);
    const now = page(example, format);
    if (UPDATE) {
      writeFileSync(file, now);
    }
    expect(existsSync(file) ? readFileSync(file, "utf8") : "no such file").toBe(now);
  });

  it("has no page of an example that is gone", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(pages.map(([name]) => `${name}.md`).sort());
  });
});
