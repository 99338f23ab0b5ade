import type { Assumption, Decider, Hop, Reason } from "../model/hop";
import type { Path, Route } from "../model/path";
import { entryOf, underAssumption } from "./decide";

/**
 * What becomes of one source. `partly`: some of its connections get through and others don't, by
 * the port that it connects from or the subnet that it reaches. `perhaps`: only apply tells.
 */
export type Fate = "admitted" | "partly" | "perhaps" | "stopped";

/** One address that connects. */
export interface Source {
  readonly address: bigint;
  /** It is of the edge: all of its connections must pass. Others get in where any does. */
  readonly isEdge: boolean;
}

/** What a hop does to a source. */
export interface HopWhy {
  readonly hop: Hop;
  readonly fate: Fate;
  /** The rules that decide, in the order in which they are read; none where no rule does. */
  readonly deciders: readonly Decider[];
}

/** What the hops of a route do to a source. */
export interface RouteWhy {
  readonly fate: Fate;
  readonly hops: readonly HopWhy[];
  /** The first hop that stops it, wholly or in part. */
  readonly stoppedBy: HopWhy | undefined;
  /** What the answer rests on, besides the hops' own. */
  readonly assumptions: readonly Assumption[];
}

/** What becomes of a source on a path. */
export interface PathWhy extends RouteWhy {
  readonly path: Path;
  /** Why nothing is sure on this path, or whether the edge uses it at all. */
  readonly reasons: readonly Reason[];
}

/** Worst first: some of the edge's connections lost is lost; of others, a sure stop comes first. */
const ORDER = {
  edge: ["stopped", "partly", "perhaps", "admitted"],
  others: ["stopped", "perhaps", "partly", "admitted"],
} as const;

/** Follows one source through the hops of a path; paths that share a route share what it does. */
export function whyPath(path: Path, source: Source, route = whyRoute(path.route, source)): PathWhy {
  const partial = path.reasons.some((reason) => reason.id === "input/partial");
  return { ...route, path, fate: partial ? "perhaps" : route.fate, reasons: path.reasons };
}

/**
 * Follows one source through the hops of a route. What `review` decides about sets, this decides
 * about one member of them: the two never disagree.
 *
 * @see docs/proof.md, "Bounds"
 */
export function whyRoute(route: Route, source: Source): RouteWhy {
  const plain = route.hops.map((hop) => whyHop(hop, source));
  const open = worst(plain, source) === "perhaps";
  const hops = open ? route.hops.map((hop) => whyHop(underAssumption(hop), source)) : plain;
  const assumed = open ? route.hops.flatMap((hop) => hop.alternative?.assumption ?? []) : [];
  const stops = (fate: Fate) => hops.find((each) => each.fate === fate);
  return {
    fate: worst(hops, source),
    hops,
    stoppedBy: stops("stopped") ?? stops("partly"),
    assumptions: [...assumed, ...route.assumptions],
  };
}

function worst(hops: readonly HopWhy[], { isEdge }: Source): Fate {
  const order = isEdge ? ORDER.edge : ORDER.others;
  return order.find((fate) => hops.some((each) => each.fate === fate)) ?? "admitted";
}

function whyHop(hop: Hop, source: Source): HopWhy {
  const fate = source.isEdge ? fateOfEdge(hop, source) : fateOfOther(hop, source);
  return { hop, fate, deciders: hop.deciders?.(source.address) ?? [] };
}

function fateOfEdge(hop: Hop, { address }: Source): Fate {
  if (hop.bounds.must.has(address)) {
    return "admitted";
  }
  if (hop.bounds.may.has(address)) {
    return "perhaps";
  }
  return entryOf(hop).must.has(address) ? "partly" : "stopped";
}

function fateOfOther(hop: Hop, { address }: Source): Fate {
  const entry = entryOf(hop);
  if (!entry.must.has(address)) {
    return entry.may.has(address) ? "perhaps" : "stopped";
  }
  return hop.bounds.must.has(address) ? "admitted" : "partly";
}
