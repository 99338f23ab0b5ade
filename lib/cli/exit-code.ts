import type { Review } from "../rules/review-types";

/** Nothing stands against it. */
export const CLEAN = 0;
/** At least one unacknowledged error, or a required proof is missing. */
export const FINDINGS = 1;
/** It could not run: unreadable input, a bad option. */
export const UNUSABLE = 2;

/** Statements that `--require-proof` can ask for. */
export const STATEMENTS = ["availability", "exclusivity", "rollout"] as const;
export type Statement = (typeof STATEMENTS)[number];

/** The exit code of a review. */
export function exitCodeOf(review: Review, required: readonly Statement[]): number {
  const error = review.findings.some(
    (finding) => finding.severity === "error" && finding.acknowledged === null,
  );
  const unproved = required.some((statement) =>
    review.paths.some((path) => !isProved(path, statement)),
  );
  return error || unproved ? FINDINGS : CLEAN;
}

/** Where nothing is applied, or an apply owes nothing, there is nothing to prove of it. */
function isProved(path: Review["paths"][number], statement: Statement): boolean {
  if (statement !== "rollout") {
    return path[statement].verdict === "proved";
  }
  const verdict = path.rollout?.verdict ?? "notOwed";
  return verdict === "proved" || verdict === "notOwed";
}
