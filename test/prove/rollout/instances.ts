import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import type { Json } from "../../../lib/model/value";
import type { Act } from "../../../lib/prove/rollout/things";

export const INPUT = { kind: "plan", label: "plan.json", partial: undefined } as const;

/** An object as the reader has it, with nothing unknown. */
export function instanceOf(address: string, values: Json, more: Partial<Instance> = {}): Instance {
  const [type = "", name = ""] = address.split(".");
  return {
    input: INPUT,
    address,
    mode: "managed",
    type,
    name,
    modules: [],
    key: undefined,
    eachValue: undefined,
    values,
    unknown: false,
    sensitive: false,
    configured: undefined,
    action: "keep",
    certain: true,
    before: undefined,
    constructPath: undefined,
    ...more,
  };
}

export function stepOf(action: Step["action"], address: string, more: Partial<Step> = {}): Step {
  return {
    input: INPUT,
    address,
    type: address.split(".")[0] ?? "",
    action,
    deposed: undefined,
    replace: undefined,
    before: null,
    after: null,
    afterUnknown: {},
    previousAddress: undefined,
    ...more,
  };
}

export function actOf(action: Step["action"], address: string, more: Partial<Step> = {}): Act {
  const step = stepOf(action, address, more);
  return { step, label: undefined, footprint: undefined, after: [], unlisted: [] };
}

/** By address, the values of instances. */
export function valuesOf(instances: readonly Instance[]): Readonly<Record<string, Json>> {
  return Object.fromEntries(instances.map(({ type, name, values }) => [`${type}.${name}`, values]));
}
