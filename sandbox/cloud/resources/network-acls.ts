import type { ObjectValue, Value } from "../../provider/value";
import { type Change, find, type Handler, Refused, type Step, type World } from "../handler";
import type { Effect } from "../log";
import type { AclEntry, CloudState } from "../state";
import { vpcWith } from "./interfaces";
import { blocks, text, texts } from "./texts";

const NUMBERS: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
};

/** As AWS stores it: a number. */
function protocolNumber(value: Value | undefined): string {
  const word = String(value ?? "-1").toLowerCase();
  return NUMBERS[word] ?? word;
}

const number = (value: Value | undefined): number => Number(value ?? 0) || 0;

/** An inline entry or an `aws_network_acl_rule`. */
function entry(acl: string, egress: boolean, rule: ObjectValue): AclEntry {
  return {
    acl,
    egress,
    number: number(rule.rule_no ?? rule.rule_number),
    action: String(rule.action ?? rule.rule_action).toLowerCase(),
    protocol: protocolNumber(rule.protocol),
    from: number(rule.from_port),
    to: number(rule.to_port),
    cidr: text(rule.cidr_block) || text(rule.ipv6_cidr_block),
    icmpType: number(rule.icmp_type),
    icmpCode: number(rule.icmp_code),
  };
}

const keyOf = ({ acl, egress, number: n }: AclEntry): string =>
  `${acl} ${egress ? "egress" : "ingress"} ${n}`;

const words = (e: AclEntry): string =>
  `${e.number} ${e.action} ${e.protocol} ${e.from}-${e.to} ${e.cidr}`;

const effect = (e: AclEntry, added: readonly string[], removed: readonly string[]): Effect => ({
  filter: e.acl,
  direction: e.egress ? "egress" : "ingress",
  added,
  removed,
});

const createEntry = (added: AclEntry): Step => ({
  call: "CreateNetworkAclEntry",
  writes: [],
  run: ({ state }) => {
    if (state.entries[keyOf(added)] !== undefined) {
      throw new Refused(`NetworkAclEntryAlreadyExists: ${keyOf(added)} already exists`);
    }
    state.entries[keyOf(added)] = added;
    return [effect(added, [words(added)], [])];
  },
});

const deleteEntry = (removed: AclEntry): Step => ({
  call: "DeleteNetworkAclEntry",
  writes: [],
  run: ({ state }) => {
    delete state.entries[keyOf(removed)];
    return [effect(removed, [], [words(removed)])];
  },
});

/** Puts a subnet on an ACL, whoever holds it; without one on its VPC's default ACL. */
function associate(subnet: string, acl: string | undefined, id?: string): Step {
  return {
    call: "ReplaceNetworkAclAssociation",
    writes: [],
    run: (world) => {
      put(world, subnet, acl, id);
      return undefined;
    },
  };
}

function put(world: World, subnet: string, acl: string | undefined, id?: string): void {
  const key = `acl ${subnet}`;
  const vpc = find(world, "aws_subnet", subnet)?.attributes.vpc_id;
  const fallback = text(find(world, "aws_vpc", vpc)?.attributes.default_network_acl_id);
  const to = acl ?? fallback;
  if (to === "") delete world.state.associations[key];
  else world.state.associations[key] = { id: id ?? `aclassoc-0${world.issuer.hex(16)}`, to };
}

/** An ACL that goes looks which subnets it has by then, and lets go of these alone. */
function leave({ current }: Change): readonly Step[] {
  const acl = text(current?.id);
  return texts(current?.subnet_ids).map((subnet) => ({
    call: "ReplaceNetworkAclAssociation",
    run: (world) => {
      if (world.state.associations[`acl ${subnet}`]?.to === acl) put(world, subnet, undefined);
      return undefined;
    },
  }));
}

const sameEntry = (a: AclEntry, b: AclEntry): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Of one direction all that are gone are deleted before any is created. */
function entrySteps({ prior, planned, current }: Change, egress: boolean): readonly Step[] {
  const acl = text(current?.id);
  const of = (value: ObjectValue | null) =>
    blocks(value?.[egress ? "egress" : "ingress"]).map((rule) => entry(acl, egress, rule));
  const [before, after] = [of(prior), of(planned)];
  const without = (all: readonly AclEntry[], others: readonly AclEntry[]) =>
    all.filter((e) => !others.some((other) => sameEntry(e, other)));
  return [...without(before, after).map(deleteEntry), ...without(after, before).map(createEntry)];
}

function subnetSteps({ prior, planned, current }: Change, isDefault: boolean): readonly Step[] {
  const [before, after] = [texts(prior?.subnet_ids), texts(planned?.subnet_ids)];
  const gone = isDefault ? [] : before.filter((subnet) => !after.includes(subnet));
  const added = after.filter((subnet) => !before.includes(subnet));
  return [
    ...gone.map((subnet) => associate(subnet, undefined)),
    ...added.map((subnet) => associate(subnet, text(current?.id))),
  ];
}

export const networkAcl: Handler = {
  steps: (change) => {
    if (change.planned === null) return leave(change);
    const [egress, ingress] = [entrySteps(change, true), entrySteps(change, false)];
    const entries = change.prior === null ? [...egress, ...ingress] : [...ingress, ...egress];
    return [...entries, ...subnetSteps(change, false)];
  },
  removed: ({ id }, world) => {
    const { state } = world;
    for (const [key, { acl }] of Object.entries(state.entries)) {
      if (acl === id) delete state.entries[key];
    }
    // Those that an association of its own had put on it.
    for (const subnet of subnetsOf(state, text(id), [])) put(world, subnet, undefined);
  },
  show: shownAcl,
};

/** Takes over the ACL that the VPC has: what was in it is deleted first. */
export const defaultNetworkAcl: Handler = {
  fill: (planned, world) => ({
    vpc_id: vpcWith(world, "default_network_acl_id", planned.default_network_acl_id),
  }),
  created: (attributes, { state }) => {
    for (const [key, { acl }] of Object.entries(state.entries)) {
      if (acl === attributes.id) delete state.entries[key];
    }
  },
  steps: (change) => {
    if (change.planned === null) return [];
    const [egress, ingress] = [entrySteps(change, true), entrySteps(change, false)];
    const entries = change.prior === null ? [...egress, ...ingress] : [...ingress, ...egress];
    return [...entries, ...subnetSteps(change, true)];
  },
  show: shownAcl,
};

export const networkAclRule: Handler = {
  steps: ({ prior, planned, current }) => {
    const rule = current ?? planned ?? prior ?? {};
    const of = entry(text(rule.network_acl_id), rule.egress === true, rule);
    if (prior === null) return [createEntry(of)];
    return planned === null ? [deleteEntry(of)] : [];
  },
};

export const networkAclAssociation: Handler = {
  steps: ({ prior, planned, current }) => {
    const { subnet_id, network_acl_id, id } = current ?? planned ?? prior ?? {};
    const acl = planned === null ? undefined : text(planned.network_acl_id ?? network_acl_id);
    return [associate(text(subnet_id), acl, planned === null ? undefined : text(id))];
  },
};

/** In the words of the configuration where they mean what is there. */
function shownAcl(attributes: ObjectValue, { state }: World): ObjectValue {
  const acl = text(attributes.id);
  const of = (egress: boolean, local: Value | undefined): ObjectValue[] => {
    const there = Object.values(state.entries).filter((e) => e.acl === acl && e.egress === egress);
    const named = blocks(local).filter((rule) =>
      there.some((e) => sameEntry(e, entry(acl, egress, rule))),
    );
    const others = there.filter(
      (e) => !named.some((rule) => sameEntry(e, entry(acl, egress, rule))),
    );
    return [...named, ...others.map(inline)];
  };
  return {
    ...attributes,
    ingress: of(false, attributes.ingress),
    egress: of(true, attributes.egress),
    subnet_ids: [...subnetsOf(state, acl, texts(attributes.subnet_ids))],
  };
}

function subnetsOf(state: CloudState, acl: string, known: readonly string[]): readonly string[] {
  const held = Object.entries(state.associations)
    .filter(([key, { to }]) => key.startsWith("acl ") && to === acl)
    .map(([key]) => key.slice("acl ".length));
  return [...known.filter((id) => held.includes(id)), ...held.filter((id) => !known.includes(id))];
}

function inline(e: AclEntry): ObjectValue {
  const v6 = e.cidr.includes(":");
  return {
    action: e.action,
    cidr_block: v6 ? "" : e.cidr,
    from_port: e.from,
    icmp_code: e.icmpCode,
    icmp_type: e.icmpType,
    ipv6_cidr_block: v6 ? e.cidr : "",
    protocol: e.protocol,
    rule_no: e.number,
    to_port: e.to,
  };
}
