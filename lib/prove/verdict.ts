import type { Assumption, Hop, Reason } from "../model/hop";
import type { Path } from "../model/path";
import type { CidrSet } from "../net/cidr-set";

export type Verdict = "proved" | "refuted" | "undetermined";

/** Whether all of the edge, of the path's family, passes every hop. */
export interface Availability {
  readonly verdict: Verdict;
  /** Refuted: the addresses of the edge that are cut off. */
  readonly missing: CidrSet | undefined;
  /** Refuted: the hop that stops the lowest of them. */
  readonly stoppedBy: Hop | undefined;
  /** Its index in the route's hops. */
  readonly stoppedAt: number | undefined;
  /** Addresses of the edge that are neither surely let through nor surely stopped. */
  readonly undecided: CidrSet;
  /** All of the edge, of the path's family. */
  readonly edge: CidrSet;
  /** Undetermined: every reason. */
  readonly reasons: readonly Reason[];
}

/** Whether nobody outside the edge and the exceptions passes every hop. */
export interface Exclusivity {
  readonly verdict: Verdict;
  /** Refuted: addresses outside that get in. */
  readonly others: CidrSet | undefined;
  /** Refuted: the hops are a lock, by their own rules or by declaration. */
  readonly locked: boolean;
  /** Refuted: the addresses come from a sensitive value and are not to be printed. */
  readonly sensitive: boolean;
  readonly reasons: readonly Reason[];
}

/** A path with its verdicts, and everything they rest on. */
export interface ProvedPath {
  readonly path: Path;
  readonly availability: Availability;
  readonly exclusivity: Exclusivity;
  readonly assumptions: readonly Assumption[];
}
