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
import { describeWithChromium, Viewer } from "../../support/browser";
import { removeRuns, runApp } from "../../support/run-app";

/*
 * The page of each broken example as a screen reader gets it, with the command and its exit code:
 * test/golden/html/<example>.md. `UPDATE_GOLDENS=1 npx jest test/report/html/golden` writes them.
 */
const ROOT = join(__dirname, "../../..");
const FOLDER = join(ROOT, "test/golden/html");
const BROKEN = join(ROOT, "examples/broken");
const COMMAND = join(ROOT, "dist/cli/main.js");
const UPDATE = process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true";

const examples = readdirSync(BROKEN, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

const folders: string[] = [];

interface Ran {
  readonly file: string;
  readonly printed: string;
  readonly status: number | null;
}

/** Synthesizes an example, then reviews it as the page says. */
function run(example: string): Ran {
  const { outdir } = runApp(() => require(join(BROKEN, example, "main.ts")));
  // Reports name the folder that they were made from.
  const folder = mkdtempSync(join(tmpdir(), "originproof-broken-"));
  folders.push(folder);
  renameSync(outdir, join(folder, "cdktf.out"));
  const args = [COMMAND, "review", "cdktf.out", "--format", "html=report.html"];
  const env = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { file: join(folder, "report.html"), printed: stdout + stderr, status };
}

describeWithChromium("the page of a broken example", () => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await Viewer.start();
  });
  afterAll(async () => {
    await viewer.close();
    removeRuns();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it.each(examples)("%s", async (example) => {
    const { file, printed, status } = run(example);
    const { page, problems } = await viewer.openFile(file);
    await page.evaluate(
      'document.querySelectorAll("details").forEach((each) => { each.open = true; })',
    );
    const tree = await page.locator("body").ariaSnapshot();
    await page.context().close();
    const now = [
      `# ${example}`,
      `What a screen reader gets of the page for [examples/broken/${example}](../../../examples/broken/${example}/README.md).`,
      `\`\`\`\n$ originproof review cdktf.out --format html=report.html\n\`\`\``,
      `\`\`\`yaml\n${tree}\n\`\`\``,
      `Exit code: ${status}\n`,
    ].join("\n\n");
    const golden = join(FOLDER, `${example}.md`);
    if (UPDATE) {
      writeFileSync(golden, now);
    }
    expect({ printed, problems }).toEqual({ printed: "", problems: [] });
    expect(readFileSync(golden, "utf8")).toBe(now);
  });

  it("has a golden page each", () => {
    const pages = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
    expect(pages.sort()).toEqual(examples.map((name) => `${name}.md`).sort());
  });
});
