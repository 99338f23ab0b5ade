import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { forget, memoryOf, remember } from "../../sandbox/cloud/memory";
import {
  createSandbox,
  type PlanResult,
  type Sandbox,
  type SandboxOptions,
} from "../../sandbox/terraform";

const cloned: string[] = [];

/** Where a sandbox keeps its cloud. */
export const cloudOf = (folder: string): string => join(folder, ".sandbox", "cloud");

/** The same site once more: its state and its cloud, whose history begins here. */
export function clone({ folder }: Sandbox, options: SandboxOptions): Sandbox {
  const copy = mkdtempSync(join(tmpdir(), "originproof-oracle-"));
  cloned.push(copy);
  cpSync(folder, copy, { recursive: true });
  const memory = memoryOf(cloudOf(folder));
  if (memory !== undefined) remember(cloudOf(copy), memory.copy());
  return createSandbox(copy, { ...options, memory: memory !== undefined });
}

export function removeClones(): void {
  for (const folder of cloned.splice(0)) {
    forget(cloudOf(folder));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same plan, in the copy. */
export const inside = ({ folder }: Sandbox, { file, changes }: PlanResult): PlanResult => ({
  file: join(folder, ".sandbox", basename(file)),
  changes,
});
