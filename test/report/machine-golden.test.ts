import { spawnSync } from "node:child_process";
import {
  mkdirSync,
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
import { sarifProblems } from "../support/sarif-schema";

/*
 * What each format for machines, and the text, says of each broken example, with the command and
 * its exit code: test/golden/<format>/<example>.md. `UPDATE_GOLDENS=1` writes them.
 */
const ROOT = join(__dirname, "../..");
const BROKEN = join(ROOT, "examples/broken");
const COMMAND = join(ROOT, "dist/cli/main.js");
const UPDATE = process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true";
const FORMATS = ["text", "json", "sarif", "codequality"] as const;

const examples = readdirSync(BROKEN, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

/** Example → the folder that it was synthesized in. */
const folders = new Map<string, string>();

function synthesized(example: string): string {
  const { outdir } = runApp(() => require(join(BROKEN, example, "main.ts")));
  const folder = mkdtempSync(join(tmpdir(), "originproof-broken-"));
  renameSync(outdir, join(folder, "cdktf.out"));
  return folder;
}

beforeAll(() => {
  for (const example of examples) folders.set(example, synthesized(example));
});
afterAll(() => {
  removeRuns();
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
});

function run(example: string, format: string) {
  const args = [COMMAND, "review", "cdktf.out", "--format", format];
  const cwd = folders.get(example);
  const env = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env });
}

describe.each(FORMATS)("--format %s", (format) => {
  it.each(examples)("of the broken example %s", (example) => {
    const { stdout, stderr, status } = run(example, format);
    const now = [
      `# ${example}`,
      `[examples/broken/${example}](../../../examples/broken/${example}/README.md)`,
      `\`\`\`\n$ originproof review cdktf.out --format ${format}\n\n${stdout}\`\`\``,
      `Exit code: ${status}\n`,
    ].join("\n\n");
    const golden = join(ROOT, "test/golden", format, `${example}.md`);
    if (UPDATE) {
      mkdirSync(join(golden, ".."), { recursive: true });
      writeFileSync(golden, now);
    }
    expect(stderr).toBe("");
    expect(readFileSync(golden, "utf8")).toBe(now);
  });

  it("has a golden page for each example and no other", () => {
    const pages = readdirSync(join(ROOT, "test/golden", format));
    expect(pages.sort()).toEqual(examples.map((name) => `${name}.md`).sort());
  });
});

it.each(examples)("the SARIF of %s validates, and points at lines of the example", (example) => {
  const { stdout } = run(example, "sarif");
  expect(sarifProblems(stdout)).toEqual([]);
  const [{ results }] = JSON.parse(stdout).runs;
  const places = results.map(
    (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
      result.locations[0]?.physicalLocation.artifactLocation.uri,
  );
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    expect(place).toMatch(/^(examples\/broken\/[a-z0-9-]+\/main\.ts|cdktf\.out\/stacks\/.*)$/);
  }
});
