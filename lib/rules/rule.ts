import type { EdgeRanges } from "../edge/ranges";
import type { Step } from "../model/rollout";
import type { Topology } from "../model/topology";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import type { Lookup } from "../read/lookup";
import type { Sidecar } from "../read/sidecar";
import type { Twin } from "../read/twins";
import type { Undone } from "../read/undone";
import type { Config } from "./config";
import type { Finding, Severity } from "./finding";
import type { RefutedGroup } from "./refuted";
import type { Review } from "./review-types";
import type { FindingRuleId, RuleId } from "./rule-ids";
import type { UnendingOnPaths } from "./unending";
import type { Declaration } from "./weakening";

/** What a rule sees. */
export interface RuleContext {
  readonly topology: Topology;
  /** Every resource of the inputs, by type, and what their references lead to. */
  readonly lookup: Lookup;
  readonly proved: readonly ProvedPath[];
  /** The paths before the apply; none where the input has no prior state. */
  readonly past: readonly ProvedPath[];
  /** Of each path; none where the input has no prior state. */
  readonly rollouts: readonly Rollout[];
  /** What the apply does. */
  readonly steps: readonly Step[];
  /** Steps that must fail, of what some path depends on. */
  readonly unending: readonly UnendingOnPaths[];
  /** Blocks that stay, whose object or rule another block's deletion takes away. */
  readonly twins: readonly Twin[];
  /** Blocks that are made, and may be undone by the deletion of another one. */
  readonly undone: readonly Undone[];
  readonly ranges: EdgeRanges;
  /** Every address that Cloudflare connects from, declared ones too. */
  readonly edge: (family: Family) => CidrSet;
  /** Refuted availability, sorted by the rule that explains it. */
  readonly refuted: (rule: RuleId) => readonly RefutedGroup[];
  /** Acknowledgements, exceptions and the like, expired ones too. */
  readonly declarations: readonly Declaration[];
  readonly sidecars: readonly Sidecar[];
  readonly config: Config;
  /** The earlier review that this one is compared with, if any. */
  readonly base: Review | undefined;
  /** What the other rules found, for the one about what matches nothing; else none. */
  readonly findings: readonly Omit<Finding, "fingerprint">[];
}

/** A finding before the review adds construct path, source line and acknowledgement. */
export type Draft = Omit<
  Finding,
  "rule" | "severity" | "constructPath" | "source" | "acknowledged" | "fingerprint"
> & {
  /**
   * What tells it from other findings of the rule about the same subject: no words and no counts,
   * since a later review knows it by that. @default family and port of its paths, where it is of one
   */
  readonly key?: string;
  /** @default the rule's own severity */
  readonly severity?: Severity;
  /** @default where the subject was made */
  readonly place?: Pick<Finding, "constructPath" | "source">;
};

/** A rule: one defect, one file, one page of documentation. */
export interface Rule {
  /** `group/defect`: the defect, not the wish. */
  readonly id: FindingRuleId;
  readonly severity: Severity;
  /** The defect in one line, for lists. */
  readonly title: string;
  readonly check: (context: RuleContext) => readonly Draft[];
}

/**
 * Marks an object as a rule, with its types checked. `reviewInputs` takes rules of your own beside
 * the library's.
 *
 * @example
 * const described = defineRule({
 *   id: "ours/group-without-description",
 *   severity: "warning",
 *   title: "A security group on a path has no description",
 *   check: ({ topology }) =>
 *     topology.instances
 *       .filter(({ type, values }) => {
 *         const set = typeof values === "object" && values !== null && "description" in values;
 *         return type === "aws_security_group" && !set;
 *       })
 *       .map(({ address }) => ({
 *         subject: address,
 *         paths: [],
 *         witness: null,
 *         what: `${address} has no description`,
 *         why: "Nobody can tell what it is for.",
 *         fix: "give it a description",
 *       })),
 * });
 * const read = parseInput(readFileSync("plan.json", "utf8"), "plan.json");
 * console.log(reviewInputs([read], { rules: [described] }).findings);
 */
export function defineRule(rule: Rule): Rule {
  return rule;
}
