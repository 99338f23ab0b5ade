import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithTerraform } from "../support/terraform";
import { follow, GUIDES, readGuide } from "./guide";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describeWithTerraform("guides, followed line by line", () => {
  it.each(["terraform-without-cdktf"])("docs/guides/%s.md prints what it says", (name) => {
    const folder = mkdtempSync(join(tmpdir(), "originproof-guide-"));
    folders.push(folder);
    const followed = follow(readGuide(name), folder);
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(join(GUIDES, `${name}.md`), followed);
    }
    expect(readGuide(name)).toBe(followed);
  });
});
