export { type EdgeRanges, edgeRanges } from "../edge/ranges";
export { type Address, type Cidr, parseAddress, parseCidr } from "../net/cidr";
export { CidrSet } from "../net/cidr-set";
export { InputError } from "../read/input-error";
export { parseInput } from "../read/parse-input";
export { parseRawState } from "../read/raw-state";
export { parseSidecar, type Sidecar } from "../read/sidecar";
export type { ReadInput } from "../read/snapshot";
export { parseTerraformGraph } from "../read/terraform-graph";
export { renderCodeQuality } from "../report/code-quality";
export { renderHtml } from "../report/html/page";
export { renderJson } from "../report/json";
export {
  type MarkdownFlavour,
  type MarkdownOptions,
  REVIEW_MARKER,
  renderMarkdown,
} from "../report/markdown/report";
export type { Files } from "../report/place";
export { renderSarif, type SarifOptions } from "../report/sarif";
export { renderText } from "../report/text";
export { renderWhy } from "../report/why-text";
export { compareReviews } from "../rules/compare";
export { type Config, ConfigError, parseConfig } from "../rules/config";
export type { Acknowledged, Finding, Severity, Source } from "../rules/finding";
export { parseReview } from "../rules/parse-review";
export { type ReviewOptions, reviewInputs } from "../rules/review";
export type {
  AdmissionChange,
  Change,
  Count,
  DriftReport,
  GonePath,
  OriginlessReport,
  PathChange,
  PathReport,
  Review,
  RolloutWitness,
  SourceChange,
  Statements,
  StepReport,
} from "../rules/review-types";
export { type Draft, defineRule, type Rule, type RuleContext } from "../rules/rule";
export type { FindingRuleId, RuleId } from "../rules/rule-ids";
export type { Weakening } from "../rules/weakening";
export { answerWhy, type Question } from "../rules/why";
export type { Why, WhyHop, WhyPath } from "../rules/why-types";
