import { renderText } from "../report/text";
import type { Finding } from "../rules/finding";
import type { PathReport, Review } from "../rules/review-types";
import { isRuleId, type RuleId, ruleAdvice } from "../rules/rule-ids";
import { withoutPathText } from "../synth/required-paths";
import { type Reviewable, type Reviewed, reviewOf } from "./review-of";

/** What a matcher answers to Jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Text width of the reports in messages. */
const WIDTH = 100;

/** The matchers themselves, for `expect.extend`. */
export const matchers = { toBeProved, toBeRefutedBy } as const;

function toBeProved(this: { readonly isNot?: boolean }, received: Reviewable): MatcherResult {
  const reviewed = reviewOf(received);
  const problem = problemOf(reviewed);
  // A stack that can't be synthesized is no evidence that the proof fails.
  const broken = this.isNot === true && reviewed.errors.length > 0;
  return {
    pass: problem === undefined || broken,
    message: () => `${problem ?? "it is proved"}\n\n${reportOf(reviewed)}`,
  };
}

function toBeRefutedBy(received: Reviewable, rule: RuleId): MatcherResult {
  if (!isRuleId(rule)) {
    const advice = ruleAdvice(String(rule));
    throw new Error(`toBeRefutedBy: ${JSON.stringify(rule)} is no rule; ${advice}`);
  }
  const reviewed = reviewOf(received);
  const found = findingsOf(reviewed).some((finding) => finding.rule === rule);
  const has = found ? "there is a finding of" : "there is no finding of";
  return { pass: found, message: () => `${has} ${rule}\n\n${reportOf(reviewed)}` };
}

/** Why it is not proved; `undefined` where it is. */
function problemOf(reviewed: Reviewed): string | undefined {
  const { review, paths, pathless, errors } = reviewed;
  const [error] = errors;
  if (error !== undefined) {
    return `synth would fail: ${error}`;
  }
  const [record] = pathless;
  if (record !== undefined) {
    return withoutPathText(record);
  }
  if (paths.length === 0) {
    return "there is nothing to prove: no proxied record has an origin";
  }
  const finding = findingsOf(reviewed).find(
    ({ severity, acknowledged }) => severity === "error" && acknowledged === null,
  );
  if (finding !== undefined) {
    return `${finding.what} (${finding.rule})`;
  }
  const open = paths.find((path) => !isProved(path, review));
  return open === undefined
    ? undefined
    : `${open.hostname} is not proved: availability ${open.availability.verdict}, ` +
        `exclusivity ${open.exclusivity.verdict}`;
}

/** Findings about the paths in question, and those about no path at all. */
function findingsOf({ review, paths }: Reviewed): readonly Finding[] {
  const own = new Set(paths.map((path) => review.paths.indexOf(path)));
  return review.findings.filter(
    (finding) => finding.paths.length === 0 || finding.paths.some((index) => own.has(index)),
  );
}

/** A refuted statement counts as settled where its finding is acknowledged. */
function isProved(path: PathReport, review: Review): boolean {
  const index = review.paths.indexOf(path);
  const acknowledged = review.findings.some(
    (finding) => finding.acknowledged !== null && finding.paths.includes(index),
  );
  return [path.availability, path.exclusivity].every(
    ({ verdict }) => verdict === "proved" || (verdict === "refuted" && acknowledged),
  );
}

function reportOf({ review, errors }: Reviewed): string {
  return [...errors, renderText(review, { width: WIDTH })].join("\n");
}
