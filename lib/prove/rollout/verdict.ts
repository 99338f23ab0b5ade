import type { Assumption, Reason } from "../../model/hop";
import type { CidrSet } from "../../net/cidr-set";
import type { Verdict } from "../verdict";
import type { Act } from "./things";

/** A state that shows a refutation. */
export interface Witness {
  /** In an order in which an apply can do them. */
  readonly done: readonly Act[];
  /** What is not done yet, and ends it. */
  readonly pending: readonly Act[];
  readonly cutOff: CidrSet;
  /** The hostname has no record in that state. */
  readonly nameGone: boolean;
}

/** Whether what is available before and after an apply stays available in between. */
export interface Rollout {
  readonly verdict: Verdict | "notOwed";
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  readonly witness: Witness | undefined;
}
