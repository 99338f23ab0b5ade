import type { Instance } from "../../model/instance";
import { isObject, type Json, knownString, member } from "../../model/value";
import type { Family } from "../../net/cidr";
import { asNumber, attribute, bodyOf, listAttribute } from "../../read/attributes";
import { bindList } from "../../read/binding";
import { scopeOf } from "../../read/references";
import { type GroupRule, knownSources } from "../../read/resources/aws-rule";
import type { Direction } from "../../read/resources/aws-standalone-rules";
import { groupsOnPaths } from "../group-rules";
import { note } from "../note";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { securityGroups } from "../security-groups";

/** AWS takes so many rules of one direction and family in a group; the quota can be raised. */
const DEFAULT_QUOTA = 60;

/**
 * A group has more rules than AWS takes, so a part of them is never made.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const ruleQuota = defineRule({
  id: "firewall/rule-quota",
  severity: "error",
  title: "A security group has more rules than AWS takes",
  check: (context) => {
    const groups = groupsOnPaths(context);
    return (["ingress", "egress"] as const).flatMap((direction) => {
      const rules = groups.length === 0 ? undefined : rulesOf(context, direction);
      return groups.flatMap(({ group, paths }) => {
        const counts = rules?.(group) ?? NONE;
        return FAMILIES.flatMap((family): Draft[] => {
          const counted = { direction, family, count: counts[family] };
          return isOver(group, counted, context) ? [draft(group, counted, [paths, context])] : [];
        });
      });
    });
  },
});

const FAMILIES = [4, 6] as const;

/** Rules of each family. */
type Counts = Readonly<Record<Family, number>>;

const NONE: Counts = { 4: 0, 6: 0 };

interface Counted {
  readonly direction: Direction;
  readonly family: Family;
  readonly count: number;
}

function isOver(
  group: Instance,
  { direction, family, count }: Counted,
  context: RuleContext,
): boolean {
  const declared = quotaOf(context);
  // Where AWS has taken more already, the account's quota is a higher one.
  const taken = sourcesIn(member(group.before ?? null, direction), family);
  return count > (declared ?? DEFAULT_QUOTA) && (declared !== undefined || taken <= DEFAULT_QUOTA);
}

function draft(
  group: Instance,
  { direction, family, count }: Counted,
  [paths, context]: readonly [readonly number[], RuleContext],
): Draft {
  const declared = quotaOf(context);
  const quota = declared ?? DEFAULT_QUOTA;
  const whose = declared === undefined ? "that AWS allows by default" : "of `limits`";
  return {
    ...note(
      group.address,
      {
        what: `${group.address} has ${count} ${direction} rules of IPv${family}, more than the ${quota} ${whose}`,
        why: "AWS refuses the rules beyond the quota in the middle of the apply. Which ranges of Cloudflare have theirs by then is chance; visitors who come through the others see Error 522. A prefix list counts as the entries it has room for.",
        fix: "use a managed prefix list for Cloudflare's ranges, spread the ports over several groups, or have the quota raised and set `limits.securityGroupRules` in originproof.config.json",
      },
      paths,
    ),
    key: `${direction} IPv${family}`,
    // The account's quota may be higher than anybody has said.
    severity: declared === undefined ? "warning" : "error",
  };
}

function quotaOf({ config }: RuleContext): number | undefined {
  return config.limits.securityGroupRules;
}

/** Counts the rules of a group that are known: what is not can only add to them. */
function rulesOf({ lookup }: RuleContext, direction: Direction) {
  const groups = securityGroups(lookup, direction);
  const weigh = (rule: GroupRule): Counts => {
    const { form, block } = rule;
    const sources = knownSources(rule);
    const shared = named(rule, form.group);
    const found = lists(block, form.prefixLists);
    const of = (family: Family) =>
      sources.filter((cidr) => cidr.family === family).length + shared + listed(found, family);
    return { 4: of(4), 6: of(6) };
  };
  const lists = (block: GroupRule["block"], name: string): readonly Instance[] => {
    const ids = listAttribute(block, name);
    const found =
      ids === "unset" ? [] : bindList(lookup, ids, scopeOf(block.instance), LIST).certain;
    return found.flatMap((list) => ("foreign" in list ? [] : [list]));
  };
  return (group: Instance): Counts => {
    const certain = groups.possibleRules(group).filter((rule) => rule.certain);
    return certain.map(weigh).reduce(plus, NONE);
  };
}

const LIST = { types: ["aws_ec2_managed_prefix_list"], attribute: "id" };

function plus(left: Counts, right: Counts): Counts {
  return { 4: left[4] + right[4], 6: left[6] + right[6] };
}

/** A reference to a group is one rule of both families. */
function named({ block }: GroupRule, name: string): number {
  const groups = listAttribute(block, name);
  const known = groups === "unset" ? 0 : groups.known.filter((id) => id !== "").length;
  const self = attribute(block, "self");
  return known + (self.kind === "known" && self.value === true ? 1 : 0);
}

function listed(lists: readonly Instance[], family: Family): number {
  return lists.reduce((sum, list) => {
    const room = attribute(bodyOf(list), "max_entries");
    const own = knownString(attribute(bodyOf(list), "address_family")) === `IPv${family}`;
    return sum + (own && room.kind === "known" ? (asNumber(room.value) ?? 0) : 0);
  }, 0);
}

/** How many sources of a family the rules of a state hold. */
function sourcesIn(rules: Json | undefined, family: Family): number {
  const name = family === 4 ? "cidr_blocks" : "ipv6_cidr_blocks";
  const all: readonly Json[] = Array.isArray(rules) ? rules : [];
  return all.reduce((sum: number, rule) => {
    const sources = isObject(rule) ? rule[name] : undefined;
    return sum + (Array.isArray(sources) ? sources.length : 0);
  }, 0);
}
