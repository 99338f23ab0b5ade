import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  createSandbox,
  type PlanResult,
  type Sandbox,
  type SandboxOptions,
} from "../../sandbox/terraform";

const cloned: string[] = [];

/** The same site once more: its state and its cloud. */
export function clone({ folder }: Sandbox, options: SandboxOptions): Sandbox {
  const copy = mkdtempSync(join(tmpdir(), "originproof-oracle-"));
  cloned.push(copy);
  cpSync(folder, copy, { recursive: true });
  return createSandbox(copy, options);
}

export function removeClones(): void {
  for (const folder of cloned.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The same plan, in the copy. */
export const inside = ({ folder }: Sandbox, { file, changes }: PlanResult): PlanResult => ({
  file: join(folder, ".sandbox", basename(file)),
  changes,
});
