import { HTTP_PORTS, HTTPS_PORTS, schemeOfPort } from "../edge/ports";
import type { Hop } from "../model/hop";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import { contains } from "../net/port-range";
import type { ProvedPath } from "../prove/verdict";

/** The rule that explains a path whose availability is refuted. */
export type RefutedRule =
  | "dns/changing-address"
  | "dns/points-to-cloudflare"
  | "dns/special-purpose-address"
  | "firewall/acl-drops-replies"
  | "firewall/misses-edge-range"
  | "firewall/misses-family"
  | "firewall/misses-port"
  | "listener/balancer-without-egress"
  | "listener/no-listener"
  | "listener/port-not-proxied"
  | "listener/second-leg-closed"
  | "route/captures-edge-range"
  | "route/no-internet-route"
  | "route/public-access-blocked"
  | "tls/listener-expects-tls"
  | "tls/plain-listener";

/** Paths that one and the same defect cuts off. */
export interface RefutedGroup {
  /** The resource to change: the filter, or the record of an address that can't work. */
  readonly subject: string;
  readonly hop: Hop;
  readonly missing: CidrSet;
  readonly port: number;
  readonly family: Family;
  /** Indexes of the paths. */
  readonly paths: readonly number[];
}

const PROXIED_PORTS = [...HTTP_PORTS, ...HTTPS_PORTS];

/** Rules whose defect is the same on every port: one finding for all. */
const ANY_PORT: ReadonlySet<RefutedRule> = new Set([
  "firewall/acl-drops-replies",
  "firewall/misses-edge-range",
  "listener/balancer-without-egress",
  "listener/second-leg-closed",
  "route/captures-edge-range",
  "route/no-internet-route",
  "route/public-access-blocked",
]);

type Group = Omit<RefutedGroup, "paths"> & { readonly paths: number[] };

/** Sorts refuted paths by rule, one group for each subject and missing set. */
export function refutedGroups(
  proved: readonly ProvedPath[],
  edge: (family: Family) => CidrSet,
): ReadonlyMap<string, readonly RefutedGroup[]> {
  const rules = new Map<string, Map<string, Group>>();
  proved.forEach(({ path, availability }, index) => {
    const { missing, stoppedBy } = availability;
    if (availability.verdict !== "refuted" || missing === undefined || stoppedBy === undefined) {
      return;
    }
    const { input, family, origin, record } = path.flow;
    const asked = stoppedBy.port ?? origin.port;
    const rule = explain(stoppedBy, missing, family, asked, edge);
    const own = stoppedBy.kind === "address" ? record : stoppedBy.resources.join(", ");
    const subject = own === "" ? record : own;
    const port = ANY_PORT.has(rule) ? "" : asked;
    const key = JSON.stringify([input, subject, family, port, missing.toCidrs()]);
    const groups = rules.get(rule) ?? new Map<string, Group>();
    const hop = stoppedBy;
    const group = groups.get(key) ?? {
      subject,
      hop,
      missing,
      port: asked,
      family,
      paths: [],
    };
    group.paths.push(index);
    groups.set(key, group);
    rules.set(rule, groups);
  });
  return new Map([...rules].map(([rule, groups]) => [rule, [...groups.values()]]));
}

function explain(
  hop: Hop,
  missing: CidrSet,
  family: Family,
  port: number,
  edge: (family: Family) => CidrSet,
): RefutedRule {
  if (hop.kind === "address") {
    const id = hop.reasons[0]?.id;
    return id === "dns/points-to-cloudflare" || id === "dns/changing-address"
      ? id
      : "dns/special-purpose-address";
  }
  if (hop.kind === "route") {
    return explainRoute(hop);
  }
  if (hop.kind === "listener" || hop.kind === "proxy") {
    return explainBalancer(hop);
  }
  if (hop.replies !== undefined) {
    return "firewall/acl-drops-replies";
  }
  if (!missing.equals(edge(family))) {
    return "firewall/misses-edge-range";
  }
  const other: Family = family === 4 ? 6 : 4;
  const { elsewhere } = hop;
  if (elsewhere !== undefined && admits(elsewhere.at(port, other).may, edge(other))) {
    return "firewall/misses-family";
  }
  const ports = portsOpenTo(hop, edge);
  return ports.length > 0 && ports.every((open) => schemeOfPort(open) === undefined)
    ? "listener/port-not-proxied"
    : "firewall/misses-port";
}

function explainBalancer(hop: Hop): RefutedRule {
  switch (hop.stop) {
    case "no-tls":
      return "tls/plain-listener";
    case "plain-to-tls":
      return "tls/listener-expects-tls";
    case "no-listener":
      return "listener/no-listener";
    default:
      return hop.reasons[0]?.id === "aws/balancer-egress"
        ? "listener/balancer-without-egress"
        : "listener/second-leg-closed";
  }
}

function explainRoute(hop: Hop): RefutedRule {
  if (hop.reasons.some((reason) => reason.id === "aws/public-access-blocked")) {
    return "route/public-access-blocked";
  }
  return hop.stop === "return-route-captured"
    ? "route/captures-edge-range"
    : "route/no-internet-route";
}

function admits(set: CidrSet, edge: CidrSet): boolean {
  return !set.intersect(edge).isEmpty;
}

/**
 * Ports on which the filter lets something of the edge in: of each rule's range the first one, and
 * those that Cloudflare proxies.
 */
export function portsOpenTo(hop: Hop, edge: (family: Family) => CidrSet): readonly number[] {
  const { elsewhere } = hop;
  if (elsewhere === undefined) {
    return [];
  }
  const named = elsewhere.ports.flatMap((range) => [
    range.from,
    ...PROXIED_PORTS.filter((port) => contains(range, port)),
  ]);
  return [...new Set(named)]
    .sort((a, b) => a - b)
    .filter((port) =>
      ([4, 6] as const).some((family) => admits(elsewhere.at(port, family).may, edge(family))),
    );
}
