import { BELONGS } from "../../model/belongs";
import type { Instance } from "../../model/instance";
import { equalJson, isObject, type Json, type JsonObject, member } from "../../model/value";
import type { Block } from "../attributes";
import { type Lookup, push } from "../lookup";

type Taken = ReadonlyMap<string, readonly Instance[]>;

const read = new WeakMap<Lookup, Taken>();

/**
 * What is left of an owner's list when the rule blocks are gone that this apply takes away: there
 * is one rule for a block and an equal element, and nothing puts back what the owner had already.
 */
export function leftOf(
  lookup: Lookup,
  owner: Instance,
  list: string,
  elements: readonly Block[],
): readonly Block[] {
  const taken = read.get(lookup) ?? takenIn(lookup);
  read.set(lookup, taken);
  const blocks = taken.get(keyOf(member(owner.values, "id"), list)) ?? [];
  const old = member(owner.before ?? null, list);
  if (blocks.length === 0 || !Array.isArray(old)) {
    return elements;
  }
  return elements.flatMap((element) => {
    const { values } = element;
    if (!isObject(values)) {
      return [element];
    }
    const rest = blocks.reduce<JsonObject | undefined>(
      (left, block) => without(left, block, old as readonly Json[]),
      values,
    );
    return rest === undefined ? [] : [{ ...element, values: rest }];
  });
}

function without(
  left: JsonObject | undefined,
  { type, values }: Instance,
  old: readonly Json[],
): JsonObject | undefined {
  return left && BELONGS.get(type)?.rest(left, values, old);
}

/** What a block may change without its rule. */
const NO_RULE: ReadonlySet<string> = new Set([
  "arn",
  "description",
  "id",
  "security_group_rule_id",
  "tags",
  "tags_all",
  "timeouts",
]);

function isKept(block: Instance, now: Instance | undefined): boolean {
  const names = Object.keys(block.values ?? {}).filter((name) => !NO_RULE.has(name));
  const same = (name: string) =>
    equalJson(member(block.values, name) ?? null, member(now?.values, name) ?? null);
  return now !== undefined && names.every(same);
}

/** Blocks whose rules are there before the apply and not after it, by their owner's id and list. */
function takenIn(lookup: Lookup): Taken {
  const found = new Map<string, Instance[]>();
  for (const [type, { owner, list }] of BELONGS) {
    const past = lookup.before?.managed(type) ?? [];
    const nameOf = ({ input, address }: Instance) => `${lookup.numberOf(input)} ${address}`;
    const present = past.length === 0 ? [] : lookup.managed(type);
    const now = new Map(present.map((each) => [nameOf(each), each]));
    for (const block of past) {
      const id = member(block.values, owner);
      if (id !== undefined && !isKept(block, now.get(nameOf(block)))) {
        push(found, keyOf(id, list(block.values)), block);
      }
    }
  }
  return found;
}

function keyOf(id: Json | undefined, list: string): string {
  return `${list} ${JSON.stringify(id ?? null)}`;
}
