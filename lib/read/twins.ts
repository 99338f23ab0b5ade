import { BELONGS, type Element, isKept } from "../model/belongs";
import type { Instance } from "../model/instance";
import { isObject, type Json, type JsonObject, member } from "../model/value";
import { push } from "./lookup";
import type { ReadInput } from "./snapshot";

/** Two blocks that are one object, or say one rule, of which the apply takes one away. */
export interface Twin {
  /** The block that stays. */
  readonly instance: Instance;
  /** The block that goes, as it was before the apply. */
  readonly gone: Instance;
}

type Read = Pick<ReadInput, "before" | "instances">;

/** Their deletion leaves what they stood for. */
const STAYS = /^(aws_default_|aws_ec2_instance_state$|cloudflare_zone_setting$)/;

/**
 * The inputs without what the deletion of a block takes away under another block's name: a block
 * that was imported anew without `moved`, or a rule that two kinds of blocks say.
 */
export function withoutTwins<T extends Read>(reads: readonly T[]): readonly T[] {
  const gone = goneIn(reads);
  return gone === undefined
    ? reads
    : reads.map((read) => ({
        ...read,
        instances: read.instances.flatMap((each) => leftOf(each, gone)),
      }));
}

/** What such a block keeps in name alone, by the order of the inputs. */
export function twinsIn(reads: readonly Read[]): readonly Twin[] {
  const gone = goneIn(reads);
  const all = gone === undefined ? [] : reads.flatMap(({ instances }) => instances);
  return all.flatMap((instance) => {
    const [first] = gone === undefined ? [] : twinsOf(instance, gone);
    return first === undefined ? [] : [{ instance, gone: first }];
  });
}

/**
 * The inputs without blocks that are only forgotten, since another block has their object now:
 * `removed` with `destroy = false` beside an `import`, in one stack or in two.
 */
export function withoutHandedOn<T extends Read>(reads: readonly T[]): readonly T[] {
  const forgotten = new Map<string, Instance[]>();
  for (const instance of reads.flatMap(({ instances }) => instances)) {
    if (instance.action === "forget") {
      push(forgotten, nameOf(instance), instance);
    }
  }
  if (forgotten.size === 0) {
    return reads;
  }
  const others = reads.flatMap(({ instances }) =>
    instances.filter(({ action, mode }) => mode === "managed" && action !== "forget"),
  );
  const twins = others.flatMap((each) => {
    const own = idOf(each) === undefined ? [] : (forgotten.get(nameOf(each)) ?? []);
    return own.filter((twin) => isSame(each, twin));
  });
  const addresses = new Set(twins.map(({ address }) => address));
  const stays = ({ input, address }: Instance) =>
    !addresses.has(address) ||
    !twins.some((twin) => twin.input === input && twin.address === address);
  return twins.length === 0
    ? reads
    : reads.map((read) => ({
        ...read,
        instances: read.instances.filter(stays),
        before: read.before?.filter(stays),
      }));
}

interface Gone {
  readonly byId: ReadonlyMap<string, readonly Instance[]>;
  /** Rules, routes and entries, by their owner and its list. */
  readonly byList: ReadonlyMap<string, readonly Instance[]>;
}

function goneIn(reads: readonly Read[]): Gone | undefined {
  const byId = new Map<string, Instance[]>();
  const byList = new Map<string, Instance[]>();
  for (const { before = [], instances } of reads) {
    const now = new Map(before.length === 0 ? [] : instances.map((each) => [each.address, each]));
    for (const block of before) {
      const next = now.get(block.address);
      // In the midst of an apply the object may be there beside the one that replaces it.
      const stays = next === block || now.has(`${block.address} (old)`);
      if (stays || block.mode !== "managed" || STAYS.test(block.type)) {
        continue;
      }
      const id = idOf(block);
      const ends = isGone(block, next);
      if (ends && id !== undefined) {
        push(byId, nameOf(block), block);
      }
      const list = listOf(block);
      if (list !== undefined && (ends || !isKept(block, next))) {
        push(byList, list, block);
      }
    }
  }
  return byId.size + byList.size === 0 ? undefined : { byId, byList };
}

function isGone(block: Instance, next: Instance | undefined): boolean {
  if (next === undefined || next.action === "create") {
    return true;
  }
  const id = idOf(next);
  return id !== undefined && id !== idOf(block);
}

/** What stays of a block: all of it, nothing, or a part of its sources. */
function leftOf(instance: Instance, gone: Gone): readonly Instance[] {
  const twins = twinsOf(instance, gone);
  if (twins.length === 0) {
    return [instance];
  }
  if (twins.some((twin) => isSame(instance, twin))) {
    return [];
  }
  const element = elementOf(instance);
  const left = twins.reduce((rest, twin) => rest && without(rest, twin), element);
  return left === undefined ? [] : [withSources(instance, left)];
}

/** What goes and is the block, or says a rule of it. What is made now is made after that. */
function twinsOf(instance: Instance, { byId, byList }: Gone): readonly Instance[] {
  if (instance.mode !== "managed" || instance.action === "create") {
    return [];
  }
  const isOther = ({ address, input }: Instance) =>
    address !== instance.address || input !== instance.input;
  const same = (byId.get(nameOf(instance)) ?? []).filter(
    (twin) => isOther(twin) && isSame(instance, twin),
  );
  const said = (byList.get(listOf(instance) ?? "") ?? []).filter((twin) => {
    const element = isOther(twin) ? elementOf(instance) : undefined;
    return element !== undefined && without(element, twin) !== element;
  });
  return [...same, ...said];
}

/** Some ids are names, and the same in another region or zone. */
function isSame(instance: Instance, twin: Instance): boolean {
  const { values } = instance;
  const names = Object.keys(isObject(values) ? values : {}).filter((name) =>
    /^(arn|region|.*_id)$/.test(name),
  );
  return (
    nameOf(instance) === nameOf(twin) &&
    names.every((name) => {
      const [own, other] = [textIn(values, name), textIn(twin.values, name)];
      return own === undefined || other === undefined || own === other;
    })
  );
}

function without(element: Element, { type, values }: Instance): Element | undefined {
  const left = BELONGS.get(type)?.rest(element, values, [element.values]);
  return left !== undefined && sizeOf(left) === sizeOf(element) ? element : left;
}

function sizeOf({ values }: Element): number {
  const sizes = Object.values(values).map((value) => (Array.isArray(value) ? value.length : 0));
  return sizes.reduce((sum, size) => sum + size, values.self === true ? 1 : 0);
}

/** A block of its own as an element of its owner's list. */
function elementOf({ type, values, unknown }: Instance): Element | undefined {
  if (!isObject(values) || !BELONGS.has(type)) {
    return undefined;
  }
  const list = (...names: readonly string[]) => names.flatMap((name) => textIn(values, name) ?? []);
  const one: JsonObject = {
    rule_no: values.rule_number ?? null,
    cidr_block: values.destination_cidr_block ?? null,
    ipv6_cidr_block: values.destination_ipv6_cidr_block ?? null,
  };
  const sources: JsonObject = {
    cidr_blocks: list("cidr_ipv4"),
    ipv6_cidr_blocks: list("cidr_ipv6"),
    prefix_list_ids: list("prefix_list_id"),
  };
  const groups = list("source_security_group_id", "referenced_security_group_id");
  return { values: { ...one, ...sources, ...values, security_groups: groups }, unknown };
}

const LISTS = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"];

/** A rule with several sources keeps those that nobody takes away. */
function withSources(instance: Instance, { values: left, unknown }: Element): Instance {
  const { values } = instance;
  if (!isObject(values)) {
    return instance;
  }
  const lists = LISTS.filter((name) => Array.isArray(values[name]));
  const none = (left.security_groups as readonly Json[]).length === 0;
  return {
    ...instance,
    values: {
      ...values,
      ...Object.fromEntries(lists.map((name) => [name, left[name] ?? null])),
      ...("source_security_group_id" in values && none ? { source_security_group_id: null } : {}),
      ...("self" in values ? { self: left.self ?? null } : {}),
    },
    unknown,
  };
}

function listOf({ type, values }: Instance): string | undefined {
  const belongs = BELONGS.get(type);
  const owner = belongs && textIn(values, belongs.owner);
  return owner === undefined ? undefined : `${belongs?.list(values)} ${owner}`;
}

/** One text for all blocks that may be one object: some types have two names. */
function nameOf(instance: Instance): string {
  const kind = instance.type
    .replace(/^aws_alb(?=_|$)/, "aws_lb")
    .replace(/^aws_default_(?=subnet$|vpc$)/, "aws_")
    .replace(/^cloudflare_record$/, "cloudflare_dns_record");
  return `${kind} ${idOf(instance) ?? ""}`;
}

function idOf({ values }: Instance): string | undefined {
  return textIn(values, "id");
}

function textIn(values: Json, name: string): string | undefined {
  const value = member(values, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
