import type { Hop } from "../../model/hop";
import type { Step } from "../../model/rollout";
import { changesClouds, isHidden } from "./hidden";

const ACLS = /^aws_(default_)?network_acl/;
const CERTIFICATES =
  /^(aws_lb_trust_store|aws_lb_listener|cloudflare_(authenticated_origin_pulls|.*certificate))/;

/**
 * Reasons of a hop that is known by an id alone, or not at all, with the types of which blocks may
 * be about it all the same.
 */
const TOUCHED_BY: ReadonlyMap<string, RegExp> = new Map([
  ["aws/acl-outside", ACLS],
  ["aws/acl-between-subnets", ACLS],
  ["aws/client-certificate", CERTIFICATES],
  ["aws/prefix-list-outside", /^aws_ec2_managed_prefix_list/],
  ["aws/route-table-outside", /^aws_(default_|main_)?route|^aws_.*(gateway|propagation|peering)/],
  ["origin/not-read", /^cloudflare_(pages|r2|worker)/],
]);

/** Whether a step of the plan may be about an unknown hop, whatever the input links it to. */
export function isTouched(hop: Hop, steps: readonly Step[]): boolean {
  if (isHidden(hop) && changesClouds(steps)) {
    return true;
  }
  const types = hop.reasons.flatMap(({ id }) => TOUCHED_BY.get(id) ?? []);
  return types.some((pattern) => steps.some(({ type }) => pattern.test(type)));
}
