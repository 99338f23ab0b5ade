import { BELONGS, type Element, isKept } from "../model/belongs";
import type { Instance } from "../model/instance";
import { isObject, type Json, type JsonObject } from "../model/value";
import { push } from "./lookup";
import { idOf, isSame, nameOf, textIn } from "./one-object";
import type { ReadInput } from "./snapshot";
import { keyOf, Ports } from "./undone";

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

interface Gone {
  readonly byId: ReadonlyMap<string, readonly Instance[]>;
  /** Rules, routes and entries, by their owner and its list. */
  readonly byList: ReadonlyMap<string, readonly Instance[]>;
  /** Registrations, by what is registered where. */
  readonly registrations: ReadonlyMap<string, readonly Instance[]>;
  readonly ports: Ports;
}

/**
 * Two of them may register one target, and either deletion takes it off: their ids are random.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html
 */
const REGISTRATION = /^aws_(alb_target_group|autoscaling|elb|lb_target_group)_attachment$/;

function goneIn(reads: readonly Read[]): Gone | undefined {
  const byId = new Map<string, Instance[]>();
  const byList = new Map<string, Instance[]>();
  const registrations = new Map<string, Instance[]>();
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
      if (ends && REGISTRATION.test(block.type)) {
        push(registrations, keyOf(block), block);
      }
      const list = listOf(block);
      if (list !== undefined && (ends || !isKept(block, next))) {
        push(byList, list, block);
      }
    }
  }
  const ports = new Ports(registrations.size === 0 ? [] : reads);
  return byId.size + byList.size + registrations.size === 0
    ? undefined
    : { byId, byList, registrations, ports };
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
  if (REGISTRATION.test(instance.type)) {
    const sure = twins.some((twin) => gone.ports.isSame(instance, twin));
    return sure ? [] : [{ ...instance, certain: false }];
  }
  const element = elementOf(instance);
  const left = twins.reduce((rest, twin) => rest && without(rest, twin), element);
  return left === undefined ? [] : [withSources(instance, left)];
}

/**
 * What goes and is the block, or says a rule of it. What is made now is made after that, and so is
 * what an update makes of a rule: it changes the rule of its id, and none that is there already.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html
 */
function twinsOf(instance: Instance, gone: Gone): readonly Instance[] {
  const { byId, byList, registrations, ports } = gone;
  if (instance.mode !== "managed" || instance.action === "create") {
    return [];
  }
  const isOther = ({ address, input }: Instance) =>
    address !== instance.address || input !== instance.input;
  const same = (byId.get(nameOf(instance)) ?? []).filter(
    (twin) => isOther(twin) && isSame(instance, twin),
  );
  const said = (byList.get(listOf(instance) ?? "") ?? []).filter((twin) => {
    return isOther(twin) && says(instance, twin) && says(formerOf(instance), twin);
  });
  const registered = REGISTRATION.test(instance.type)
    ? (registrations.get(keyOf(instance)) ?? []).filter(
        (twin) => isOther(twin) && ports.mayBeSame(instance, twin),
      )
    : [];
  return [...same, ...said, ...registered];
}

/** Whether a block says a rule that another takes away. */
function says(instance: Instance, twin: Instance): boolean {
  const element = elementOf(instance);
  return element !== undefined && without(element, twin) !== element;
}

/** A block as it was before the apply. */
function formerOf(instance: Instance): Instance {
  const { action, before } = instance;
  return action === "change" && before !== undefined
    ? { ...instance, values: before, unknown: false }
    : instance;
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
