import type { Verdict } from "../prove/verdict";
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

/** What `--fail-on` can ask for: any error, or only what is worse than in the base. */
export const FAIL_ON = ["error", "new"] as const;

/** What fails a run. */
export interface Gate {
  /** Statements that every path must have proved. */
  readonly required: readonly Statement[];
  readonly failOn: (typeof FAIL_ON)[number];
}

/** The exit code of a review. */
export function exitCodeOf(review: Review, { required, failOn }: Gate): number {
  const isNew = failOn === "new" ? newer(review) : EVERYTHING;
  const error = review.findings.some(
    ({ severity, acknowledged }, index) =>
      severity === "error" && acknowledged === null && isNew.finding(index),
  );
  const unproved = required.some((statement) =>
    review.paths.some((path, index) => !isProved(path, statement) && isNew.path(index, statement)),
  );
  return error || unproved ? FINDINGS : CLEAN;
}

interface Newer {
  readonly finding: (index: number) => boolean;
  readonly path: (index: number, statement: Statement) => boolean;
}

const EVERYTHING: Newer = { finding: () => true, path: () => true };

/** What the change makes worse. */
function newer({ change }: Review): Newer {
  const added = new Set(change?.added);
  const paths = new Map(change?.paths.map((each) => [each.path, each]));
  return {
    finding: (index) => added.has(index),
    path: (index, statement) => {
      const { base, head } = paths.get(index) ?? {};
      return head !== undefined && rankOf(head?.[statement]) > rankOf(base?.[statement]);
    },
  };
}

/** A path that the base did not have ranks as if it had been proved there. */
function rankOf(verdict: Verdict | "notOwed" | null | undefined): number {
  return verdict === "refuted" ? 2 : verdict === "undetermined" ? 1 : 0;
}

/** Where nothing is applied, or an apply owes nothing, there is nothing to prove of it. */
function isProved(path: Review["paths"][number], statement: Statement): boolean {
  if (statement !== "rollout") {
    return path[statement].verdict === "proved";
  }
  const verdict = path.rollout?.verdict ?? "notOwed";
  return verdict === "proved" || verdict === "notOwed";
}
