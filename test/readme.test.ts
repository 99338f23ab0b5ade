import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "./support/terraform";

const ROOT = join(__dirname, "..");
const README = join(ROOT, "README.md");

/** The code block that follows a marker such as `<!-- source: … -->`. */
function blockAfter(marker: string): string {
  const text = readFileSync(README, "utf8");
  const found = text.split(`<!-- ${marker} -->`)[1];
  const block = /^\s*```\w+\n([\s\S]*?)```/.exec(found ?? "")?.[1];
  if (block === undefined) {
    throw new Error(`README.md has no block after ${marker}`);
  }
  return block;
}

describe("README", () => {
  it("shows the quickstart as it is", () => {
    const source = readFileSync(join(ROOT, "examples/quickstart/main.ts"), "utf8");
    expect(source).toContain(blockAfter("source: examples/quickstart/main.ts"));
  });

  it("stays short", () => {
    expect(readFileSync(README, "utf8").split("\n").length).toBeLessThan(200);
  });
});

describeWithTerraform("README's output", () => {
  it("is what npm run quickstart prints", () => {
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "quickstart"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    const printed = stdout.trim().replace(/terraform \d+\.\d+\.\d+/, "terraform 1.11.4");
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      const text = readFileSync(README, "utf8");
      const shown = blockAfter("output: npm run quickstart");
      writeFileSync(
        README,
        text.replace(`\`\`\`text\n${shown}`, () => `\`\`\`text\n${printed}\n`),
      );
    }
    expect(blockAfter("output: npm run quickstart").trim()).toBe(printed);
  });
});
