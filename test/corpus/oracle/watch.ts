import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { CloudState } from "../../../sandbox/cloud/state";
import type { Step } from "../../../sandbox/steer";
import { createSandbox, type PlanResult, type Sandbox } from "../../../sandbox/terraform";
import type { Case } from "../case";

const RANDOM_RUNS = 5;
/** Milliseconds that a steered run waits for a state which Terraform's order may not allow. */
const PATIENCE = 500;
const MOST_STEERED = 16;

/** A sandbox right before a plan is applied. */
export interface Ready {
  readonly box: Sandbox;
  readonly plan: PlanResult;
  readonly json: PlanJson;
  readonly options: Case["options"];
}

export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly deposed?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/**
 * Applies the plan again and again: one call at a time, with random delays, and led so that each
 * step comes as early, and then as late, as Terraform lets it.
 *
 * @returns every state that any of the applies went through, each once
 */
export async function watch(ready: Ready): Promise<{ states: CloudState[]; applies: number }> {
  const states = new Map<string, CloudState>();
  const runs = [...plainRuns(), ...steeredRuns(ready.json)];
  for (const run of runs) {
    for (const cloud of await once(ready, run)) states.set(keyOf(cloud), cloud);
  }
  return { states: [...states.values()], applies: runs.length };
}

type Run = (box: Sandbox, plan: PlanResult) => Promise<unknown>;

function plainRuns(): readonly Run[] {
  const random = (seed: number): Run => {
    return (box, plan) => {
      box.set({ delay: [0, 15], seed: `${seed}` });
      return box.apply(plan);
    };
  };
  const seeds = [...Array(RANDOM_RUNS).keys()];
  return [(box, plan) => box.apply(plan, "-parallelism=1"), ...seeds.map(random)];
}

function steeredRuns(json: PlanJson): readonly Run[] {
  const steps = stepsOf(json);
  const others = (step: Step) => steps.filter((other) => other !== step);
  if (steps.length < 2 || steps.length > MOST_STEERED) return [];
  return steps.flatMap((step): Run[] => [
    (box, plan) => box.steer(plan, { done: [step], pending: others(step), timeout: PATIENCE }),
    (box, plan) => box.steer(plan, { done: others(step), pending: [step], timeout: PATIENCE }),
  ]);
}

export function stepsOf({ resource_changes = [] }: PlanJson): readonly Step[] {
  return resource_changes
    .filter(({ mode, type }) => mode === "managed" && type !== "terraform_data")
    .flatMap(({ address, deposed, change }) =>
      change.actions
        .filter((action) => ["create", "update", "delete"].includes(action))
        .map((action) => ({
          address,
          action: action as Step["action"],
          ...(deposed === undefined ? {} : { deposed }),
        })),
    );
}

/** In a copy of the sandbox. An apply that fails leaves states too. */
async function once({ box, plan, options }: Ready, run: Run): Promise<readonly CloudState[]> {
  const folder = mkdtempSync(join(tmpdir(), "originproof-corpus-"));
  try {
    cpSync(box.folder, folder, { recursive: true });
    const copy = createSandbox(folder, options ?? {});
    const start = copy.cloud().sequence;
    const same = { ...plan, file: join(folder, ".sandbox", basename(plan.file)) };
    await run(copy, same).catch((error: unknown) => {
      if (!String(error).includes("terraform apply ended")) throw error;
    });
    return copy
      .history()
      .filter(({ entry }) => entry.seq > start)
      .map(({ cloud }) => cloud);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const keyOf = ({ sequence: _, ...cloud }: CloudState): string => JSON.stringify(cloud);
