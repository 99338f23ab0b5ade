import type { Instance } from "../../model/instance";
import { equalJson, isObject, type Json, type JsonObject, member } from "../../model/value";

/** A rule, route or entry of its own, and the list of the object that it belongs to. */
interface Belongs {
  readonly owner: string;
  readonly list: (values: Json) => string;
  /** What is left of an element of the list without it; undefined: nothing. */
  readonly rest: (element: JsonObject, values: Json) => JsonObject | undefined;
}

/** @returns the whole element, or nothing of it */
function unless(pairs: readonly (readonly [ofElement: string, own: string])[]): Belongs["rest"] {
  return (element, values) =>
    pairs.every(([name, own]) => equalJson(text(element, name), text(values, own)))
      ? undefined
      : element;
}

const GROUP_RULE: Belongs = {
  owner: "security_group_id",
  list: (values) => (member(values, "type") === "egress" ? "egress" : "ingress"),
  rest: withoutSources,
};

const BELONGS: ReadonlyMap<string, Belongs> = new Map([
  ["aws_security_group_rule", GROUP_RULE],
  ["aws_vpc_security_group_ingress_rule", GROUP_RULE],
  ["aws_vpc_security_group_egress_rule", { ...GROUP_RULE, list: () => "egress" }],
  [
    "aws_network_acl_rule",
    {
      owner: "network_acl_id",
      list: (values) => (member(values, "egress") === true ? "egress" : "ingress"),
      rest: unless([["rule_no", "rule_number"]]),
    },
  ],
  [
    "aws_route",
    {
      owner: "route_table_id",
      list: () => "route",
      rest: unless([
        ["cidr_block", "destination_cidr_block"],
        ["ipv6_cidr_block", "destination_ipv6_cidr_block"],
        ["destination_prefix_list_id", "destination_prefix_list_id"],
      ]),
    },
  ],
  [
    "aws_ec2_managed_prefix_list_entry",
    { owner: "prefix_list_id", list: () => "entry", rest: unless([["cidr", "cidr"]]) },
  ],
]);

/**
 * A block that is destroyed takes the rule away that its owner's list says too: there is only one
 * of it. What an update of the owner adds anew stays.
 */
export function withoutTaken(
  present: readonly Instance[],
  gone: readonly Instance[],
): readonly Instance[] {
  const blocks = gone.filter(({ type }) => BELONGS.has(type));
  if (blocks.length === 0) {
    return present;
  }
  return present.map((instance) => {
    const id = member(instance.values, "id");
    return typeof id !== "string" || BELONGS.has(instance.type)
      ? instance
      : blocks.reduce((left, block) => without(left, id, block), instance);
  });
}

function without(owner: Instance, id: string, { type, values }: Instance): Instance {
  const belongs = BELONGS.get(type);
  if (belongs === undefined || member(values, belongs.owner) !== id) {
    return owner;
  }
  const name = belongs.list(values);
  const list = member(owner.values, name);
  const old = member(owner.before ?? owner.values, name);
  if (!Array.isArray(list) || !Array.isArray(old) || !isObject(owner.values)) {
    return owner;
  }
  const had = (element: Json) =>
    (old as readonly Json[]).some((other) => equalJson(other, element));
  const left = (list as readonly Json[]).flatMap((element) =>
    isObject(element) && had(element) ? (belongs.rest(element, values) ?? []) : [element],
  );
  return equalJson(left, list) ? owner : { ...owner, values: { ...owner.values, [name]: left } };
}

/** Attributes of a default that a block takes over, or of its VPC, that are its id. */
const DEFAULTS = [
  "default_network_acl_id",
  "default_route_table_id",
  "default_security_group_id",
  "main_route_table_id",
];

/** Rules that are blocks of their own go too while a default that is taken over is empty. */
export function withEmptied(
  present: readonly Instance[],
  emptied: readonly Instance[],
): readonly Instance[] {
  if (emptied.length === 0) {
    return present;
  }
  const kindOf = ({ type }: Instance) => type.replace("aws_default_", "");
  const ids = emptied.flatMap((each) => {
    const vpcs = present.filter(
      ({ type, values }) =>
        type.endsWith("_vpc") && equalJson(text(values, "id"), text(each.values, "vpc_id")),
    );
    const names = DEFAULTS.filter((name) => name.includes(kindOf(each)));
    return [each, ...vpcs].flatMap(({ values }) => names.map((name) => text(values, name)));
  });
  return present.filter(({ type, values }) => {
    const belongs = BELONGS.get(type);
    const owner = belongs === undefined ? null : text(values, belongs.owner);
    return owner === null || !ids.includes(owner);
  });
}

const SOURCES: readonly (readonly [list: string, own: readonly string[]])[] = [
  ["cidr_blocks", ["cidr_blocks", "cidr_ipv4"]],
  ["ipv6_cidr_blocks", ["ipv6_cidr_blocks", "cidr_ipv6"]],
  ["prefix_list_ids", ["prefix_list_ids", "prefix_list_id"]],
  ["security_groups", ["source_security_group_id", "referenced_security_group_id"]],
];

function withoutSources(element: JsonObject, values: Json): JsonObject | undefined {
  const protocol = text(values, "ip_protocol") ?? text(values, "protocol");
  const ports = protocol === "-1" ? [] : ["from_port", "to_port"];
  const alike =
    equalJson(text(element, "protocol"), protocol) &&
    ports.every((name) => equalJson(text(element, name), text(values, name)));
  if (!alike) {
    return element;
  }
  const lists = SOURCES.map(([name, own]) => {
    const taken = own.flatMap((each) => items(member(values, each)));
    return [name, items(member(element, name)).filter((item) => !taken.includes(item))] as const;
  });
  const self = member(element, "self") === true && member(values, "self") !== true;
  return self || lists.some(([, left]) => left.length > 0)
    ? { ...element, ...Object.fromEntries(lists), self }
    : undefined;
}

function items(value: Json | undefined): readonly Json[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
  return list.filter((item) => typeof item === "string" && item !== "");
}

function text(values: Json, name: string): Json {
  const value = member(values, name) ?? null;
  return value === "" ? null : value;
}
