import type { Hop } from "../../model/hop";
import type { Step } from "../../model/rollout";

/** Reasons of a hop behind which anything of the plan may be, whatever names it. */
const OUTSIDE: ReadonlySet<string> = new Set([
  "origin/outside-input",
  "origin/not-read",
  "aws/acl-unknown",
  "aws/balancer-not-read",
  "aws/default-security-group",
  "aws/elastic-ip-holder",
  "aws/gateway-route-table",
  "aws/groups-unknown",
  "aws/no-target",
  "aws/route-table-unknown",
  "aws/route-target",
  "aws/routes-propagated",
  "aws/second-leg",
  "aws/subnet-unknown",
  "aws/target-group-outside",
  "aws/target-not-read",
  "aws/target-outside",
]);

/** Providers of which no resource is on a path. */
const NO_CLOUD = /^(archive|cloudflare|external|http|local|null|random|terraform|time|tls)_/;

/** Behind it may be anything, whatever the input links it to. */
export function isHidden(hop: Hop): boolean {
  return hop.reasons.some(({ id }) => OUTSIDE.has(id));
}

/** Whether something in a cloud changes, or a provisioner runs: whatever is hidden may be it. */
export function changesClouds(steps: readonly Step[]): boolean {
  return steps.some(({ type, provisioned }) => provisioned === true || !NO_CLOUD.test(type));
}
