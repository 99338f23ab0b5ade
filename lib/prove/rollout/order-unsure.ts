import type { OrderedPlan, RawState } from "../../model/apply";
import type { Step, UnsureDelete } from "../../model/rollout";
import { blockOfTarget } from "./order-vertices";

/**
 * Whether a destroyed object has `create_before_destroy`, where that is told: half of a replace, by
 * the plan's order; a deposed object always; else by the state. A forgotten object never has it.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_destroy.go#L57
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_destroy_deposed.go#L265
 */
export function storedFlag(
  step: Step,
  state: RawState | undefined,
): boolean | "unknown" | undefined {
  if (step.action === "forget") {
    return step.replace === undefined ? false : "unknown";
  }
  if (step.deposed !== undefined || step.replace !== undefined) {
    return step.deposed !== undefined || step.replace === "create-first";
  }
  return state?.createBeforeDestroy.get(step.previousAddress ?? step.address);
}

/** Deletes that are ordered by a flag which nothing given tells. */
export function unsureDeletes(ordered: OrderedPlan): readonly UnsureDelete[] {
  const { plan, graph, state } = ordered;
  const unsure = plan.objects.flatMap(({ steps, block }) =>
    steps
      .filter(({ action }) => action === "delete" && graph === undefined)
      .filter((step) => storedFlag(step, state) === undefined)
      .map((step) => ({ step, block })),
  );
  const configured = unsure.length > 0 ? withForced(ordered) : () => undefined;
  return unsure.map(({ step, block }) => ({ step, configured: configured(block) }));
}

/**
 * `create_before_destroy` is forced on whatever something with it depends on
 * (ForcedCBDTransformer).
 */
function withForced({ plan, configured }: OrderedPlan): (block: string) => boolean | undefined {
  if (configured === undefined) {
    return () => undefined;
  }
  const waiting = [...configured].flatMap(([block, own]) => (own ? [`block:${block}`] : []));
  const seen = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const block = blockOfTarget(name);
    const targets = block === undefined ? plan.references.edges.get(name) : [`block:${block}`];
    for (const target of targets ?? []) {
      if (!seen.has(target)) {
        seen.add(target);
        waiting.push(target);
      }
    }
  }
  return (block) => (seen.has(`block:${block}`) ? true : configured.get(block));
}
