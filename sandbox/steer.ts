import type { Moment } from "./cloud/history";
import type { CloudState } from "./cloud/state";
import type { Pick, Steering } from "./cloud/steering";

/** A step of an apply: what Terraform does to one object. */
export interface Step {
  readonly address: string;
  readonly action: "create" | "update" | "delete";
  /** Key of a deposed object. */
  readonly deposed?: string;
  /** Of what is done: how many of its calls; the rest is pending. @default all of them */
  readonly calls?: number;
}

/** A state that an apply can go through: all of `done` happened and nothing of `pending`. */
export interface Target {
  readonly done: readonly Step[];
  readonly pending: readonly Step[];
  /** Milliseconds until what waits goes on all the same. @default 5000 */
  readonly timeout?: number;
  /** Leaves the site in that state: the pending calls fail. @default false */
  readonly stop?: boolean;
}

export interface Steered {
  /** The cloud at the last of `done`; undefined when the apply wasn't there in time. */
  readonly moment: Moment | undefined;
  /** What terraform printed, or the error it ended with. */
  readonly output: string;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly deposed?: string;
    readonly type: string;
    readonly provider_name?: string;
    readonly change: {
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown: Readonly<Record<string, unknown>> | boolean;
    };
  }[];
}

/** The target in the terms a provider knows: it isn't told addresses. */
export function steeringOf(plan: unknown, target: Target): Steering {
  const { done, pending, timeout = 5_000, stop = false } = target;
  const of = (steps: readonly Step[]) => steps.flatMap((step) => pickOf(plan as PlanJson, step));
  const halves = done.filter(({ calls }) => calls !== undefined);
  const rest = pending.map(({ calls: _, ...step }) => step);
  return { done: of(done), pending: of([...rest, ...halves]), timeout, stop };
}

/** Nothing for what no provider does, such as `terraform_data`. */
function pickOf({ resource_changes = [] }: PlanJson, step: Step): readonly Pick[] {
  const { address, action, deposed, calls } = step;
  const found = resource_changes.find((c) => c.address === address && c.deposed === deposed);
  if (found === undefined) throw new Error(`the plan has no ${address}`);
  if (found.provider_name?.startsWith("terraform.io/") === true) return [];
  const { before, after, after_unknown } = found.change;
  const unknown = typeof after_unknown === "object" ? after_unknown : {};
  const known = Object.entries(after ?? {}).filter(([name]) => !hasUnknown(unknown[name]));
  const pick = { operation: action, type: found.type, ...(calls === undefined ? {} : { calls }) };
  return action === "create"
    ? [{ ...pick, values: Object.fromEntries(known) }]
    : [{ ...pick, id: String(before?.id) }];
}

function hasUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasUnknown);
  return value === true;
}

/** The moment that a steered run reached. */
export function reachedMoment(
  cloud: CloudState,
  history: readonly Moment[],
  run: string,
): Moment | undefined {
  const at = cloud.steered[run]?.reached ?? -1;
  if (at < 0) return undefined;
  return history.filter(({ entry }) => entry.seq <= at).at(-1);
}
