import type { Instance } from "../model/instance";
import { bodyOf, listAttribute } from "./attributes";
import type { Lookup } from "./lookup";
import { resolve, scopeOf } from "./references";

/**
 * The address of the one block of the input that a record's known content comes from, where the
 * configuration tells: it is a resource, though none that is read.
 */
export function giverOf(lookup: Lookup, record: Instance): string | undefined {
  const body = bodyOf(record);
  // `value` in version 4 of the provider.
  for (const list of [listAttribute(body, "content"), listAttribute(body, "value")]) {
    const expression = list === "unset" ? undefined : list.expression;
    if (expression !== undefined) {
      const { targets, opaque } = resolve(lookup, expression, scopeOf(record));
      const givers = new Set(targets.map(({ instance }) => instance.address));
      const [only, ...others] = givers;
      return others.length === 0 && opaque.length === 0 ? only : undefined;
    }
  }
  return undefined;
}

/** Why a name that a record leads to is not followed. */
export function whyUnread(lookup: Lookup, record: Instance, name: string): string {
  const giver = giverOf(lookup, record);
  const what =
    giver === undefined ? "is no name of this input" : `is of ${giver}, which is not read`;
  return `${name === "" ? "an empty name" : name} ${what}: what its address admits is unknown`;
}
