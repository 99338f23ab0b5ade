import type { Assumption, Hop, Reason } from "../model/hop";
import type { Flow } from "../model/path";
import type { Verdict } from "../prove/verdict";
import type { Finding } from "./finding";
import type { Weakening } from "./weakening";

/** How many paths have which verdict. */
export interface Count {
  readonly proved: number;
  readonly refuted: number;
  readonly undetermined: number;
}

/** A path as reports show it. */
export interface PathReport {
  /** The stack or file that holds the record: two can have records of the same address. */
  readonly input: string;
  readonly hostname: string;
  readonly record: string;
  readonly family: Flow["family"];
  readonly origin: Flow["origin"];
  readonly certain: boolean;
  readonly because: string;
  readonly hops: readonly { readonly kind: Hop["kind"]; readonly resources: readonly string[] }[];
  readonly availability: {
    readonly verdict: Verdict;
    readonly witness: string | null;
    readonly missing: readonly string[];
    /** The code that a visitor would most likely see. */
    readonly error: number | null;
    readonly reasons: readonly Reason[];
  };
  readonly exclusivity: {
    readonly verdict: Verdict;
    readonly witness: string | null;
    readonly reasons: readonly Reason[];
  };
  /** Null where the input has no prior state. */
  readonly rollout: {
    readonly verdict: Verdict | "notOwed";
    readonly reasons: readonly Reason[];
  } | null;
  /** Null where the input has no prior state, or the path did not exist. */
  readonly before: { readonly availability: Verdict; readonly exclusivity: Verdict } | null;
  readonly assumptions: readonly Assumption[];
}

/** What a review found: the value that every report is made from. */
export interface Review {
  readonly schemaVersion: 1;
  readonly edge: { readonly date: string; readonly ranges: number; readonly digest: string };
  readonly summary: {
    readonly hostnames: number;
    readonly paths: number;
    readonly availability: Count;
    readonly exclusivity: Count;
    readonly rollout: Count & { readonly notOwed: number };
  };
  readonly paths: readonly PathReport[];
  readonly findings: readonly Finding[];
  /** What was declared beside the proof: acknowledgements, exceptions, FilteredElsewhere. */
  readonly weakened: readonly Weakening[];
}
