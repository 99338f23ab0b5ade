import type { IConstruct } from "constructs";
import { isRuleId, type RuleId, ruleAdvice } from "../rules/rule-ids";
import { ConfigurationError } from "./configuration-error";
import { requireLiteral } from "./literal";
import { declareWeakening, requireExpiry, requireReason } from "./weakening";

/** A finding that is known and accepted for a while. */
export interface Acknowledgement {
  /** The rule's id, such as `exposure/open-to-others`. */
  readonly rule: RuleId;
  /** Why, for whoever reads the report. */
  readonly reason: string;
  /** The last day it counts, in UTC, such as `2027-01-31`. */
  readonly expires: string;
}

/**
 * Findings about a construct, and all below it, that are known. They stay in every report, marked
 * as acknowledged, and no longer fail the synth or the review; verdicts stay what they are.
 *
 * @example
 * Acknowledgements.of(this).add({
 *   rule: "exposure/open-to-others",
 *   reason: "partners connect directly until the migration, SHOP-41",
 *   expires: "2027-01-31",
 * });
 */
export class Acknowledgements {
  /** Those of a construct; what is below it inherits them. */
  static of(construct: IConstruct): Acknowledgements {
    return new Acknowledgements(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /** @throws ConfigurationError `unknown-rule`, `reason-missing`, `invalid-expiry`, `token-for-literal` */
  add({ rule, reason, expires }: Acknowledgement): void {
    requireRule(rule, this.construct);
    declareWeakening(this.construct, {
      kind: "acknowledged",
      rule,
      reason: requireReason(reason, this.construct),
      expires: requireExpiry(expires, this.construct),
    });
  }
}

/** Whoever writes no TypeScript can give anything. */
function requireRule(rule: unknown, scope: IConstruct): void {
  requireLiteral("rule", rule, '"exposure/open-to-others"', scope);
  if (!isRuleId(rule)) {
    const advice = ruleAdvice(String(rule));
    throw new ConfigurationError(
      "unknown-rule",
      `'rule' is ${JSON.stringify(rule)}, which is no rule; ${advice}`,
      scope,
    );
  }
}
