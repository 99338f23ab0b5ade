import type { Verdict } from "./case";

/** What the oracles say of one path. Where a verdict is undetermined, its author said so. */
export interface PathLabel {
  readonly hostname: string;
  readonly family: 4 | 6 | null;
  readonly port: number | null;
  readonly origin: string | null;
  readonly availability: StatementLabel;
  readonly exclusivity: StatementLabel;
  readonly rollout: RolloutLabel | null;
  /** Ids of the reasons of what is undetermined, sorted. */
  readonly reasons: readonly string[];
}

export interface StatementLabel {
  readonly verdict: Verdict;
  /** Refuted: the lowest address. */
  readonly witness?: string;
  /** Undetermined: what the oracle sees, which the input hides. */
  readonly seen?: Verdict;
  /** Refuted: what stops it, in the packet view's words. */
  readonly stoppedBy?: readonly string[];
}

export interface RolloutLabel {
  readonly verdict: Verdict | "notOwed";
  readonly seen?: Verdict | "notOwed";
  /** Refuted: the lowest address that was seen to be cut off in some state. */
  readonly cutOff?: string;
}

export interface Label {
  readonly paths: readonly PathLabel[];
  readonly rules: readonly string[];
  /** How many applies were watched for the rollout. */
  readonly applies?: number;
}
