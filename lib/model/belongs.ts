import { parseCidrLoose } from "../net/cidr";
import type { Instance } from "./instance";
import { equalJson, isObject, type Json, type JsonObject, member } from "./value";

/** A rule, route or entry of its own, and the list of the object that it belongs to. */
export interface Belongs {
  readonly owner: string;
  readonly list: (values: Json) => string;
  /**
   * What is left of an element of the list without it; undefined: nothing. What the old list lacks
   * is added anew, and stays.
   */
  readonly rest: (element: Element, values: Json, old: readonly Json[]) => Element | undefined;
}

/** An element of a list, with the masks of what is unknown in it. */
export interface Element {
  readonly values: JsonObject;
  readonly unknown: Json;
}

/** @returns the whole element, or nothing of it */
function unless(pairs: readonly (readonly [ofElement: string, own: string])[]): Belongs["rest"] {
  return (element, values, old) =>
    pairs.every(([name, own]) => equalJson(text(element.values, name), text(values, own))) &&
    old.some((each) => equalJson(each, element.values))
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
function withoutSources(element: Element, values: Json, old: readonly Json[]): Element | undefined {
  if (!isOfPorts(element.values, values)) {
    return element;
  }
  const had = old.filter(
    (each) =>
      isObject(each) &&
      isOfPorts(each, element.values) &&
      equalJson(text(each, "description"), text(element.values, "description")),
  );
  let left = element;
  for (const [name, own] of SOURCES) {
    const before = had.flatMap((each) => items(member(each, name)));
    const taken = own.flatMap((each) => items(member(values, each)));
    left = withoutItems(left, name, (item) => taken.includes(item) && before.includes(item));
  }
  const taken =
    member(values, "self") === true && had.some((each) => member(each, "self") === true);
  const self = member(element.values, "self") === true && !taken;
  return self || SOURCES.some(([name]) => !isEmpty(left, name))
    ? { ...left, values: { ...left.values, self } }
    : undefined;
}

/** Takes known items out of a list, and their masks with them. */
function withoutItems(
  { values, unknown }: Element,
  name: string,
  isTaken: (item: Json) => boolean,
): Element {
  const list = member(values, name);
  if (!Array.isArray(list)) {
    return { values, unknown };
  }
  const stays = (list as readonly Json[]).map((item) => !isTaken(plain(item)));
  const at = <T>(items: readonly T[]) => items.filter((_, index) => stays[index] !== false);
  const masks = member(unknown, name);
  const own = Array.isArray(masks) && isObject(unknown);
  return {
    values: { ...values, [name]: at(list as readonly Json[]) },
    unknown: own ? { ...unknown, [name]: at(masks as readonly Json[]) } : unknown,
  };
}

/** Whether a list surely holds nothing. */
function isEmpty({ values, unknown }: Element, name: string): boolean {
  const list = member(values, name);
  const isUnknown = unknown === true || member(unknown, name) === true;
  return !isUnknown && (Array.isArray(list) ? list.length === 0 : items(list).length === 0);
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

/** Whether a block still has the rule that it had. */
export function isKept(
  block: Pick<Instance, "values">,
  now: Pick<Instance, "values"> | undefined,
): boolean {
  const names = Object.keys(block.values ?? {}).filter((name) => !NO_RULE.has(name));
  const same = (name: string) =>
    equalJson(member(block.values, name) ?? null, member(now?.values, name) ?? null);
  return now !== undefined && names.every(same);
}
