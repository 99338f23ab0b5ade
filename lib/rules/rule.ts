import type { EdgeRanges } from "../edge/ranges";
import type { Step } from "../model/rollout";
import type { Topology } from "../model/topology";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import type { Sidecar } from "../read/sidecar";
import type { Config } from "./config";
import type { Finding, Severity } from "./finding";
import type { RefutedGroup } from "./refuted";
import type { RuleId } from "./rule-ids";
import type { Declaration } from "./weakening";

/** What a rule sees. */
export interface RuleContext {
  readonly topology: Topology;
  readonly proved: readonly ProvedPath[];
  /** Of each path; none where the input has no prior state. */
  readonly rollouts: readonly Rollout[];
  /** What the apply does. */
  readonly steps: readonly Step[];
  readonly ranges: EdgeRanges;
  /** Every address that Cloudflare connects from, declared ones too. */
  readonly edge: (family: Family) => CidrSet;
  /** Refuted availability, sorted by the rule that explains it. */
  readonly refuted: (rule: RuleId) => readonly RefutedGroup[];
  /** Acknowledgements, exceptions and the like, expired ones too. */
  readonly declarations: readonly Declaration[];
  readonly sidecars: readonly Sidecar[];
  readonly config: Config;
  /** What the other rules found, for the one about what matches nothing; else none. */
  readonly findings: readonly Finding[];
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
