/** Every rule's id, as docs/rules explains them. */
export const RULE_IDS = [
  "declared/added",
  "declared/expired",
  "declared/too-broad",
  "declared/unused",
  "dns/changing-address",
  "dns/originless-unserved",
  "dns/points-to-cloudflare",
  "dns/special-purpose-address",
  "dns/zone-not-active",
  "exposure/dns-only-record",
  "exposure/flexible-mode",
  "exposure/open-to-others",
  "exposure/side-door",
  "firewall/acl-drops-replies",
  "firewall/contested-attachment",
  "firewall/empty-for-each",
  "firewall/misses-edge-range",
  "firewall/misses-family",
  "firewall/misses-port",
  "firewall/mixed-rule-styles",
  "firewall/rule-quota",
  "listener/balancer-without-egress",
  "listener/no-listener",
  "listener/port-not-proxied",
  "listener/second-leg-closed",
  "listener/tunnel-without-ingress",
  "ranges/live-list-unguarded",
  "ranges/superset",
  "resilience/alert-never-fires",
  "resilience/alert-without-mechanism",
  "resilience/health-check-closed",
  "resilience/health-check-distrusts-certificate",
  "resilience/health-check-port",
  "resilience/health-check-proxied-address",
  "resilience/health-check-without-host",
  "resilience/no-alert",
  "resilience/no-egress",
  "resilience/rate-limit-counts-edge",
  "resilience/single-endpoint",
  "rollout/cut-off-during-apply",
  "rollout/deletes-what-stays",
  "rollout/leaves-proxy",
  "rollout/never-ends",
  "rollout/old-origin-destroyed-at-once",
  "route/captures-edge-range",
  "route/no-internet-route",
  "route/public-access-blocked",
  "tls/listener-expects-tls",
  "tls/plain-listener",
  "tls/redirect-loop",
  "tls/scheme-against-port",
] as const;

/** A rule's id: `group/defect`, such as `firewall/misses-edge-range`. */
export type RuleId = (typeof RULE_IDS)[number];

/** The id of any rule: the library's, or one of your own with a group of your own. */
export type FindingRuleId = RuleId | `${string}/${string}`;

/** Is there such a rule? */
export function isRuleId(id: unknown): id is RuleId {
  return RULE_IDS.some((known) => known === id);
}

/** What to say to somebody whose rule there is not: the ids alike, or all. */
export function ruleAdvice(id: string): string {
  const words = wordsOf(id);
  const shared = RULE_IDS.map((known) => [known, commonWords(wordsOf(known), words)] as const);
  const most = Math.max(...shared.map(([, count]) => count));
  const near = shared.filter(([, count]) => count === most).map(([known]) => known);
  return near.length === 1 ? `use ${near[0]}` : `use one of ${near.join(", ")}`;
}

function wordsOf(id: string): readonly string[] {
  return id.toLowerCase().split(/[^a-z]+/);
}

function commonWords(left: readonly string[], right: readonly string[]): number {
  return left.filter((word) => word !== "" && right.includes(word)).length;
}
