import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import type { Family } from "../../net/cidr";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";
import { type EdgeSource, FAMILIES } from "./admission";
import type { EgressRule } from "./egress";
import type { Exempt } from "./firewall-exception";

/** AWS counts a group's rules by direction and family; the quota can be raised. */
export const DEFAULT_QUOTA = 60;

/** Rules × groups of an interface is 1000 at most, so a group has no more. */
const MOST_RULES = 1000;

/** What one group is to hold. */
export interface GroupContent {
  /** Ports that the edge's ranges are admitted to. */
  readonly ports: number;
  readonly source: EdgeSource;
  readonly exempts: readonly Exempt[];
  readonly egress: readonly EgressRule[];
}

/**
 * The most rules of one direction and family in a group.
 *
 * @throws ConfigurationError `invalid-limit`
 */
export function readQuota(quota: number | undefined, scope: IConstruct): number {
  const value = requireLiteral("ruleQuota", quota ?? DEFAULT_QUOTA, "60", scope);
  if (!Number.isInteger(value) || value < 1 || value > MOST_RULES) {
    throw new ConfigurationError(
      "invalid-limit",
      `'ruleQuota' is ${value}; give a whole number from 1 to ${MOST_RULES}, the most that AWS allows`,
      scope,
    );
  }
  return value;
}

/**
 * Does one group hold its rules? A prefix list counts as the entries it has room for. Where there
 * is no room for a change, which makes rules before it removes others, the app gets a warning.
 *
 * @throws ConfigurationError `rule-quota-exceeded`
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export function requireWithinQuota(content: GroupContent, quota: number, scope: IConstruct): void {
  for (const family of FAMILIES) {
    requireInbound(content, family, quota, scope);
    const out = content.egress.filter((rule) => rule.family === family).length;
    if (out > quota) {
      throw new ConfigurationError(
        "rule-quota-exceeded",
        `'egress' has ${out} outbound rules of IPv${family}, more than the ${quota} of one family ` +
          "that AWS allows in a security group; give fewer and wider ones, or set 'ruleQuota' to " +
          "your account's quota",
        scope,
      );
    }
  }
}

function requireInbound(
  { ports, source, exempts }: GroupContent,
  family: Family,
  quota: number,
  scope: IConstruct,
): void {
  const each = source.weight(family);
  const others = exempts.filter(({ cidr }) => cidr.family === family).length;
  const count = ports * each + others;
  const plus = others === 0 ? "" : ` + ${others} ${plural(others, "exception")}`;
  const sum = `${ports} ${plural(ports, "port")} × ${each} ${source.words(family)}${plus} = ${count}`;
  if (count > quota) {
    throw new ConfigurationError(
      "rule-quota-exceeded",
      `'listeners' has ${ports} ${plural(ports, "port")}, and ${sum} inbound rules, more than the ` +
        `${quota} of one family that AWS allows in a security group; ${remedy(quota - others, each)}`,
      scope,
    );
  }
  if (ports > 0 && each > 0 && count + ports > quota && source.isChangedByRule) {
    Annotations.of(scope).addWarning(
      `${sum} inbound rules of the ${quota} that AWS allows leave no room for a change of ranges, ` +
        `which adds ${ports} before it removes any; set 'split' to true, or use an EdgePrefixList`,
    );
  }
}

function remedy(room: number, each: number): string {
  const most = Math.floor(room / each);
  const fewer = most > 0 ? [`use at most ${most} ${plural(most, "port")} in one group`] : [];
  return [...fewer, "set 'split' to true", "or set 'ruleQuota' to your account's quota"].join(", ");
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
