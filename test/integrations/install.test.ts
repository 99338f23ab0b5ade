import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportOf } from "../../lib/cli/formats";

const ROOT = join(__dirname, "../..");
const PLAN = join(ROOT, "test/golden/inputs/range-removed.plan.json");
const FORMATS = ["text", "markdown", "json", "sarif", "html", "codequality", "github-annotations"];

const folder = mkdtempSync(join(tmpdir(), "originproof-install-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(...args: readonly string[]) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: "1800000000" };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
}

describe("what the action builds where it is not built yet", () => {
  beforeAll(() => {
    for (const name of ["package.json", "docs", "node_modules"]) {
      symlinkSync(join(ROOT, name), join(folder, name));
    }
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const config = join(ROOT, "integrations/github/tsconfig.json");
    const { status, stdout } = node(tsc, "-p", config, "--outDir", join(folder, "dist"));
    if (status !== 0) throw new Error(stdout);
  });

  it.each(FORMATS)("writes %s as the package does", (format) => {
    expect(() => reportOf(format)).not.toThrow();
    const args = ["review", PLAN, "--format", format];
    const own = node(join(folder, "dist/cli/main.js"), ...args);
    const built = node(join(ROOT, "dist/cli/main.js"), ...args);
    expect(own).toMatchObject({ status: 1, stderr: "", stdout: built.stdout });
  });

  it("comments", () => {
    const { stdout, status } = node(join(folder, "dist/cli/main.js"), "comment", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("--fallback-summary");
  });

  it("takes the compiler that the project pins", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(devDependencies.typescript).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
