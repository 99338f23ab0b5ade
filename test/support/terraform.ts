import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forget } from "../../sandbox/cloud/memory";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  terraformVersion,
} from "../../sandbox/terraform";
import { keepRecords, recorded, replayed } from "./recorded";

/** What a test needs to be told about the stand-in providers. */
export const PROVIDERS = {
  required_providers: {
    aws: { source: "hashicorp/aws" },
    cloudflare: { source: "cloudflare/cloudflare" },
  },
};

/**
 * `describe` for tests that run terraform. Where there is no terraform program they are skipped with
 * one line that says so; with CI=true they fail instead.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  if (process.env.TERRAFORM_REPLAY !== undefined || terraformVersion() !== undefined) {
    describe(name, tests);
    return;
  }
  if (process.env.CI === "true") {
    describe(name, () => {
      it("needs a terraform program on the PATH", () => {
        throw new Error("no terraform on the PATH, and CI=true lets no test be skipped");
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (no terraform program on the PATH)\n`);
  describe.skip(name, tests);
}

const folders: string[] = [];

/**
 * A sandbox in a folder of its own, which `removeSandboxes` takes away. `TERRAFORM_RECORD` keeps
 * what terraform answers, for mutation testing, which sets `TERRAFORM_REPLAY`.
 */
export function newSandbox(options: SandboxOptions = {}): Sandbox {
  if (process.env.TERRAFORM_REPLAY !== undefined) return replayed(options);
  const folder = mkdtempSync(join(tmpdir(), "originproof-sandbox-"));
  folders.push(folder);
  const box = createSandbox(folder, options);
  return process.env.TERRAFORM_RECORD === undefined ? box : recorded(box, options);
}

/** For `afterAll`. */
export function removeSandboxes(): void {
  keepRecords();
  for (const folder of folders.splice(0)) {
    forget(join(folder, ".sandbox", "cloud"));
    rmSync(folder, { recursive: true, force: true });
  }
}
