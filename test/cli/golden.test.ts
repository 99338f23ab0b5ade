import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Each file in test/golden is a page: what it shows, a command, what it prints, its exit code.
 * `UPDATE_GOLDENS=1 npx jest test/cli` writes what is printed now; read the diff before committing.
 */
const FOLDER = join(__dirname, "..", "golden");
const COMMAND = join(__dirname, "..", "..", "dist", "cli", "main.js");

interface Page {
  readonly head: string;
  readonly command: string;
}

function pageOf(text: string): Page {
  const found = /^([\s\S]*?)```\n\$ ([^\n]*)\n/.exec(text);
  if (found?.[1] === undefined || found[2] === undefined) {
    throw new Error("a golden page needs a block that starts with '$ originproof …'");
  }
  return { head: found[1], command: found[2] };
}

function run(command: string): { stdout: string; stderr: string; status: number | null } {
  const script = command.replace(/\boriginproof\b(?! review it)/g, `"$NODE" "$COMMAND"`);
  const { stdout, stderr, status } = spawnSync("bash", ["-o", "pipefail", "-c", script], {
    cwd: join(FOLDER, "inputs"),
    encoding: "utf8",
    env: { ...process.env, NODE: process.execPath, COMMAND, SOURCE_DATE_EPOCH: "1800000000" },
  });
  return { stdout, stderr, status };
}

function rendered(page: Page): string {
  const { stdout, stderr, status } = run(page.command);
  const errors = stderr === "" ? "" : `\nStandard error:\n\n\`\`\`\n${stderr}\`\`\`\n`;
  const output = stdout === "" ? "" : `\n${stdout}`;
  const exit = `\nExit code: ${status}\n`;
  return `${page.head}\`\`\`\n$ ${page.command}\n${output}\`\`\`\n${errors}${exit}`;
}

const pages = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

describe("golden pages", () => {
  it("are there", () => expect(pages.length).toBeGreaterThan(15));

  it.each(pages)("%s shows what the command prints", (name) => {
    const file = join(FOLDER, name);
    const text = readFileSync(file, "utf8");
    const now = rendered(pageOf(text));
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(file, now);
    }
    expect(now).toBe(process.env.UPDATE_GOLDENS === "1" ? now : text);
  });
});
