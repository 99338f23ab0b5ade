import type { PlanInput } from "./plan";
import { isObject, type ObjectValue, UNKNOWN } from "./value";

/**
 * `tags_all` is `tags` and the provider's `default_tags`. Where both are empty the framework plans
 * an empty map and the older SDK an unknown one.
 */
export function planTags(input: PlanInput, state: ObjectValue): void {
  const tags = input.config.tags ?? null;
  if (input.config.tags_all !== null && input.config.tags_all !== undefined) return;
  if (tags !== null && !isObject(tags)) {
    state.tags_all = UNKNOWN;
    return;
  }
  const all = { ...input.defaultTags, ...tags };
  const unset = Object.keys(all).length === 0;
  if (unset && !input.semantics.framework && input.prior === null) state.tags_all = UNKNOWN;
  else state.tags_all = all;
}
