import type { Assumption, Hop, Reason } from "../../model/hop";
import { type Bounds, everything, mayOnly, nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { Answer } from "../answer";

/** What a leg lets through under some assumption, and why not more. */
export interface Outcome {
  readonly bounds: Bounds;
  /** Who gets in by some way, where that is more. */
  readonly entry?: Bounds;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** Clients pass by their own address, through the target's filter. */
  readonly filtered: boolean;
}

export function isClosed({ bounds }: Outcome): boolean {
  return bounds.may.isEmpty;
}

export function entryBounds({ entry, bounds }: Outcome): Bounds {
  return entry ?? bounds;
}

/** Who gets in by a leg, where it is not the same as who surely passes. */
export function entryOf(outcome: Outcome, sure: boolean): Pick<Hop, "entry"> {
  const entry = entryBounds(outcome);
  return { entry: sure ? entry : mayOnly(entry) };
}

export function byAnswer(answer: Answer, family: Family): Outcome {
  const bounds =
    answer.result === "yes"
      ? everything(family)
      : answer.result === "no"
        ? nothing(family)
        : unknownBounds(family);
  const { reasons, assumptions } = answer;
  return { bounds, reasons, assumptions, filtered: false };
}

/** A leg that perhaps nobody takes: what it stops may pass. */
export function unneeded(bounds: Bounds): Bounds {
  return { must: bounds.must, may: CidrSet.all(bounds.may.family) };
}
