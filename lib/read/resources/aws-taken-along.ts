import { BELONGS, type Element, isKept } from "../../model/belongs";
import type { Configured, Instance } from "../../model/instance";
import { isObject, type Json, type JsonObject, member, NO_REFERENCES } from "../../model/value";
import { type Block, isMarked } from "../attributes";
import { type Lookup, push } from "../lookup";
import { VPC } from "./aws-vpc";

const GROUP = "aws_default_security_group";

/** What has such a list, and what an element of it is not known to do without. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  [GROUP, "protocol"],
  ["aws_security_group", "protocol"],
  ["aws_default_network_acl", "action"],
  ["aws_network_acl", "action"],
  ["aws_default_route_table", "gateway_id"],
  ["aws_route_table", "gateway_id"],
  ["aws_ec2_managed_prefix_list", "cidr"],
]);

/** Blocks that are destroyed by an id of their own. */
const BY_ID = /^aws_vpc_security_group_(e|in)gress_rule$/;

const DEFAULTS = ["default_network_acl_id", "default_route_table_id"];

type Taken = ReadonlyMap<string, readonly Instance[]>;

const read = new WeakMap<Lookup, Taken>();

/**
 * What is left of an owner's list when the rule blocks are gone that this apply takes away: there
 * is one rule for a block and an equal element, and nothing puts back what the owner had already.
 * What the owner's change makes anew, a block takes away that goes after it.
 */
export function leftOf(
  lookup: Lookup,
  owner: Instance,
  list: string,
  elements: readonly Block[],
): readonly Block[] {
  const taken = read.get(lookup) ?? takenIn(lookup);
  read.set(lookup, taken);
  const open = OWNERS.get(owner.type);
  const ids = taken.size === 0 ? [] : idsOf(lookup, taken, owner);
  const blocks = ids.flatMap((id) => taken.get(keyOf(id, list)) ?? []);
  if (blocks.length === 0) {
    return elements;
  }
  const old = member(owner.before ?? null, list);
  const had = Array.isArray(old) ? (old as readonly Json[]) : [];
  const when = new Map(blocks.map((block) => [block, lookup.removal(block, owner)]));
  const last = blocks.filter((block) => when.get(block) === "last" && !BY_ID.test(block.type));
  const late = blocks.filter((block) => when.get(block) !== "first");
  return elements.flatMap((element) => {
    const { values, unknown } = element;
    if (!isObject(values)) {
      return [element];
    }
    const kept = without({ values, unknown }, blocks, had);
    const left = kept && without(kept, last, [kept.values]);
    return left === undefined ? [] : raced(element, left, isMarked(unknown) ? blocks : late, open);
  });
}

function without(
  element: Element,
  blocks: readonly Instance[],
  old: readonly Json[],
): Element | undefined {
  return blocks.reduce<Element | undefined>(
    (left, block) => left && BELONGS.get(block.type)?.rest(left, block.values, old),
    element,
  );
}

/**
 * What an owner gets anew and a block that goes was too: the block need not depend on what manages
 * the owner, and where it goes last, it takes that away.
 */
function raced(
  element: Block,
  left: Element,
  blocks: readonly Instance[],
  open: string | undefined,
): readonly Block[] {
  const now: Block = { ...element, ...left };
  const rest = without(left, blocks, [left.values]);
  if (open === undefined || (rest !== undefined && sizeOf(rest) === sizeOf(left))) {
    return [now];
  }
  const masks: JsonObject = isObject(left.unknown) ? left.unknown : {};
  const perhaps: Block = {
    ...now,
    values: { ...left.values, [open]: null },
    unknown: { ...masks, [open]: true },
    configured: (name) => (name === open ? NOTHING : element.configured(name)),
  };
  return rest === undefined ? [perhaps] : [{ ...now, ...rest }, perhaps];
}

/** Sources in the lists of a rule. */
function sizeOf({ values }: Element): number {
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
