import { type Family, parseCidr } from "../../../net/cidr";
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
  /** A range, or the identity of the prefix list or group that it names. */
  readonly source: string;
  readonly weight: RuleWeight;
}

/** How a resource says what its rules are: one source in each attribute, or a list in some. */
const FORMS: readonly {
  readonly type: string;
  readonly protocol: string;
  readonly sources: readonly string[];
}[] = [
  ...["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].map((type) => ({
    type,
    protocol: "ip_protocol",
    sources: ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
  })),
  {
    type: "aws_security_group_rule",
    protocol: "protocol",
    sources: ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "source_security_group_id"],
  },
];

/** IANA's numbers for the names that the provider takes. */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp" };

/** All that are known to be in one group. */
export function groupRules(app: AppResources): readonly GroupRule[] {
  const lists = listWeights(app);
  return FORMS.flatMap(({ type, protocol, sources }) =>
    app.ofType(type).flatMap((resource) => {
      const group = resource.named("security_group_id");
      const direction = directionOf(resource);
      if (group === undefined || direction === undefined || resource.isRepeated) {
        return [];
      }
      const ports = portsOf(resource, protocol);
      return sources
        .flatMap((name) => textsOf(resource, name))
        .map((source) => ({ resource, group, direction, ...ruleOf(source, direction, ports) }))
        .map((rule) => ({ ...rule, weight: weigh(rule.source, resource, lists) }));
    }),
  );
}

function directionOf(resource: AppResource): GroupRule["direction"] | undefined {
  const words = { ingress: "inbound", egress: "outbound" } as const;
  const text = resource.type.match(/ingress|egress/)?.[0] ?? resource.attribute("type");
  return text === "ingress" || text === "egress" ? words[text] : undefined;
}

/** Sources or destinations, ranges in canonical text. */
function textsOf(resource: AppResource, name: string): readonly string[] {
  const value = resource.attribute(name);
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
  return texts.map((text) => {
    const parsed = parseCidr(text);
    return parsed.ok ? parsed.value.text : resource.identify(text);
  });
}

function ruleOf(source: string, direction: GroupRule["direction"], ports: string) {
  const preposition = direction === "inbound" ? "from" : "to";
  return {
    source,
    content: JSON.stringify([direction, ports, source]),
    words: `${direction} ${ports} ${preposition} ${nameOf(source)}`,
  };
}

function weigh(
  source: string,
  { element }: AppResource,
  lists: ReadonlyMap<string, RuleWeight>,
): RuleWeight {
  return lists.get(source) ?? weightOf(element) ?? ownWeight(source);
}

function portsOf(resource: AppResource, attribute: string): string {
  const protocol = String(resource.attribute(attribute));
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
