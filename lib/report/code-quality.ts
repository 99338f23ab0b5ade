import type { Finding } from "../rules/finding";
import { fingerprintOf } from "../rules/fingerprint";
import type { Review } from "../rules/review-types";
import { shown } from "./escape";
import { safeJson } from "./json";
import { type Files, placeOf } from "./place";
import { comparedFindings } from "./sarif-result";

/** A finding as GitLab's code quality report has it. */
interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "critical";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** Longer texts are cut: no real sentence of a finding is longer. */
const LONGEST = 1_000;

/**
 * The findings as a code quality report of GitLab's, worst first. Acknowledged ones are `info`: left
 * out, GitLab would call them fixed.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function renderCodeQuality(review: Review, files: Files = {}): string {
  const issues = comparedFindings(review).map(({ finding }) => issueOf(finding, review, files));
  return safeJson(issues);
}

function issueOf(finding: Finding, review: Review, files: Files): Issue {
  const { file, line, outside } = placeOf(finding, review, files);
  const path = outside ? file.slice(file.lastIndexOf("/") + 1) : file;
  return {
    description: shown(descriptionOf(finding), LONGEST),
    check_name: finding.rule,
    fingerprint: fingerprintOf(finding),
    severity: severityOf(finding),
    location: { path: shown(path, LONGEST), lines: { begin: line } },
  };
}

function descriptionOf({ what, why, acknowledged }: Finding): string {
  return acknowledged === null
    ? `${what}. ${why}`
    : `Acknowledged (${acknowledged.reason}): ${what}`;
}

function severityOf({ severity, acknowledged }: Finding): Issue["severity"] {
  return acknowledged !== null ? "info" : severity === "error" ? "critical" : "minor";
}
