import type { OrderedPlan, PlannedApply } from "../../../lib/model/apply";
import type { ApplyOrder, Step } from "../../../lib/model/rollout";
import { type JsonObject, member } from "../../../lib/model/value";
import { applyGraph } from "../../../lib/prove/rollout/order";
import { stepsNotDrawn } from "../../../lib/prove/rollout/order-terraform";
import { readApply } from "../../../lib/read/changes";
import { parseRawState } from "../../../lib/read/raw-state";
import { parseTerraformGraph } from "../../../lib/read/terraform-graph";
import type { PlanResult, Sandbox } from "../../../sandbox/terraform";

/** What Terraform itself says of one plan. */
export interface Planned {
  readonly plan: PlannedApply;
  readonly json: JsonObject;
  readonly graph: NonNullable<OrderedPlan["graph"]>;
  readonly state: NonNullable<OrderedPlan["state"]>;
}

/** Reads a plan with its graph and the state before it. */
export async function plannedBy(box: Sandbox, plan: PlanResult): Promise<Planned> {
  const json = (await box.show(plan)) as JsonObject;
  const dot = await box.graph(plan);
  const state = (await box.run("state", "pull")) || '{"version":4}';
  return {
    json,
    plan: readApply(json, { kind: "plan", label: "plan.json", partial: undefined }),
    graph: parseTerraformGraph(dot, "plan.dot"),
    state: parseRawState(state, "state.json"),
  };
}

export interface Disagreement {
  readonly first: string;
  readonly second: string;
  readonly terraform: boolean;
  readonly precedes: boolean;
  readonly mayPrecede: boolean;
}

/** Terraform's order: the closure of its graph. */
export function terraformOrder({ plan, graph }: Planned): ApplyOrder {
  expect(stepsNotDrawn(plan, graph).map(name)).toEqual([]);
  return applyGraph([{ plan, graph }]).order(new Map());
}

/**
 * Pairs of steps whose order is not Terraform's. `exact`: it must be the same; otherwise what is
 * sure must be true, and what is true must be possible.
 */
export function disagreements(
  planned: Planned,
  order: ApplyOrder,
  exact: boolean,
): readonly Disagreement[] {
  const { steps } = applyGraph([{ plan: planned.plan }]);
  const terraform = terraformOrder(planned);
  return steps.flatMap((a) =>
    steps.flatMap((b) => {
      const truth = terraform.precedes(a, b);
      const [precedes, mayPrecede] = [order.precedes(a, b), order.mayPrecede(a, b)];
      const agrees = exact ? truth === precedes : !precedes || truth;
      return agrees && (!truth || mayPrecede)
        ? []
        : [{ first: name(a), second: name(b), terraform: truth, precedes, mayPrecede }];
    }),
  );
}

export function name({ address, action, deposed, replace }: Step): string {
  return [address, action, deposed, replace].filter((part) => part !== undefined).join(" ");
}

/** How many pairs of steps Terraform orders. */
export function orderedPairs(planned: Planned): number {
  const { steps } = applyGraph([{ plan: planned.plan }]);
  const terraform = terraformOrder(planned);
  return steps.reduce((sum, a) => sum + steps.filter((b) => terraform.precedes(a, b)).length, 0);
}

/** A plan's `terraform_version`, which failures should name. */
export function versionOf(json: JsonObject): string {
  return String(member(json, "terraform_version"));
}
