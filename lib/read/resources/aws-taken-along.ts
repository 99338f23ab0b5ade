import { BELONGS } from "../../model/belongs";
import type { Configured, Instance } from "../../model/instance";
import {
  equalJson,
  isObject,
  type Json,
  type JsonObject,
  member,
  NO_REFERENCES,
} from "../../model/value";
import type { Block } from "../attributes";
import { type Lookup, push } from "../lookup";
import { VPC } from "./aws-vpc";

const GROUP = "aws_default_security_group";

/** What blocks manage though AWS made it, and what an element is not known to do without. */
const ADOPTED: ReadonlyMap<string, string> = new Map([
  [GROUP, "protocol"],
  ["aws_default_network_acl", "action"],
  ["aws_default_route_table", "gateway_id"],
]);

const DEFAULTS = ["default_network_acl_id", "default_route_table_id"];

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
  const open = ADOPTED.get(owner.type);
  const ids = taken.size === 0 ? [] : idsOf(lookup, taken, owner);
  const blocks = ids.flatMap((id) => taken.get(keyOf(id, list)) ?? []);
  if (blocks.length === 0) {
    return elements;
  }
  const old = member(owner.before ?? null, list);
  return elements.flatMap((element) => {
    const { values } = element;
    if (!isObject(values)) {
      return [element];
    }
    const rest = Array.isArray(old) ? without(values, blocks, old as readonly Json[]) : values;
    if (rest === undefined) {
      return [];
    }
    const left = { ...element, values: rest };
    return open === undefined ? [left] : raced(left, rest, blocks, open);
  });
}

function without(
  values: JsonObject,
  blocks: readonly Instance[],
  old: readonly Json[],
): JsonObject | undefined {
  return blocks.reduce<JsonObject | undefined>(
    (left, block) => left && BELONGS.get(block.type)?.rest(left, block.values, old),
    values,
  );
}

/**
 * What a default gets anew and a block that goes was too: the block need not depend on what
 * manages the default, and where it goes last, it takes that away.
 */
function raced(
  element: Block,
  values: JsonObject,
  blocks: readonly Instance[],
  open: string,
): readonly Block[] {
  const { unknown } = element;
  const rest = without(values, blocks, [values]);
  if (rest !== undefined && sizeOf(rest) === sizeOf(values)) {
    return [element];
  }
  const masks: JsonObject = isObject(unknown) ? unknown : {};
  const perhaps: Block = {
    ...element,
    values: { ...values, [open]: null },
    unknown: { ...masks, [open]: true },
    configured: (name) => (name === open ? NOTHING : element.configured(name)),
  };
  return rest === undefined ? [perhaps] : [{ ...element, values: rest }, perhaps];
}

/** Sources in the lists of a rule. */
function sizeOf(values: JsonObject): number {
  const sizes = Object.values(values).map((value) => (Array.isArray(value) ? value.length : 0));
  return sizes.reduce((sum, size) => sum + size, values.self === true ? 1 : 0);
}

/** The ids of an owner; of a default group that this apply takes over, what it may have. */
function idsOf(lookup: Lookup, taken: Taken, { type, values }: Instance): readonly string[] {
  const own = ["id", ...DEFAULTS].flatMap((name) => textOf(values, name));
  const [vpc] = textOf(values, "vpc_id");
  if (own.length > 0 || type !== GROUP) {
    return own;
  }
  const ofVpc = VPC.types
    .flatMap((each) => [...lookup.managed(each), ...(lookup.before?.managed(each) ?? [])])
    .filter((each) => vpc !== undefined && textOf(each.values, "id").includes(vpc))
    .flatMap((each) => textOf(each.values, "default_security_group_id"));
  if (ofVpc.length > 0) {
    return [...new Set(ofVpc)];
  }
  const others = lookup.before?.managed("aws_security_group") ?? [];
  const known = new Set(others.flatMap((each) => textOf(each.values, "id")));
  const named = [...taken.values()].flatMap((blocks) =>
    blocks.flatMap((block) => textOf(block.values, "security_group_id")),
  );
  return [...new Set(named)].filter((id) => !known.has(id));
}

function textOf(values: Json, name: string): readonly string[] {
  const value = member(values, name);
  return typeof value === "string" && value !== "" ? [value] : [];
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

const NOTHING: Configured = { kind: "expression", expression: NO_REFERENCES };

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
