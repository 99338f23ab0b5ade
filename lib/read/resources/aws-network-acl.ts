import type { Assumption, Hop, Reason } from "../../model/hop";
import { knownString } from "../../model/value";
import { type Bounds, everything } from "../../net/bounds";
import { type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { CLIENT_PORTS, type PortRange } from "../../net/port-range";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { aclBounds, aclHops, assumedHops } from "./aws-acl-hops";
import { type AclChoice, AclMembers, DEFAULT_OUTSIDE } from "./aws-acl-members";
import { AclRuleBook, type Direction } from "./aws-acl-rules";
import { eitherBounds, eitherHop, hopOfNothing } from "./aws-either";
import { type Key, nameOf } from "./aws-vpc";

/** Whether packets get from one subnet to another, and what that rests on. */
export interface Passage {
  readonly verdict: "yes" | "no" | "unknown";
  /** Why it is no or unknown. */
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

const read = new WeakMap<Lookup, NetworkAcls>();

/** The network ACLs of an input: read once. */
export function networkAcls(lookup: Lookup): NetworkAcls {
  const found = read.get(lookup) ?? new NetworkAcls(lookup);
  read.set(lookup, found);
  return found;
}

/**
 * Whether the network ACLs of two subnets let TCP connections from one to a port in the other,
 * and the answers back. Within a subnet no ACL filters.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function subnetsConnect(
  lookup: Lookup,
  { from, to }: { readonly from: Key; readonly to: Key },
  { family, port }: { readonly family: Family; readonly port: number },
): Passage {
  if (from === to) {
    return { verdict: "yes", reasons: [], assumptions: [] };
  }
  const acls = networkAcls(lookup);
  const there = { from: port, to: port };
  const checks = [
    acls.check(from, "egress", to, { ports: there, family }),
    acls.check(to, "ingress", from, { ports: there, family }),
    acls.check(to, "egress", from, { ports: CLIENT_PORTS, family }),
    acls.check(from, "ingress", to, { ports: CLIENT_PORTS, family }),
  ];
  const closed = checks.filter((each) => each.verdict === "no");
  const open = checks.filter((each) => each.verdict === "unknown");
  const verdict = closed.length > 0 ? "no" : open.length > 0 ? "unknown" : "yes";
  const why = verdict === "no" ? closed : open;
  return {
    verdict,
    reasons: why.flatMap((each) => each.reasons),
    assumptions: checks.flatMap((each) => each.assumptions),
  };
}

export class NetworkAcls {
  readonly #book: AclRuleBook;
  readonly #members: AclMembers;
  readonly #hops = new Map<string, Map<Key, readonly Hop[]>>();

  constructor(lookup: Lookup) {
    this.#book = new AclRuleBook(lookup);
    this.#members = new AclMembers(lookup, this.#book);
  }

  /** What packets to a TCP port in a subnet meet, and the answers. */
  public hops(subnet: Key, family: Family, port: number): readonly Hop[] {
    const cached = this.#hops.get(`${family} ${port}`) ?? new Map<Key, readonly Hop[]>();
    this.#hops.set(`${family} ${port}`, cached);
    const hops = cached.get(subnet) ?? this.read(subnet, family, port);
    cached.set(subnet, hops);
    return hops;
  }

  private read(subnet: Key, family: Family, port: number): readonly Hop[] {
    const choice = this.#members.of(subnet);
    const found = choice.acls.map((acl) => this.hopsOf(acl, subnet, family, port));
    const assumed = choice.assumed && this.hopsOf(choice.assumed.acl, subnet, family, port);
    return (["inbound", "outbound"] as const).map((side) => {
      const sides = found.map((each) => each[side]);
      const anything = { ...hopOfNothing(family, "filter"), reasons: choice.reasons };
      const open = choice.open ? [anything] : [];
      const hop = eitherHop(family, [...sides, ...open], choice.reasons);
      const name = side === "inbound" ? "network ACL, inbound" : "network ACL, answers";
      const whole = { ...hop, name, assumptions: [...hop.assumptions, ...choice.assumptions] };
      const tighter = assumed?.[side];
      if (tighter === undefined || choice.assumed === undefined) {
        return whole;
      }
      const { bounds, entry = bounds, replies, elsewhere, deciders } = tighter;
      const { assumption } = choice.assumed;
      const shown = {
        ...(replies && { replies }),
        ...(elsewhere && { elsewhere }),
        ...(deciders && { deciders }),
      };
      return { ...whole, alternative: { bounds, entry, assumption, shown } };
    });
  }

  private hopsOf(
    acl: AclChoice["acls"][number],
    subnet: Key,
    family: Family,
    port: number,
  ): { inbound: Hop; outbound: Hop } {
    return acl === DEFAULT_OUTSIDE
      ? assumedHops(`the subnet ${nameOf(subnet)}`, family)
      : aclHops(this.#book, acl as Key, family, port);
  }

  /** Whether a subnet's ACL lets packets to or from another subnet pass. */
  public check(
    subnet: Key,
    direction: Direction,
    other: Key,
    on: { readonly ports: PortRange; readonly family: Family },
  ): Passage {
    const { bounds, reasons, assumptions } = this.boundsOf(subnet, direction, on);
    const range = rangeOf(other, on.family);
    const { ports } = on;
    const what =
      ports.from === ports.to ? `tcp/${ports.from}` : `ports ${ports.from} to ${ports.to}`;
    const way = direction === "ingress" ? "in from" : "out to";
    const reason = (text: string): Reason => ({
      id: "aws/acl-between-subnets",
      subject: nameOf(subnet),
      text: `${text} ${way} ${nameOf(other)} on ${what}`,
    });
    if (bounds.must.covers(range ?? CidrSet.all(on.family))) {
      return { verdict: "yes", reasons: [], assumptions };
    }
    if (bounds.may.intersect(range ?? CidrSet.all(on.family)).isEmpty) {
      const own = reason(`the network ACL of ${nameOf(subnet)} lets nothing`);
      return { verdict: "no", reasons: [own], assumptions };
    }
    const own = reason(`it can't be told whether the network ACL of ${nameOf(subnet)} lets TCP`);
    return { verdict: "unknown", reasons: [own, ...reasons], assumptions };
  }

  private boundsOf(
    subnet: Key,
    direction: Direction,
    on: { readonly ports: PortRange; readonly family: Family },
  ): { bounds: Bounds; reasons: readonly Reason[]; assumptions: readonly Assumption[] } {
    const choice = this.#members.of(subnet);
    const assumed = choice.assumed;
    const acls = assumed === undefined ? choice.acls : [assumed.acl];
    const found = acls.map((acl) => {
      if (acl !== DEFAULT_OUTSIDE) {
        return aclBounds(this.#book, acl as Key, direction, on);
      }
      const { assumptions } = assumedHops(`the subnet ${nameOf(subnet)}`, on.family).inbound;
      return { bounds: everything(on.family), reasons: [], assumptions };
    });
    const open = choice.open && assumed === undefined ? [hopOfNothing(on.family)] : [];
    return {
      bounds: eitherBounds(
        on.family,
        [...found, ...open].map((each) => each.bounds),
      ),
      reasons: [...choice.reasons, ...found.flatMap((each) => each.reasons)],
      assumptions: [
        ...choice.assumptions,
        ...(assumed === undefined ? [] : [assumed.assumption]),
        ...found.flatMap((each) => each.assumptions),
      ],
    };
  }
}

/** The addresses of a subnet, where they are known. */
function rangeOf(subnet: Key, family: Family): CidrSet | undefined {
  if (typeof subnet === "string") {
    return undefined;
  }
  const value = attribute(bodyOf(subnet), family === 4 ? "cidr_block" : "ipv6_cidr_block");
  const parsed = parseCidrLoose(knownString(value) ?? "");
  return parsed.ok && parsed.value.family === family
    ? CidrSet.of(family, [parsed.value])
    : undefined;
}
