import type { FindingRuleId } from "./rule-ids";

/** `error` fails the run; `warning` does not. */
export type Severity = "error" | "warning";

/** Where a construct was made, as its own stack trace tells. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** Why an acknowledged finding no longer fails the run. */
export interface Acknowledged {
  readonly reason: string;
  readonly expires: string | null;
}

/** A defect, with what it is, why it matters and what to do, each a sentence or two. */
export interface Finding {
  readonly rule: FindingRuleId;
  readonly severity: Severity;
  /** Terraform address of what is to be changed, or the address or file that it is about. */
  readonly subject: string;
  readonly constructPath: string | null;
  readonly source: Source | null;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Refuted statements: one address that a person can check. */
  readonly witness: string | null;
  readonly acknowledged: Acknowledged | null;
  /** 64 hexadecimal digits: the same in a later review, whatever else has changed there. */
  readonly fingerprint: string;
  /** Indexes in `paths` of the review. */
  readonly paths: readonly number[];
}
