import type { EdgeRanges } from "../edge/ranges";
import type { Topology } from "../model/topology";
import type { ProvedPath } from "../prove/verdict";
import type { Finding, Severity } from "./finding";
import type { RefutedGroup } from "./refuted";
import type { RuleId } from "./rule-ids";
import type { Weakening } from "./weakening";

/** What a rule sees. */
export interface RuleContext {
  readonly topology: Topology;
  readonly proved: readonly ProvedPath[];
  readonly ranges: EdgeRanges;
  /** Refuted availability, sorted by the rule that explains it. */
  readonly refuted: (rule: RuleId) => readonly RefutedGroup[];
  /** Acknowledgements, exceptions and the like, expired ones too. */
  readonly weakened: readonly Weakening[];
  /** Statements that the user wants to fail the run. */
  readonly gate: readonly string[];
}

/** A finding before the review adds construct path, source line and acknowledgement. */
export type Draft = Omit<
  Finding,
  "rule" | "severity" | "constructPath" | "source" | "acknowledged"
> & {
  /** @default the rule's own severity */
  readonly severity?: Severity;
  /** @default where the subject was made */
  readonly place?: Pick<Finding, "constructPath" | "source">;
};

/** A rule: one defect, one file, one page of documentation. */
export interface Rule {
  /** `group/defect`: the defect, not the wish. */
  readonly id: RuleId;
  readonly severity: Severity;
  /** The defect in one line, for lists. */
  readonly title: string;
  readonly check: (context: RuleContext) => readonly Draft[];
}

/** Marks an object as a rule, with its types checked. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
