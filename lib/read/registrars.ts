import type { Configured, Instance } from "../model/instance";
import { isObject, type Json, member } from "../model/value";
import { expressionsIn } from "./links";
import { Lookup } from "./lookup";
import { READ_TYPES } from "./read-types";
import { resolve, scopeOf, type Target } from "./references";
import type { ReadInput } from "./snapshot";

const HOLDERS = /^aws_(a?lb_target_group|elb)$/;

/** Where a machine may be told to register itself. */
const SCRIPTS: ReadonlySet<string> = new Set(["user_data", "user_data_base64"]);

/** Attributes by which targets are registered with something. */
const NAMES: ReadonlySet<string> = new Set(["arn", "id", "name"]);

/**
 * Target groups and classic balancers that something names which no path is read by: a deployment, a
 * controller, a script of a machine. It may register targets that no block shows.
 */
export class Registrars {
  #named: ReadonlySet<string> | undefined;

  constructor(private readonly reads: readonly ReadInput[]) {}

  /** @param address of the target group or the balancer */
  public has(address: string): boolean {
    this.#named ??= namedIn(this.reads);
    return this.#named.has(address);
  }
}

function namedIn(reads: readonly ReadInput[]): ReadonlySet<string> {
  const lookup = new Lookup(reads);
  const past = reads.flatMap(({ before }) => before ?? []);
  const holders = [...lookup.instances, ...past].filter(({ type }) => HOLDERS.test(type));
  const arns = new Map(
    holders.flatMap(({ address, values }) => {
      const arn = member(values, "arn");
      return typeof arn === "string" && arn !== "" ? [[arn, address] as const] : [];
    }),
  );
  const named = new Set<string>();
  for (const instance of lookup.instances) {
    for (const [name, value] of unread(instance, valuesOf(instance))) {
      const text = name === "user_data_base64" ? decoded(value) : JSON.stringify(value);
      for (const [arn, address] of arns) {
        if (text.includes(arn)) {
          named.add(address);
        }
      }
    }
    for (const [, configured] of unread(instance, instance.configured ?? [])) {
      for (const { instance: holder } of targetsIn(lookup, configured, instance)) {
        named.add(holder.address);
      }
    }
  }
  return named;
}

/** What a block has that no path is read by. */
function unread<T>(
  { mode, type }: Instance,
  members: Iterable<readonly [string, T]>,
): readonly (readonly [string, T])[] {
  return mode === "managed"
    ? [...members].filter(([name]) => !READ_TYPES.has(type) || SCRIPTS.has(name))
    : [];
}

function valuesOf({ values }: Instance): Iterable<readonly [string, Json]> {
  return isObject(values) ? Object.entries(values) : [];
}

function decoded(value: Json): string {
  return typeof value === "string" ? Buffer.from(value, "base64").toString("utf8") : "";
}

function targetsIn(lookup: Lookup, configured: Configured, by: Instance): readonly Target[] {
  const found = expressionsIn(configured).flatMap((each) => {
    return resolve(lookup, each, scopeOf(by)).targets;
  });
  return found.filter(({ instance, path: [first] }) => {
    const named = first === undefined || !("attribute" in first) || NAMES.has(first.attribute);
    return named && HOLDERS.test(instance.type);
  });
}
