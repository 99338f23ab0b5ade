import type { Family } from "../../../net/cidr";
import { parseCidr } from "../../../net/cidr";
import { nameOf } from "./identity";
import { type RuleWeight, weightOf } from "./owner";
import type { AppResource, AppResources } from "./resource";

/** A rule of a security group that a resource of its own makes. */
export interface GroupRule {
  readonly resource: AppResource;
  /** Identity of the group. */
  readonly group: string;
  readonly direction: "inbound" | "outbound";
  /** Direction, protocol, ports and source: AWS takes no second rule of equal content. */
  readonly content: string;
  /** The same for people. */
  readonly words: string;
  /** Identity of the prefix list that it names. */
  readonly prefixList: string | undefined;
  readonly weight: RuleWeight;
}

const DIRECTIONS = {
  aws_vpc_security_group_ingress_rule: "inbound",
  aws_vpc_security_group_egress_rule: "outbound",
} as const;

/** IANA's numbers for the names that the provider takes. */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp" };

/** All that are known to be one rule each and to be in one group. */
export function groupRules(app: AppResources): readonly GroupRule[] {
  const lists = listWeights(app);
  return Object.entries(DIRECTIONS).flatMap(([type, direction]) =>
    app.ofType(type).flatMap((resource) => {
      const group = resource.named("security_group_id");
      return group === undefined || resource.isRepeated
        ? []
        : [ruleOf(resource, group, direction, lists)];
    }),
  );
}

function ruleOf(
  resource: AppResource,
  group: string,
  direction: GroupRule["direction"],
  lists: ReadonlyMap<string, RuleWeight>,
): GroupRule {
  const prefixList = resource.named("prefix_list_id");
  const other = sourceOf(resource);
  const ports = portsOf(resource);
  const preposition = direction === "inbound" ? "from" : "to";
  return {
    resource,
    group,
    direction,
    content: JSON.stringify([direction, ports, other]),
    words: `${direction} ${ports} ${preposition} ${nameOf(other)}`,
    prefixList,
    weight: (prefixList && lists.get(prefixList)) || weightOf(resource.element) || ownWeight(other),
  };
}

/** The text of the one source or destination. */
function sourceOf(resource: AppResource): string {
  for (const name of ["cidr_ipv4", "cidr_ipv6"]) {
    const text = resource.named(name);
    const parsed = text === undefined ? undefined : parseCidr(text);
    if (text !== undefined) {
      return parsed?.ok === true ? parsed.value.text : text;
    }
  }
  const named = ["prefix_list_id", "referenced_security_group_id"].map((name) =>
    resource.named(name),
  );
  return named.find((text) => text !== undefined) ?? "";
}

function portsOf(resource: AppResource): string {
  const protocol = String(resource.attribute("ip_protocol"));
  const name = PROTOCOLS[protocol] ?? protocol;
  const [from, to] = ["from_port", "to_port"].map((port) => String(resource.attribute(port)));
  return name === "-1" ? "all" : `${name}/${from === to ? from : `${from}-${to}`}`;
}

/** A range counts in its family, a group in both. */
function ownWeight(source: string): RuleWeight {
  const parsed = parseCidr(source);
  if (!parsed.ok) {
    return { 4: 1, 6: 1 };
  }
  return { 4: parsed.value.family === 4 ? 1 : 0, 6: parsed.value.family === 6 ? 1 : 0 };
}

/** A prefix list counts as the entries that it has room for. */
function listWeights(app: AppResources): ReadonlyMap<string, RuleWeight> {
  return new Map(
    app.ofType("aws_ec2_managed_prefix_list").flatMap((list) => {
      const entries = list.attribute("max_entries");
      const family: Family = list.attribute("address_family") === "IPv6" ? 6 : 4;
      return typeof entries === "number" && entries > 0
        ? [[list.identity, { 4: family === 4 ? entries : 0, 6: family === 6 ? entries : 0 }]]
        : [];
    }),
  );
}
