export { InputError } from "../read/input-error";
export { parseInput } from "../read/parse-input";
export { parseRawState } from "../read/raw-state";
export { parseSidecar, type Sidecar } from "../read/sidecar";
export type { ReadInput } from "../read/snapshot";
export { parseTerraformGraph } from "../read/terraform-graph";
export { type Config, ConfigError, parseConfig } from "./config";
export type { Acknowledged, Finding, Severity, Source } from "./finding";
export { type ReviewOptions, reviewInputs } from "./review";
export type {
  Count,
  DriftReport,
  PathReport,
  Review,
  RolloutWitness,
  StepReport,
} from "./review-types";
export { type Draft, defineRule, type Rule, type RuleContext } from "./rule";
export type { FindingRuleId, RuleId } from "./rule-ids";
export type { Weakening } from "./weakening";
