import { parseCidrLoose } from "../net/cidr";
import { equalJson, isObject, type Json, type JsonObject, member } from "./value";

/** A rule, route or entry of its own, and the list of the object that it belongs to. */
export interface Belongs {
  readonly owner: string;
  readonly list: (values: Json) => string;
  /**
   * What is left of an element of the list without it; undefined: nothing. What the old list lacks
   * is added anew, and stays.
   */
  readonly rest: (
    element: JsonObject,
    values: Json,
    old: readonly Json[],
  ) => JsonObject | undefined;
}

/** @returns the whole element, or nothing of it */
function unless(pairs: readonly (readonly [ofElement: string, own: string])[]): Belongs["rest"] {
  return (element, values, old) =>
    pairs.every(([name, own]) => equalJson(text(element, name), text(values, own))) &&
    old.some((each) => equalJson(each, element))
      ? undefined
      : element;
}

const GROUP_RULE: Belongs = {
  owner: "security_group_id",
  list: (values) => (member(values, "type") === "egress" ? "egress" : "ingress"),
  rest: withoutSources,
};

/** The types of such blocks. */
export const BELONGS: ReadonlyMap<string, Belongs> = new Map([
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

const SOURCES: readonly (readonly [list: string, own: readonly string[]])[] = [
  ["cidr_blocks", ["cidr_blocks", "cidr_ipv4"]],
  ["ipv6_cidr_blocks", ["ipv6_cidr_blocks", "cidr_ipv6"]],
  ["prefix_list_ids", ["prefix_list_ids", "prefix_list_id"]],
  ["security_groups", ["source_security_group_id", "referenced_security_group_id"]],
];

/** Of a group's rules the provider compares each source by itself, with its description. */
function withoutSources(
  element: JsonObject,
  values: Json,
  old: readonly Json[],
): JsonObject | undefined {
  if (!isOfPorts(element, values)) {
    return element;
  }
  const had = old.filter(
    (each) =>
      isObject(each) &&
      isOfPorts(each, element) &&
      equalJson(text(each, "description"), text(element, "description")),
  );
  const lists = SOURCES.map(([name, own]) => {
    const before = had.flatMap((each) => items(member(each, name)));
    const taken = own.flatMap((each) => items(member(values, each)));
    const stays = (item: Json) => !taken.includes(item) || !before.includes(item);
    return [name, items(member(element, name)).filter(stays)] as const;
  });
  const taken =
    member(values, "self") === true && had.some((each) => member(each, "self") === true);
  const self = member(element, "self") === true && !taken;
  return self || lists.some(([, left]) => left.length > 0)
    ? { ...element, ...Object.fromEntries(lists), self }
    : undefined;
}

function isOfPorts(values: Json, other: Json): boolean {
  const protocol = protocolOf(values);
  const ports = protocol === "-1" ? [] : ["from_port", "to_port"];
  return (
    protocol === protocolOf(other) &&
    ports.every((name) => equalJson(text(values, name), text(other, name)))
  );
}

/** Protocols that have a name, by their number. */
const NAMES: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

function protocolOf(values: Json): string {
  const given = text(values, "ip_protocol") ?? text(values, "protocol");
  const name = `${given as string}`.toLowerCase();
  return NAMES[name] ?? name;
}

function items(value: Json | undefined): readonly Json[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
  return list.filter((item) => typeof item === "string" && item !== "").map(plain);
}

function text(values: Json, name: string): Json {
  const value = member(values, name) ?? null;
  return value === "" ? null : plain(value);
}

/** The same for the same range of addresses. */
function plain(value: Json): Json {
  const cidr = typeof value === "string" ? parseCidrLoose(value) : undefined;
  return cidr?.ok === true ? cidr.value.text : value;
}
