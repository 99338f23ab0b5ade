import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLog } from "../../sandbox/cloud/log";
import { install } from "../../sandbox/install";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { RANGES, site } from "./site";

afterAll(removeSandboxes);

describeWithTerraform("the stand-in providers run as processes of terraform's", () => {
  it("named by dev_overrides", async () => {
    const box = newSandbox({ configuration: site(RANGES), providers: "processes" });
    await box.apply(undefined, "-parallelism=20");
    expect((await box.plan()).changes).toBe(false);
    const log = box.log();
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  });

  it("from a mirror, after terraform init, as cdktf runs it", () => {
    const folder = mkdtempSync(join(tmpdir(), "originproof-mirror-"));
    const environment = install(join(folder, ".sandbox"), "mirror");
    const env = { ...process.env, ...environment };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(site(RANGES)));
    const run = (...args: readonly string[]) =>
      spawnSync("terraform", [...args, "-no-color"], { cwd: folder, env, encoding: "utf8" });
    try {
      expect(run("init")).toMatchObject({ status: 0 });
      expect(run("apply", "-auto-approve").stdout).toContain("Resources: 13 added");
      expect(readLog(environment.SANDBOX_DIR ?? "").length).toBeGreaterThan(30);
      expect(run("destroy", "-auto-approve").stdout).toContain("13 destroyed");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
