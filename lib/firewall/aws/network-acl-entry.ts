import { createHash } from "node:crypto";
import type { NetworkAclRuleConfig } from "@cdktf/provider-aws/lib/network-acl-rule";
import type { IConstruct } from "constructs";
import type { Family } from "../../net/cidr";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";
import type { EdgeRanges } from "../edge-ranges";
import { FAMILIES } from "./admission";
import type { Exempt } from "./firewall-exception";
import { cidrId } from "./read-cidr";

/** What an ACL is to let through. */
export interface AclContent {
  readonly listeners: readonly Listener[];
  readonly ranges: EdgeRanges;
  readonly exempts: readonly Exempt[];
  readonly allowReturnTraffic: boolean;
}

/** One rule to be, without its ACL. */
export interface AclEntry {
  readonly id: string;
  readonly number: number;
  readonly config: Omit<NetworkAclRuleConfig, "networkAclId" | "ruleNumber" | "ruleAction">;
}

type Draft = Omit<AclEntry, "number">;

const ANYWHERE: Readonly<Record<Family, string>> = { 4: "0.0.0.0/0", 6: "::/0" };

/** IANA protocol numbers, as the provider keeps them: names would be a change at each plan. */
const TCP = "6";
const UDP = "17";
const ALL = "-1";

/** AWS's own limits for the quota. */
const MOST_RULES = 40;
/** Rule numbers end at 32766. */
const NUMBERS = 32_766;

/** The entries in both directions. All allow, so that their order doesn't matter. */
export function planEntries(content: AclContent): readonly AclEntry[] {
  const inbound = FAMILIES.flatMap((family) => inboundOf(content, family));
  const outbound = FAMILIES.map((family): Draft => {
    const config = { egress: true, protocol: ALL, ...destination(family, ANYWHERE[family]) };
    return { id: `Out-Ipv${family}`, config };
  });
  return [...numbered(inbound), ...numbered(outbound)];
}

/**
 * Does the ACL hold its entries, the final deny included?
 *
 * @throws ConfigurationError `acl-quota-exceeded`, `invalid-limit`
 */
export function requireAclQuota(content: AclContent, quota: number, scope: IConstruct): void {
  requireLiteral("ruleQuota", quota, "20", scope);
  if (!Number.isInteger(quota) || quota < 1 || quota > MOST_RULES) {
    throw new ConfigurationError(
      "invalid-limit",
      `'ruleQuota' is ${quota}; give a whole number from 1 to ${MOST_RULES}`,
      scope,
    );
  }
  for (const family of FAMILIES) {
    const count = inboundOf(content, family).length + 1;
    if (count > quota) {
      const ports = content.listeners.length;
      const ranges = content.ranges.cidrs(family).length;
      const rest = count - 1 - ports * ranges;
      const remedy =
        count <= MOST_RULES
          ? `have AWS raise the quota, which can be ${MOST_RULES} at most, and set 'ruleQuota'`
          : `more than AWS ever allows (${MOST_RULES}): use fewer listeners`;
      throw new ConfigurationError(
        "acl-quota-exceeded",
        `'listeners' has ${ports} ${ports === 1 ? "port" : "ports"}, and ${ports} × ${ranges} ` +
          `IPv${family} ranges + ${rest} for answers and exceptions + 1 final deny = ${count} ` +
          `inbound rules, more than the ${quota} of one family that AWS allows in a network ACL; ` +
          remedy,
        scope,
      );
    }
  }
}

function inboundOf(content: AclContent, family: Family): readonly Draft[] {
  const edge = content.listeners.flatMap(({ port }) =>
    content.ranges.cidrs(family).map((cidr) => opening(`In-${port}`, port, family, cidr)),
  );
  const exceptions = content.exempts
    .filter(({ cidr }) => cidr.family === family)
    .map(({ cidr, port }) => opening(`Exception-${port}`, port, family, cidr.text));
  return [...edge, ...exceptions, ...(content.allowReturnTraffic ? answers(family) : [])];
}

function opening(prefix: string, port: number, family: Family, cidr: string): Draft {
  const config = { protocol: TCP, fromPort: port, toPort: port, ...destination(family, cidr) };
  return { id: `${prefix}-${cidrId(cidr)}`, config };
}

/** Ephemeral ports: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html */
function answers(family: Family): readonly Draft[] {
  const ports = { fromPort: 1024, toPort: 65535, ...destination(family, ANYWHERE[family]) };
  return [
    { id: `Answers-Tcp-Ipv${family}`, config: { protocol: TCP, ...ports } },
    { id: `Answers-Udp-Ipv${family}`, config: { protocol: UDP, ...ports } },
  ];
}

function destination(family: Family, cidr: string): Partial<NetworkAclRuleConfig> {
  return family === 4 ? { cidrBlock: cidr } : { ipv6CidrBlock: cidr };
}

/**
 * A number from the content, since two rules of a direction may not share one and a new rule is made
 * before the old one goes. Where two fall on one number, the next free one is taken.
 */
function numbered(drafts: readonly Draft[]): readonly AclEntry[] {
  const taken = new Set<number>();
  const wanted = drafts
    .map((draft) => ({ draft, first: hash(draft.id) }))
    .sort((left, right) => left.first - right.first || (left.draft.id < right.draft.id ? -1 : 1));
  const numbers = new Map<string, number>();
  for (const { draft, first } of wanted) {
    let number = first;
    while (taken.has(number)) {
      number = (number % NUMBERS) + 1;
    }
    taken.add(number);
    numbers.set(draft.id, number);
  }
  return drafts.map((draft) => ({ ...draft, number: numbers.get(draft.id) ?? 0 }));
}

function hash(text: string): number {
  return (createHash("sha256").update(text).digest().readUInt32BE(0) % NUMBERS) + 1;
}
