import type { VpcSecurityGroupIngressRuleConfig } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { HTTP_PORTS, HTTPS_PORTS } from "../../edge/ports";
import type { Family } from "../../net/cidr";
import type { Listener } from "../../origin/listener";
import type { EdgeRanges } from "../edge-ranges";
import type { IEdgePrefixList } from "./edge-prefix-list";
import type { Exempt } from "./firewall-exception";
import { cidrId } from "./read-cidr";

/** One inbound rule to be, without its group. */
export interface Admission {
  /** Comes from the content: rules keep their state address whatever is beside them. */
  readonly id: string;
  /** A line that changes with what the rule admits. */
  readonly fact: string;
  readonly family: Family;
  readonly port: number;
  /** What it costs of the group's quota. */
  readonly weight: number;
  readonly config: Omit<VpcSecurityGroupIngressRuleConfig, "securityGroupId">;
}

/** Where the edge's ranges come from: a list of ranges, or prefix lists. */
export interface EdgeSource {
  /** What one port costs of a group's quota. */
  weight(family: Family): number;
  /** What is counted, such as `IPv4 ranges`. */
  words(family: Family): string;
  /** Whether a change of ranges makes rules and removes others. */
  readonly isChangedByRule: boolean;
  admissions(listener: Listener): readonly Admission[];
}

export const FAMILIES: readonly Family[] = [4, 6];

/** One rule for each range. */
export function rangeSource(ranges: EdgeRanges): EdgeSource {
  return {
    weight: (family) => ranges.cidrs(family).length,
    words: (family) => `IPv${family} ranges`,
    isChangedByRule: true,
    admissions: (listener) =>
      FAMILIES.flatMap((family) =>
        ranges.cidrs(family).map((cidr) => ({
          id: `${listener.port}-${cidrId(cidr)}`,
          fact: `${listener.port} ${cidr}\n`,
          family,
          port: listener.port,
          weight: 1,
          config: tcp(listener.port, `Cloudflare to ${listener}`, sourceOf(family, cidr)),
        })),
      ),
  };
}

/** One rule for each family, which AWS counts as so many as the list has room for. */
export function listSource(prefixList: IEdgePrefixList): EdgeSource {
  return {
    weight: (family) => prefixList.list(family)?.maxEntries ?? 0,
    words: (family) => `entries that the IPv${family} prefix list has room for`,
    isChangedByRule: false,
    admissions: (listener) =>
      FAMILIES.flatMap((family) => {
        const list = prefixList.list(family);
        if (list === undefined) {
          return [];
        }
        const description = `Cloudflare to ${listener}`;
        return {
          id: `${listener.port}-Ipv${family}`,
          fact: `${listener.port} prefix list of IPv${family}\n`,
          family,
          port: listener.port,
          weight: list.maxEntries,
          config: tcp(listener.port, description, { prefixListId: list.id }),
        };
      }),
  };
}

/** One rule for each exception. */
export function exemptAdmissions(exempts: readonly Exempt[]): readonly Admission[] {
  return exempts.map(({ cidr, port }) => ({
    id: `Exception-${port}-${cidrId(cidr.text)}`,
    fact: `${port} ${cidr.text} exception\n`,
    family: cidr.family,
    port,
    weight: 1,
    config: tcp(port, "Exception beside Cloudflare", sourceOf(cidr.family, cidr.text)),
  }));
}

/** Three ports of 20 ranges fill a group of AWS's default quota. */
const PORTS_IN_A_GROUP = 3;

/**
 * Which of several groups has a port's rules, counted from 0. It follows from the port alone, so
 * that no other port or range moves a rule. All ports that Cloudflare proxies take five groups,
 * which is as many as AWS allows an interface by default.
 */
export function groupOf(port: number): number {
  return Math.floor([...HTTPS_PORTS, ...HTTP_PORTS].indexOf(port) / PORTS_IN_A_GROUP);
}

function tcp(
  port: number,
  description: string,
  source: Partial<VpcSecurityGroupIngressRuleConfig>,
): Admission["config"] {
  return { description, ipProtocol: "tcp", fromPort: port, toPort: port, ...source };
}

function sourceOf(family: Family, cidr: string): Partial<VpcSecurityGroupIngressRuleConfig> {
  return family === 4 ? { cidrIpv4: cidr } : { cidrIpv6: cidr };
}
