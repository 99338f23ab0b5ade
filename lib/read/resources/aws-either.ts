import type { Assumption, Hop, Reason } from "../../model/hop";
import { type Bounds, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";

/** One of several is meant: what all admit is sure, and what any admits is possible. */
export function eitherBounds(family: Family, list: readonly Bounds[]): Bounds {
  const all = CidrSet.all(family);
  return list.length === 0
    ? unknownBounds(family)
    : {
        must: list.reduce((set, bounds) => set.intersect(bounds.must), all),
        may: CidrSet.unionAll(
          family,
          list.map((bounds) => bounds.may),
        ),
      };
}

/** A packet meets one of the hops, and which can't be told. */
export function eitherHop(family: Family, hops: readonly Hop[], reasons: readonly Reason[]): Hop {
  const [first, ...others] = hops;
  if (first !== undefined && others.length === 0) {
    return first;
  }
  const {
    replies: _,
    elsewhere: __,
    alternative: ___,
    deciders: ____,
    ...shared
  } = first ?? hopOfNothing(family);
  return {
    ...shared,
    ...(hops.some((hop) => hop.replies !== undefined) ? { replies: [] } : {}),
    deciders: (source) =>
      hops.flatMap((hop) =>
        (hop.deciders?.(source) ?? []).map((each) => ({ ...each, sure: false })),
      ),
    resources: [...new Set(hops.flatMap((hop) => hop.resources))],
    bounds: eitherBounds(
      family,
      hops.map((hop) => hop.bounds),
    ),
    entry: eitherBounds(
      family,
      hops.map((hop) => hop.entry ?? hop.bounds),
    ),
    reasons: [...reasons, ...hops.flatMap((hop) => hop.reasons)],
    assumptions: distinct(hops.flatMap((hop) => hop.assumptions)),
    admissions: [],
    sensitive: hops.some((hop) => hop.sensitive),
  };
}

function distinct(assumptions: readonly Assumption[]): readonly Assumption[] {
  return [...new Map(assumptions.map((each) => [`${each.id} ${each.subject}`, each])).values()];
}

/** Others may change what it lets through, in ways that the input does not tell. */
export function openTo(reasons: readonly Reason[], hop: Hop): Hop {
  const { family } = hop.bounds.may;
  const { replies: _, ...rest } = hop;
  return reasons.length === 0
    ? hop
    : {
        ...rest,
        ...(hop.replies === undefined ? {} : { replies: [] }),
        bounds: unknownBounds(family),
        entry: unknownBounds(family),
        reasons: [...reasons, ...hop.reasons],
      };
}

/** Nothing is known of it. */
export function hopOfNothing(family: Family, kind: Hop["kind"] = "unknown"): Hop {
  return {
    kind,
    resources: [],
    bounds: unknownBounds(family),
    stop: "dropped",
    reasons: [],
    assumptions: [],
    internal: [],
    admissions: [],
    locked: false,
    sensitive: false,
  };
}
