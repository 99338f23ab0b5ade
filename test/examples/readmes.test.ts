import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NO_SITES } from "../support/run-app";
import { runShell } from "../support/shell";

const ROOT = join(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples");
const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NO_SITES.includes(entry.name))
  .map(({ name }) => name);

const SEE_IT = /(## See it\n\n```sh\n(.*?)```\n\n```text\n)(.*?)```/s;

const fileOf = (name: string) => join(EXAMPLES, name, "README.md");
const textOf = (name: string) =>
  existsSync(fileOf(name)) ? readFileSync(fileOf(name), "utf8") : "";

const folder = mkdtempSync(join(tmpdir(), "originproof-readme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The two lines of a report that count hostnames and paths. */
function counts(output: string): string {
  const lines = output.match(/^(\d+ hostnames?:|\d+ paths? ·) .*\n/gm) ?? [];
  return lines.slice(-2).join("");
}

describe.each(NAMES)("examples/%s/README.md", (name) => {
  it("says what it shows with a sketch, how to run it, what is proved and what to change", () => {
    expect(textOf(name)).toMatch(/^# .+\n\n[^#]+?\n\n```text\n/);
    expect(textOf(name).match(/^## .*$/gm)).toEqual([
      "## See it",
      "## What is proved",
      "## What to change",
    ]);
  });

  it("has commands that run, and what the last one counts", () => {
    const [, , commands = ""] = SEE_IT.exec(textOf(name)) ?? [];
    const outdir = join(folder, name);
    expect(commands).toContain(`npx ts-node examples/${name}/main.ts\n`);
    const ran = runShell(commands.replaceAll("cdktf.out", outdir), ROOT, { CDKTF_OUTDIR: outdir });
    expect(ran).toMatchObject({ status: 0 });
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      const current = (_: string, before: string) => `${before}${counts(ran.output)}\`\`\``;
      writeFileSync(fileOf(name), textOf(name).replace(SEE_IT, current));
    }
    expect(SEE_IT.exec(textOf(name))?.[3]).toBe(counts(ran.output));
  });

  it("is in the index of examples, and its links lead to files", () => {
    expect(readFileSync(join(EXAMPLES, "README.md"), "utf8")).toContain(`](${name}/README.md)`);
    const links = [...textOf(name).matchAll(/\]\(([^)#\s]+)\)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !existsSync(join(EXAMPLES, name, link)))).toEqual([]);
  });
});
