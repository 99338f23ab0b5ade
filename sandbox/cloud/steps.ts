import type { Semantics } from "../provider/semantics";
import { isObject, type ObjectValue, UNKNOWN, Unknown, type Value } from "../provider/value";
import { Refused, type Step, type World } from "./handler";
import type { Effect } from "./log";
import type { CloudObject } from "./state";

export const pause = (milliseconds: number) =>
  new Promise((done) => setTimeout(done, milliseconds));

/** A step that does something more, before its own part. */
export function both(step: Step, more: (world: World) => void): Step {
  return {
    ...step,
    run: (world) => {
      more(world);
      return step.run?.(world);
    },
  };
}

export function withEffects(effects: readonly Effect[] | undefined): {
  effects?: readonly Effect[];
} {
  return effects === undefined ? {} : { effects };
}

/** The name of an object among all of the cloud. */
export function keyOf(type: string, semantics: Semantics, attributes: ObjectValue): string {
  const key = semantics.key.replace(/\{([a-z_]+)\}/g, (_, name: string) =>
    String(attributes[name]),
  );
  return `${type} ${key}`;
}

/** A name that is taken. */
export function refuseTwin(
  type: string,
  { unique }: Semantics,
  attributes: ObjectValue,
  others: readonly CloudObject[],
): void {
  if (unique === "") return;
  const named = (of: ObjectValue) =>
    unique.replace(/\{([a-z_]+)\}/g, (_, name: string) => String(of[name] ?? ""));
  if (others.some((other) => named(other.attributes) === named(attributes))) {
    throw new Refused(`Duplicate: there is a ${type} ${String(attributes.name)} already`);
  }
}

/** Without what is unknown, for the log. */
export function known(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => item !== UNKNOWN).map(known);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !(item instanceof Unknown))
      .map(([name, item]) => [name, known(item)]),
  );
}
