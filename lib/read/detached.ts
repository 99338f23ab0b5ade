import type { Instance } from "../model/instance";
import { equalJson, isObject, type Json, member } from "../model/value";
import type { ReadInput } from "./snapshot";

/** A block that makes one thing a member of another, whose own list or attribute says so too. */
interface Membership {
  readonly type: string;
  /** Attributes of the block: whose member it makes, and what the member is. */
  readonly owner: string;
  readonly member: string;
  readonly owners: readonly Owner[];
}

interface Owner {
  readonly type: string;
  /** The attribute that the block names it by. */
  readonly id: string;
  /** The attribute that names its members. */
  readonly list: string;
  /** An update of the list writes all of it, and not the difference. */
  readonly whole?: boolean;
}

/** The same target group or balancer may be in any of these lists. */
const FLEETS = ["target_group_arns", "load_balancers", "traffic_source"].map((list): Owner => {
  return { type: "aws_autoscaling_group", id: "name", list };
});

const MEMBERSHIPS: readonly Membership[] = [
  {
    type: "aws_network_acl_association",
    owner: "network_acl_id",
    member: "subnet_id",
    owners: [{ type: "aws_network_acl", id: "id", list: "subnet_ids" }],
  },
  {
    type: "aws_network_interface_sg_attachment",
    owner: "network_interface_id",
    member: "security_group_id",
    owners: [
      { type: "aws_network_interface", id: "id", list: "security_groups", whole: true },
      {
        type: "aws_instance",
        id: "primary_network_interface_id",
        list: "vpc_security_group_ids",
        whole: true,
      },
    ],
  },
  {
    type: "aws_elb_attachment",
    owner: "elb",
    member: "instance",
    owners: [{ type: "aws_elb", id: "id", list: "instances" }],
  },
  ...["lb_target_group_arn", "alb_target_group_arn", "elb"].map((name) => ({
    type: "aws_autoscaling_attachment",
    owner: "autoscaling_group_name",
    member: name,
    owners: FLEETS,
  })),
  {
    type: "aws_autoscaling_traffic_source_attachment",
    owner: "autoscaling_group_name",
    member: "traffic_source",
    owners: FLEETS,
  },
  {
    type: "aws_internet_gateway_attachment",
    owner: "internet_gateway_id",
    member: "vpc_id",
    owners: [{ type: "aws_internet_gateway", id: "id", list: "vpc_id" }],
  },
];

const TYPES: ReadonlySet<string> = new Set(MEMBERSHIPS.map(({ type }) => type));

/**
 * The inputs without the members that only the deletion of a block takes away: an owner that named
 * them before, and still does, adds nothing, so that nothing makes them members again.
 */
export function withoutDetached(reads: readonly ReadInput[]): readonly ReadInput[] {
  const gone = reads.flatMap(detachedIn);
  const cuts = MEMBERSHIPS.flatMap(({ type, owner, member: name, owners }) =>
    gone
      .filter((block) => block.type === type)
      .flatMap(({ values }) => {
        const [whose, what] = [textIn(values, owner), textIn(values, name)];
        return whose === undefined || what === undefined
          ? []
          : owners.map((each) => ({ ...each, whose, what }));
      }),
  );
  if (cuts.length === 0) {
    return reads;
  }
  return reads.map((read) => ({
    ...read,
    instances: read.instances.map((instance) =>
      cuts
        .filter(({ type, id, whose }) => {
          const same = type === instance.type && textIn(instance.before ?? null, id) === whose;
          return same && instance.action !== "create";
        })
        .reduce(without, instance),
    ),
  }));
}

/** Blocks that are there before the apply, and not after it with the same owner and member. */
function detachedIn({ before, instances }: ReadInput): readonly Instance[] {
  const past = before?.filter(({ type, mode }) => TYPES.has(type) && mode === "managed") ?? [];
  if (past.length === 0) {
    return [];
  }
  const now = new Map(instances.map((instance) => [instance.address, instance]));
  return past.filter((block) => {
    const next = now.get(block.address);
    const names = MEMBERSHIPS.filter(({ type }) => type === block.type).flatMap((each) => [
      each.owner,
      each.member,
    ]);
    return !names.every((name) => next && textIn(next.values, name) === textIn(block.values, name));
  });
}

function without(instance: Instance, { list: name, what, whole = false }: Owner & Cut): Instance {
  const [now, old] = [instance.values, instance.before ?? null].map((from) => member(from, name));
  const { values } = instance;
  if (!isObject(values) || !isIn(now, what) || !isIn(old, what)) {
    return instance;
  }
  const unknown = instance.unknown === true ? true : (member(instance.unknown, name) ?? false);
  const masks = { ...(isObject(instance.unknown) ? instance.unknown : {}) };
  if (!Array.isArray(now)) {
    return { ...instance, values: { ...values, [name]: null } };
  }
  const items = now as readonly Json[];
  const maskOf = (index: number): Json => (Array.isArray(unknown) && unknown[index]) || false;
  if (whole && !equalJson(sorted(now), sorted(old))) {
    // The update puts it back where it comes after the deletion, and not where it comes before.
    const open = items.map((item, index) => (nameOf(item) === what ? true : maskOf(index)));
    return { ...instance, unknown: { ...masks, [name]: open } };
  }
  const kept = items.flatMap((item, index) =>
    nameOf(item) === what ? [] : [[item, maskOf(index)]],
  );
  return {
    ...instance,
    values: { ...values, [name]: kept.map(([item]) => item as Json) },
    unknown: { ...masks, [name]: kept.map(([, mask]) => mask as Json) },
  };
}

interface Cut {
  readonly what: string;
}

function isIn(value: Json | undefined, what: string): boolean {
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return items.some((item) => nameOf(item) === what);
}

/** What an element names: itself, or of a block `traffic_source` its `identifier`. */
function nameOf(item: Json | undefined): Json | undefined {
  return isObject(item) ? item.identifier : item;
}

function sorted(value: Json | undefined): Json {
  return Array.isArray(value)
    ? [...(value as readonly Json[])].map(String).sort()
    : (value ?? null);
}

function textIn(values: Json, name: string): string | undefined {
  const value = member(values, name);
  const named = nameOf(Array.isArray(value) ? (value as readonly Json[])[0] : value);
  return typeof named === "string" && named !== "" ? named : undefined;
}
