import type { Reason } from "../../model/hop";
import { knownString, type Value } from "../../model/value";
import {
  type Bounds,
  type Effect,
  exactly,
  isExact,
  type OrderedEntry,
  orderedBounds,
  partlyOrderedBounds,
  unknownBounds,
} from "../../net/bounds";
import { type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { ALL_PORTS, type PortRange } from "../../net/port-range";
import { asNumber, attribute, type Block } from "../attributes";

/** A numbered rule of a network ACL, of one direction. */
export interface AclEntry {
  /** Terraform address of the block that holds it. */
  readonly resource: string;
  /** The numbers that it may have. */
  readonly numbers: PortRange;
  readonly effect: Effect;
  /** False: it may not be there. */
  readonly certain: boolean;
  readonly protocol: "tcp" | "all" | "other" | "unknown";
  /** TCP ports, where known. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Undefined where the rule is not about the family. */
  readonly source: (family: Family) => Bounds | undefined;
  readonly sensitive: boolean;
}

/** Lowest and highest number that a rule can be given. */
const NUMBERS: PortRange = { from: 1, to: 32766 };

/** Reads an element of `ingress` or `egress`, or an `aws_network_acl_rule`. */
export function readEntry(block: Block, certain: boolean): AclEntry {
  const number = either(block, "rule_no", "rule_number");
  const known = numberOf(number);
  return {
    resource: block.instance.address,
    numbers: known === undefined ? NUMBERS : { from: known, to: known },
    effect: effectOf(either(block, "action", "rule_action")),
    certain,
    protocol: protocolOf(attribute(block, "protocol")),
    from: numberOf(attribute(block, "from_port")),
    to: numberOf(attribute(block, "to_port")),
    source: (family) =>
      sourceOf(attribute(block, family === 4 ? "cidr_block" : "ipv6_cidr_block"), family),
    sensitive: ["cidr_block", "ipv6_cidr_block"].some((name) => {
      const value = attribute(block, name);
      return value.kind === "known" && value.sensitive;
    }),
  };
}

/**
 * What a VPC's default network ACL has from the start: 100 for IPv4, 101 for IPv6.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function defaultEntries(resource: string): readonly AclEntry[] {
  return ([4, 6] as const).map((own) => ({
    resource,
    numbers: own === 4 ? { from: 100, to: 100 } : { from: 101, to: 101 },
    effect: "allow",
    certain: true,
    protocol: "all",
    from: undefined,
    to: undefined,
    source: (family) => (family === own ? exactly(CidrSet.all(family)) : undefined),
    sensitive: false,
  }));
}

function either(block: Block, inline: string, standalone: string): Value {
  const value = attribute(block, inline);
  return value.kind === "unset" ? attribute(block, standalone) : value;
}

function numberOf(value: Value): number | undefined {
  return value.kind === "known" ? asNumber(value.value) : undefined;
}

function effectOf(value: Value): Effect {
  const text = knownString(value)?.toLowerCase();
  return text === "allow" || text === "deny" ? text : "unknown";
}

/** Names, numbers and any case occur: `tcp`, `"6"`, `TCP`, `-1`, `all`. */
function protocolOf(value: Value): AclEntry["protocol"] {
  if (value.kind !== "known" || typeof value.value === "object") {
    return "unknown";
  }
  const text = String(value.value).trim().toLowerCase();
  return text === "tcp" || text === "6" ? "tcp" : text === "-1" || text === "all" ? "all" : "other";
}

/** `cidr_block: ""` stands on the IPv6 row of an inline list: a row is about one family. */
function sourceOf(value: Value, family: Family): Bounds | undefined {
  if (value.kind === "unset" || (value.kind === "known" && value.value === "")) {
    return undefined;
  }
  const parsed = parseCidrLoose(knownString(value) ?? "");
  return parsed.ok && parsed.value.family === family
    ? exactly(CidrSet.of(family, [parsed.value]))
    : unknownBounds(family);
}

/** Whether an entry is about TCP and a range of ports that no entry's ends cut in two. */
function matchOf({ protocol, from, to }: AclEntry, ports: PortRange): "yes" | "no" | "maybe" {
  if (protocol === "all" || protocol === "other") {
    return protocol === "all" ? "yes" : "no";
  }
  const missed = (from !== undefined && from > ports.to) || (to !== undefined && to < ports.from);
  if (missed && protocol === "tcp") {
    return "no";
  }
  const held = from !== undefined && to !== undefined && from <= ports.from && ports.to <= to;
  return held && protocol === "tcp" ? "yes" : "maybe";
}

/** What the rules of one direction let pass on a range of ports that no rule's ends cut in two. */
export interface Admitted {
  readonly bounds: Bounds;
  readonly reasons: readonly Reason[];
}

/** An entry cut down to one family and range of ports. */
export type Numbered = OrderedEntry & { readonly entry: AclEntry };

/** The entries about a range of ports and a family, by number, and whether all are in order. */
export function matchingEntries(
  entries: readonly AclEntry[],
  ports: PortRange,
  family: Family,
): { readonly matching: readonly Numbered[]; readonly inOrder: boolean } {
  const matching = entries.flatMap((entry): Numbered[] => {
    const match = matchOf(entry, ports);
    const source = match === "no" ? undefined : entry.source(family);
    const certain = entry.certain && match === "yes";
    return source === undefined ? [] : [{ entry, source, certain, effect: entry.effect }];
  });
  matching.sort((left, right) => left.entry.numbers.from - right.entry.numbers.from);
  const inOrder = matching.every((each, index) => {
    const next = matching[index + 1];
    return next === undefined || isBefore(each, next);
  });
  return { matching, inOrder };
}

export function admittedBy(
  entries: readonly AclEntry[],
  ports: PortRange,
  family: Family,
): Admitted {
  const { matching, inOrder } = matchingEntries(entries, ports, family);
  const bounds = inOrder
    ? orderedBounds(family, matching, "deny")
    : partlyOrderedBounds(family, matching, isBefore, "deny");
  return { bounds, reasons: isExact(bounds) ? [] : matching.flatMap(reasonOf) };
}

function isBefore(earlier: Numbered, later: Numbered): boolean {
  return earlier.entry.numbers.to < later.entry.numbers.from;
}

function reasonOf({ entry, certain, effect, source }: Numbered): Reason[] {
  const { resource, numbers } = entry;
  if (certain && effect !== "unknown" && isExact(source) && numbers.from === numbers.to) {
    return [];
  }
  const which = numbers.from === numbers.to ? `rule ${numbers.from}` : "a rule";
  const text = `what ${which} of ${resource} matches and does is known after apply`;
  return [{ id: "aws/acl-rule-unknown", subject: resource, text }];
}

/** The client ports, cut at the ends of every entry's range. */
export function piecesOf(entries: readonly AclEntry[], within: PortRange): readonly PortRange[] {
  const cuts = new Set([within.from]);
  for (const { from, to } of entries) {
    for (const cut of [from, to === undefined ? undefined : to + 1]) {
      if (cut !== undefined && cut > within.from && cut <= within.to) {
        cuts.add(cut);
      }
    }
  }
  const sorted = [...cuts].sort((left, right) => left - right);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? within.to + 1) - 1 }));
}

/** The TCP ports that an entry names. */
export function portsOf({ protocol, from, to }: AclEntry): readonly PortRange[] {
  if (protocol === "all") {
    return [ALL_PORTS];
  }
  const known = protocol === "tcp" && from !== undefined && to !== undefined && from <= to;
  return known && from >= 0 && to <= ALL_PORTS.to ? [{ from, to }] : [];
}
