import type { Hop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { everything, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { resolve, scopeOf } from "../references";
import { BALANCERS, bindBy } from "./aws-arn";
import { hopOfNothing } from "./aws-either";

const ASSOCIATIONS = ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"];

/**
 * Web ACLs before a balancer. They filter requests, not connections: that they let Cloudflare's
 * through is assumed, and that others get in is no longer sure.
 *
 * @see docs/proof.md, "Bounds"
 */
export function webAclHops(lookup: Lookup, balancer: Instance, family: Family): readonly Hop[] {
  return ASSOCIATIONS.flatMap((type) => lookup.managed(type))
    .filter((association) => mayGuard(lookup, association, balancer))
    .map(({ address }) => {
      const text = `${address} puts a web ACL before ${balancer.address}, and what that blocks is not read`;
      const reasons = [{ id: "aws/web-acl", subject: address, text }];
      const hop = {
        ...hopOfNothing(family, "filter"),
        name: "web ACL",
        bounds: everything(family),
      };
      const passes = `the web ACL of ${balancer.address} lets Cloudflare's requests through`;
      const assumptions = [{ id: "aws/web-acl-passes", subject: address, text: passes }];
      return { ...hop, entry: unknownBounds(family), resources: [address], reasons, assumptions };
    });
}

function mayGuard(lookup: Lookup, association: Instance, balancer: Instance): boolean {
  const value = attribute(bodyOf(association), "resource_arn");
  const scope = scopeOf(association);
  const found =
    value.kind === "unknown" && value.expression && resolve(lookup, value.expression, scope);
  if (found && found.opaque.length === 0 && found.targets.length > 0) {
    return found.targets.some((target) => target.instance === balancer);
  }
  const named = bindBy(lookup, [value, scope], BALANCERS);
  switch (named.kind) {
    case "bound":
      return named.instance === balancer;
    case "foreign":
      return !named.text.startsWith("arn:");
    case "uncertain":
      return named.open || named.candidates.includes(balancer);
    case "unset":
      return false;
  }
}
