import { edgeRanges } from "../edge/ranges";
import { type Family, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import { globallyReachable } from "../net/special-purpose";
import type { Finding } from "./finding";
import type { RefutedRule } from "./refuted";
import type { PathReport } from "./review-types";

/** What can be refuted. */
export type Refutes = "availability" | "exclusivity" | "rollout";

/** The statement whose refutation a rule explains; undefined of a rule that explains none. */
export function refutedBy({ rule }: Pick<Finding, "rule">): Refutes | undefined {
  return EXPLAINED.get(rule);
}

const AVAILABILITY = {
  "dns/changing-address": "availability",
  "dns/points-to-cloudflare": "availability",
  "dns/special-purpose-address": "availability",
  "firewall/acl-drops-replies": "availability",
  "firewall/misses-edge-range": "availability",
  "firewall/misses-family": "availability",
  "firewall/misses-port": "availability",
  "listener/balancer-without-egress": "availability",
  "listener/no-listener": "availability",
  "listener/port-not-proxied": "availability",
  "listener/second-leg-closed": "availability",
  "route/captures-edge-range": "availability",
  "route/no-internet-route": "availability",
  "route/public-access-blocked": "availability",
  "tls/listener-expects-tls": "availability",
  "tls/plain-listener": "availability",
} as const satisfies Record<RefutedRule, Refutes>;

const EXPLAINED: ReadonlyMap<string, Refutes> = new Map<string, Refutes>([
  ...Object.entries(AVAILABILITY),
  ["firewall/empty-for-each", "availability"],
  ["exposure/open-to-others", "exclusivity"],
  ["ranges/superset", "exclusivity"],
  ["rollout/cut-off-during-apply", "rollout"],
]);

/** Is the statement refuted now, and was not before, or for fewer addresses? */
export function isWorse(
  head: PathReport,
  base: PathReport | undefined,
  statement: Refutes,
): boolean {
  if (head[statement]?.verdict !== "refuted") {
    return false;
  }
  if (base?.[statement]?.verdict !== "refuted") {
    return true;
  }
  const [now, then] = [addressesOf(head, statement), addressesOf(base, statement)];
  const more = setOf(head.family, now).minus(setOf(head.family, then));
  // Addresses that are sensitive are in no list: there may be more of them.
  const hidden = now.length === 0 && then.length > 0;
  return hidden || !(statement === "exclusivity" ? others(more) : more).isEmpty;
}

/** A list of others may be filled up with what is Cloudflare's or nobody's. */
function others(set: CidrSet): CidrSet {
  return set.intersect(globallyReachable(set.family)).minus(edgeRanges().set(set.family));
}

function addressesOf(path: PathReport, statement: Refutes): readonly string[] {
  switch (statement) {
    case "availability":
      return path.availability.missing;
    case "exclusivity":
      return path.exclusivity.others;
    case "rollout":
      return path.rollout?.witness?.cutOff ?? [];
  }
}

function setOf(family: Family, texts: readonly string[]): CidrSet {
  const cidrs = texts.flatMap((text) => {
    const parsed = parseCidr(text);
    return parsed.ok && parsed.value.family === family ? [parsed.value] : [];
  });
  return CidrSet.of(family, cidrs);
}
