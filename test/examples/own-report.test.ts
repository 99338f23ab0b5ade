import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runShell } from "../support/shell";

const ROOT = join(__dirname, "../..");
const README = join(ROOT, "examples/own-report/README.md");
const SEE_IT = /(## See it\n\n```sh\n(.*?)```\n\n```text\n)(.*?)```/s;
const COMMAND = "npx ts-node examples/own-report/main.ts";

describe("examples/own-report", () => {
  it("prints what its README shows, and ends with 1", () => {
    const text = readFileSync(README, "utf8");
    const [, , commands = ""] = SEE_IT.exec(text) ?? [];
    const ran = runShell(commands, ROOT);
    expect(ran.status).toBe(1);
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(
        README,
        text.replace(SEE_IT, (_, before: string) => `${before}${ran.output}\`\`\``),
      );
    }
    expect(SEE_IT.exec(readFileSync(README, "utf8"))?.[3]).toBe(ran.output);
  });

  it("finds what its own rule is about", () => {
    const { output } = runShell(`${COMMAND} test/golden/inputs/declared.plan.json || true`, ROOT);
    expect(output).toContain("  ours/more-than-one-path at h0.example.com: ");
  });

  it("ends with 2 and says why where the file is no plan", () => {
    const ran = runShell(`${COMMAND} README.md`, ROOT);
    expect(ran).toEqual({ status: 2, output: expect.stringMatching(/^README\.md: is no JSON/) });
  });

  it("ends with 2 where the file is missing", () => {
    const ran = runShell(`${COMMAND} none.json`, ROOT);
    expect(ran).toEqual({ status: 2, output: "none.json: can't be read (ENOENT)\n" });
  });
});
