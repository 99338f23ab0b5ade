import type { Semantics } from "../provider/semantics";
import { isObject, type ObjectValue, UNKNOWN, Unknown, type Value } from "../provider/value";
import type { Step, World } from "./handler";
import type { Effect } from "./log";

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
