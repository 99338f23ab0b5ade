import type { Family } from "../../../net/cidr";
import { FAMILIES } from "../admission";
import { DEFAULT_QUOTA } from "../rule-quota";
import { twice } from "./claim";
import type { GroupRule } from "./group-rule";
import { nameOf } from "./identity";
import { quotaOf } from "./owner";
import type { AppResources } from "./resource";

/** Rules of equal content on one group, which AWS refuses at apply. */
export function duplicateRules(rules: readonly GroupRule[]): readonly string[] {
  const claims = rules.map(({ group, content, words, resource }) => ({
    key: `${group} ${content}`,
    thing: nameOf(group),
    what: words,
    resource,
  }));
  return twice(claims, "take the rules from one of the two");
}

/** Groups that get more rules from all constructs together than AWS allows. */
export function overfullGroups(rules: readonly GroupRule[]): readonly string[] {
  return groupBy(distinct(rules), ({ group }) => group).flatMap((own) => {
    const quotas = own.flatMap(({ resource }) => quotaOf(resource.owner) ?? []);
    const quota = Math.max(...(quotas.length > 0 ? quotas : [DEFAULT_QUOTA]));
    const isOurs = own.some(({ resource }) => resource.owner !== undefined);
    const sides = isOurs ? groupBy(own, ({ direction }) => direction) : [];
    return sides.flatMap((side) => FAMILIES.flatMap((family) => overfull(side, family, quota)));
  });
}

function overfull(rules: readonly GroupRule[], family: Family, quota: number): readonly string[] {
  const counted = rules.filter(({ weight }) => weight[family] > 0);
  const count = weigh(counted, family);
  const last = counted.at(-1);
  if (last === undefined || count <= quota) {
    return [];
  }
  const parts = groupBy(counted, ({ resource }) => resource.owner?.node.path ?? "").map((own) => {
    const owner = own[0]?.resource.owner;
    const sum = weigh(own, family);
    return owner === undefined ? `${sum} made by the app` : `${sum} of ${owner.node.path}`;
  });
  return [
    `${nameOf(last.group)} gets ${parts.join(" + ")} = ${count} ${last.direction} rules of ` +
      `IPv${family}, more than the ${quota} of one family that AWS allows in a security group; give ` +
      "each a group of its own, or set 'ruleQuota' to your account's quota",
  ];
}

function weigh(rules: readonly GroupRule[], family: Family): number {
  return rules.reduce((sum, { weight }) => sum + weight[family], 0);
}

function distinct(rules: readonly GroupRule[]): readonly GroupRule[] {
  return [...new Map(rules.map((rule) => [`${rule.group} ${rule.content}`, rule])).values()];
}

/** Inline rules are the whole list: each apply takes the library's rules away. */
export function inlineRules(app: AppResources, rules: readonly GroupRule[]): readonly string[] {
  const own = rules.filter(({ resource }) => resource.owner !== undefined);
  const last = new Map(own.map((rule) => [`${rule.direction} ${rule.group}`, rule]));
  return app.ofType("aws_security_group", "aws_default_security_group").flatMap((group) =>
    (["ingress", "egress"] as const).flatMap((inline) => {
      const direction = inline === "ingress" ? "inbound" : "outbound";
      const rule = last.get(`${direction} ${group.identity}`);
      return rule !== undefined && group.has(inline) ? inlineMessage(inline, rule) : [];
    }),
  );
}

function inlineMessage(inline: "ingress" | "egress", { group, resource }: GroupRule): string {
  const instead =
    inline === "ingress" ? "VpcSecurityGroupIngressRule" : "VpcSecurityGroupEgressRule";
  return (
    `${nameOf(group)} has inline ${inline} rules, which at each apply take away every other, those of ` +
    `${resource.path} too; make each a ${instead}`
  );
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return [...groups.values()];
}
