import type { IConstruct } from "constructs";
import type { Family } from "../../net/cidr";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import type { EdgeRanges } from "../edge-ranges";

/** AWS counts a group's rules by direction and family; the quota can be raised. */
const DEFAULT_QUOTA = 60;

/**
 * Does one group hold a rule for each port and range?
 *
 * @param quota rules of one direction and family in a group; default 60
 * @throws ConfigurationError `rule-quota-exceeded`, `invalid-limit`
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export function requireWithinQuota(
  listeners: readonly Listener[],
  ranges: EdgeRanges,
  quota: number = DEFAULT_QUOTA,
  scope?: IConstruct,
): void {
  if (!Number.isInteger(quota) || quota < 1) {
    throw new ConfigurationError(
      "invalid-limit",
      `'ruleQuota' is ${quota}; give a whole number from 1 up`,
      scope,
    );
  }
  const families: readonly Family[] = [4, 6];
  const over = families.find((family) => listeners.length * ranges.cidrs(family).length > quota);
  if (over !== undefined) {
    const ports = listeners.length;
    const count = ranges.cidrs(over).length;
    const most = Math.floor(quota / count);
    throw new ConfigurationError(
      "rule-quota-exceeded",
      `'listeners' has ${ports} ports, and ${ports} ports × ${count} IPv${over} ranges = ` +
        `${ports * count} inbound rules, more than the ${quota} of one family that AWS allows in a ` +
        `security group; use at most ${most} ports in one group, or set 'ruleQuota' to your ` +
        "account's quota",
      scope,
    );
  }
}
