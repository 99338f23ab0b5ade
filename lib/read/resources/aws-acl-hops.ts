import type { Assumption, Hop, Reason, Reply } from "../../model/hop";
import {
  type Bounds,
  everything,
  intersectBounds,
  isExact,
  unionBounds,
  unknownBounds,
} from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CLIENT_PORTS, contains, type PortRange } from "../../net/port-range";
import { aclDeciders, replyDeciders } from "./aws-acl-deciders";
import { type AclEntry, admittedBy, piecesOf, portsOf } from "./aws-acl-entry";
import type { AclRuleBook, AclRules, Direction } from "./aws-acl-rules";
import { hopOfNothing } from "./aws-either";
import { type Key, nameOf } from "./aws-vpc";

/** AWS takes at most 40 rules in each direction; a longer list is none that an apply makes. */
const MOST_RULES = 60;

/** A client may connect from any port, though a system's own choice is one of CLIENT_PORTS. */
const ANY_CLIENT_PORT: PortRange = { from: 1, to: 65535 };

/** What an ACL does to a flow: a hop for what comes in, and one for the answers. */
export function aclHops(
  book: AclRuleBook,
  acl: Key,
  family: Family,
  port: number,
): { readonly inbound: Hop; readonly outbound: Hop } {
  const ingress = book.rulesOf(acl, "ingress");
  const egress = book.rulesOf(acl, "egress");
  return {
    inbound: inboundHop(acl, ingress, family, port),
    outbound: outboundHop(acl, egress, family),
  };
}

function inboundHop(acl: Key, rules: AclRules, family: Family, port: number): Hop {
  const { entries } = rules;
  const at = (other: number, otherFamily: Family) =>
    passing(acl, rules, { from: other, to: other }, otherFamily).bounds;
  const { bounds, reasons } = passing(acl, rules, { from: port, to: port }, family);
  const allowing = entries.filter((entry) => entry.effect !== "deny");
  return {
    ...hopOfNothing(family, "filter"),
    ...shared(acl, rules),
    bounds,
    reasons: [...reasons, ...rules.reasons],
    admissions: allowing.flatMap((entry) => {
      const own = admittedBy([entry], { from: port, to: port }, family).bounds;
      return own.may.isEmpty ? [] : [{ resource: entry.resource, bounds: own }];
    }),
    elsewhere: { ports: allowing.flatMap(portsOf), at },
    deciders: (source) =>
      rules.outside
        ? []
        : aclDeciders(nameOf(acl), entries, { from: port, to: port }, { family, source }),
  };
}

function outboundHop(acl: Key, rules: AclRules, family: Family): Hop {
  const pieces = [CLIENT_PORTS, { from: 1, to: CLIENT_PORTS.from - 1 }].flatMap((within) =>
    rules.entries.length > MOST_RULES ? [within] : piecesOf(rules.entries, within),
  );
  const all = pieces.map((ports) => ({ ports, ...passing(acl, rules, ports, family) }));
  const client = all.filter(({ ports }) => contains(CLIENT_PORTS, ports));
  const bounds = intersectBounds(
    family,
    client.map((each) => each.bounds),
  );
  const any = all.filter(({ ports }) => contains(ANY_CLIENT_PORT, ports));
  const entry = unionBounds(
    family,
    any.map((each) => each.bounds),
  );
  const replies = client.map(({ ports, bounds: own }): Reply => ({ ports, bounds: own }));
  const reasons = all.flatMap((each) => each.reasons);
  const lost = isExact(bounds) ? lostReason(acl, replies) : [];
  return {
    ...hopOfNothing(family, "filter"),
    ...shared(acl, rules),
    bounds,
    entry,
    replies,
    deciders: (source) =>
      rules.outside
        ? []
        : replyDeciders(
            nameOf(acl),
            rules.entries,
            replies.map(({ ports }) => ports),
            { family, source },
          ),
    reasons: [...distinct(reasons), ...rules.reasons, ...lost],
  };
}

/** Names the lowest client port to which some answers are not let out, for certain. */
function lostReason(acl: Key, replies: readonly Reply[]): Reason[] {
  const lost = replies.filter(({ bounds }) => !bounds.may.complement().isEmpty);
  const whole = lost.find(({ bounds }) => bounds.may.isEmpty) ?? lost[0];
  if (whole === undefined) {
    return [];
  }
  const { from, to } = whole.ports;
  const whom = whole.bounds.may.isEmpty ? "" : "some of the ";
  const text = `${nameOf(acl)} lets out no answers to ${whom}client ports ${from} to ${to}`;
  return [{ id: "aws/acl-drops-replies", subject: nameOf(acl), text }];
}

function passing(
  acl: Key,
  rules: AclRules,
  ports: PortRange,
  family: Family,
): { bounds: Bounds; reasons: readonly Reason[] } {
  const subject = nameOf(acl);
  if (rules.outside) {
    const text = `${subject} is no network ACL of this input, so its rules are unknown`;
    return { bounds: unknownBounds(family), reasons: [{ id: "aws/acl-outside", subject, text }] };
  }
  if (rules.entries.length > MOST_RULES) {
    const text = `${subject} has ${rules.entries.length} rules in one direction, more than AWS takes`;
    return { bounds: unknownBounds(family), reasons: [{ id: "aws/acl-too-long", subject, text }] };
  }
  return rules.unread === undefined || rules.unread.length === 0
    ? admittedBy(rules.entries, ports, family)
    : { bounds: unknownBounds(family), reasons: rules.unread };
}

function shared(acl: Key, rules: AclRules): Partial<Hop> {
  return {
    resources: resourcesOf(acl, rules.entries),
    assumptions: rules.assumptions,
    sensitive: rules.entries.some((entry) => entry.sensitive),
  };
}

/** A VPC's default ACL is no block of the input: the rules that are added to it stand for it. */
function resourcesOf(acl: Key, entries: readonly AclEntry[]): readonly string[] {
  const added = new Set(entries.map((entry) => entry.resource));
  added.delete(nameOf(acl));
  const isVpc = typeof acl !== "string" && /^aws_(default_)?vpc$/.test(acl.type);
  return isVpc ? [...added] : [nameOf(acl)];
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((each) => [`${each.id} ${each.text}`, each])).values()];
}

/** The two hops of an ACL that admits everything, which the input can't show. */
export function assumedHops(subject: string, family: Family): { inbound: Hop; outbound: Hop } {
  const text = `${subject} has its VPC's default network ACL, which admits everything`;
  const assumption: Assumption = { id: "aws/default-network-acl", subject, text };
  const hop: Hop = {
    ...hopOfNothing(family, "filter"),
    bounds: everything(family),
    assumptions: [assumption],
  };
  return { inbound: hop, outbound: hop };
}

/** What an ACL lets pass on a range of ports in one direction. */
export function aclBounds(
  book: AclRuleBook,
  acl: Key,
  direction: Direction,
  { ports, family }: { readonly ports: PortRange; readonly family: Family },
): { bounds: Bounds; reasons: readonly Reason[]; assumptions: readonly Assumption[] } {
  const rules = book.rulesOf(acl, direction);
  const pieces = rules.entries.length > MOST_RULES ? [ports] : piecesOf(rules.entries, ports);
  const passed = pieces.map((piece) => passing(acl, rules, piece, family));
  return {
    bounds: intersectBounds(
      family,
      passed.map((each) => each.bounds),
    ),
    reasons: distinct([...passed.flatMap((each) => each.reasons), ...rules.reasons]),
    assumptions: rules.assumptions,
  };
}
