import type { IConstruct } from "constructs";
import { RULES } from "../rules/registry";
import { ConfigurationError } from "./configuration-error";
import { declareWeakening, requireExpiry, requireReason } from "./weakening";

/** A finding that is known and accepted for a while. */
export interface Acknowledgement {
  /** The rule's id, such as `exposure/open-to-others`. */
  readonly rule: string;
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

  /** @throws ConfigurationError `unknown-rule`, `reason-missing`, `invalid-expiry` */
  add({ rule, reason, expires }: Acknowledgement): void {
    if (RULES.every(({ id }) => id !== rule)) {
      throw new ConfigurationError(
        "unknown-rule",
        `'rule' is ${JSON.stringify(rule)}, which is no rule; ` +
          `use one of ${RULES.map(({ id }) => id).join(", ")}`,
        this.construct,
      );
    }
    declareWeakening(this.construct, {
      kind: "acknowledged",
      rule,
      reason: requireReason(reason, this.construct),
      expires: requireExpiry(expires, this.construct),
    });
  }
}
