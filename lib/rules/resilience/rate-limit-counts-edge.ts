import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf, nestedBlocks } from "../../read/attributes";
import { bind } from "../../read/binding";
import { push } from "../../read/lookup";
import { scopeOf } from "../../read/references";
import { note } from "../note";
import { defineRule, type RuleContext } from "../rule";

/** A rate limit behind Cloudflare sees a few addresses, each with the requests of many visitors. */
export const rateLimitCountsEdge = defineRule({
  id: "resilience/rate-limit-counts-edge",
  severity: "warning",
  title: "A rate limit behind Cloudflare counts Cloudflare's addresses instead of visitors",
  check: (context) =>
    [...guardingAcls(context)].flatMap(([acl, paths]) => {
      const { blocks } = nestedBlocks(bodyOf(acl), "rule");
      const limits = blocks.filter(limitsEdge).map(nameOf);
      return limits.length === 0
        ? []
        : [
            note(
              acl.address,
              {
                what: `${acl.address} limits requests by the address that connects: ${limits.join(", ")}`,
                why: "Behind Cloudflare, that is an address of Cloudflare, which many visitors share. A busy hour, or one visitor who sends much, gets all of them blocked: they see the error of the web ACL, mostly 403.",
                fix: "count by the visitor's address: `aggregate_key_type` FORWARDED_IP, with `forwarded_ip_config` on the header CF-Connecting-IP; or limit requests at Cloudflare",
              },
              paths,
            ),
          ];
    }),
});

const ACL = { types: ["aws_wafv2_web_acl"], attribute: "arn" };

/** Web ACLs before balancers on the paths. */
function guardingAcls({ lookup, proved }: RuleContext): ReadonlyMap<Instance, readonly number[]> {
  const associations = new Map<string, number[]>();
  proved.forEach(({ path }, index) => {
    const hops = path.route.hops.filter(({ reasons }) =>
      reasons.some(({ id }) => id === "aws/web-acl"),
    );
    for (const address of new Set(hops.flatMap((hop) => hop.resources))) {
      push(associations, address, index);
    }
  });
  const found = new Map<Instance, number[]>();
  for (const association of lookup.managed("aws_wafv2_web_acl_association")) {
    const arn = attribute(bodyOf(association), "web_acl_arn");
    const bound = bind(lookup, arn, scopeOf(association), ACL);
    for (const index of associations.get(association.address) ?? []) {
      if (bound.kind === "bound") {
        push(found, bound.instance, index);
      }
    }
  }
  return found;
}

/** Rules that count are harmless, and a narrower scope may leave the edge out. */
function limitsEdge(rule: Block): boolean {
  const statements = nestedBlocks(rule, "statement").blocks;
  const limits = statements.flatMap((each) => nestedBlocks(each, "rate_based_statement").blocks);
  return blocks(rule) && limits.some(countsAddresses);
}

function blocks(rule: Block): boolean {
  const [action] = nestedBlocks(rule, "action").blocks;
  return (
    action !== undefined && ["block", "captcha", "challenge"].some((name) => isThere(action, name))
  );
}

/** Without a key, AWS counts by address. */
function countsAddresses(limit: Block): boolean {
  const type = attribute(limit, "aggregate_key_type");
  const byAddress = type.kind === "unset" || knownString(type) === "IP";
  return byAddress && !isThere(limit, "scope_down_statement");
}

function isThere(block: Block, name: string): boolean {
  const { blocks: found, open } = nestedBlocks(block, name);
  return open || found.length > 0;
}

function nameOf(rule: Block): string {
  return knownString(attribute(rule, "name")) ?? "a rule without a known name";
}
