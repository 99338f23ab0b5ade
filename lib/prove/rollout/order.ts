import type { OrderedPlan, PlannedApply } from "../../model/apply";
import type { Assumption } from "../../model/hop";
import type { ApplyGraph, ApplyOrder, Flags, Step, UnsureDelete } from "../../model/rollout";
import { planOrders } from "./order-plan";
import { unsureDeletes } from "./order-unsure";

/**
 * The order of an apply as Terraform 1.5 to 1.16 has it; of several plans, each for itself unless
 * one is applied after another. What `flags` say is asked for when an order is made; the work for
 * a question is done when it is asked.
 */
export function applyGraph(plans: readonly OrderedPlan[]): ApplyGraph {
  const steps = plans.flatMap(({ plan }) => plan.objects.flatMap((object) => object.steps));
  const unsure: readonly UnsureDelete[] = plans.flatMap(unsureDeletes);
  const earlier = earlierPlans(plans);
  const orders = plans.map((each) => [each.plan.input, planOrders(each)] as const);
  const under = (flags: Flags) => new Map(orders.map(([input, order]) => [input, order(flags)]));
  const assumptions = assumptionsOf(earlier);
  return { steps, unsure, assumptions, order: (flags) => ordered(under(flags), earlier) };
}

function assumptionsOf(earlier: Earlier): readonly Assumption[] {
  return [...earlier].flatMap(([{ label: subject }, before]) => {
    const names = [...before].map(({ label }) => label).join(", ");
    const text = `${subject} is applied after ${names}, as the app's stacks depend on each other`;
    return before.size === 0 ? [] : [{ id: "order/stacks", subject, text }];
  });
}

/** By plan: those that are finished before it starts. */
type Earlier = ReadonlyMap<PlannedApply["input"], ReadonlySet<PlannedApply["input"]>>;

function earlierPlans(plans: readonly OrderedPlan[]): Earlier {
  const direct = new Map(plans.map(({ plan, after = [] }) => [plan, after]));
  const found = new Map<PlannedApply["input"], Set<PlannedApply["input"]>>();
  for (const { plan } of plans) {
    const seen = new Set<PlannedApply>();
    const waiting = [...(direct.get(plan) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!seen.has(next)) {
        seen.add(next);
        waiting.push(...(direct.get(next) ?? []));
      }
    }
    found.set(plan.input, new Set([...seen].map(({ input }) => input)));
  }
  return found;
}

function ordered(
  orders: ReadonlyMap<PlannedApply["input"], ApplyOrder>,
  earlier: Earlier,
): ApplyOrder {
  const ask = (question: keyof ApplyOrder, a: Step, b: Step) =>
    a.input === b.input
      ? orders.get(a.input)?.[question](a, b) === true
      : earlier.get(b.input)?.has(a.input) === true;
  return {
    precedes: (a, b) => ask("precedes", a, b),
    mayPrecede: (a, b) => ask("mayPrecede", a, b),
  };
}
