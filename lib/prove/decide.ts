import type { Assumption, Hop, Reason } from "../model/hop";
import type { Route } from "../model/path";
import { type Bounds, intersectBounds } from "../net/bounds";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import { globallyReachable } from "../net/special-purpose";
import type { Availability, Exclusivity } from "./verdict";

/** The address sets that a proof is about, for one family. */
export interface Question {
  readonly family: Family;
  /** Every address that Cloudflare connects from. */
  readonly edge: CidrSet;
  /** The edge and everything else that is meant to get in. */
  readonly allowed: CidrSet;
}

/** The verdicts of a route, apart from what a flow adds to them. */
export interface RouteVerdicts {
  readonly availability: Availability;
  readonly exclusivity: Exclusivity;
  readonly assumptions: readonly Assumption[];
}

/**
 * Decides both statements on the hops of a route.
 *
 * @see docs/proof.md, "Bounds"
 */
export function decideRoute(route: Route, question: Question): RouteVerdicts {
  const plain = decideHops(route.hops, question);
  const open = [plain.availability, plain.exclusivity].some(
    (statement) => statement.verdict === "undetermined",
  );
  const assumed = route.hops.flatMap((hop) => hop.alternative?.assumption ?? []);
  const base = [...route.assumptions, ...route.hops.flatMap((hop) => hop.assumptions)];
  if (!open || assumed.length === 0) {
    return { ...plain, assumptions: base };
  }
  const tighter = decideHops(route.hops.map(underAssumption), question);
  return {
    availability: settle(plain.availability, tighter.availability),
    exclusivity: settle(plain.exclusivity, tighter.exclusivity),
    assumptions: [...base, ...assumed],
  };
}

function settle<T extends Availability | Exclusivity>(plain: T, tighter: T): T {
  return plain.verdict === "undetermined" ? tighter : plain;
}

/** A hop as it is under the assumption that its tighter bounds rest on. */
export function underAssumption(hop: Hop): Hop {
  if (hop.alternative === undefined) {
    return hop;
  }
  const { bounds, entry = bounds, shown } = hop.alternative;
  return { ...hop, ...shown, bounds, entry };
}

function decideHops(
  hops: readonly Hop[],
  question: Question,
): Pick<RouteVerdicts, "availability" | "exclusivity"> {
  const { family } = question;
  const bounds = intersectBounds(
    family,
    hops.map((hop) => hop.bounds),
  );
  const entry = intersectBounds(family, hops.map(entryOf));
  return {
    availability: availability(hops, bounds, question),
    exclusivity: exclusivity(hops, entry, question),
  };
}

/** What lets somebody in: any client port, any subnet will do. */
export function entryOf(hop: Hop): Bounds {
  return hop.entry ?? hop.bounds;
}

function availability(hops: readonly Hop[], bounds: Bounds, { edge }: Question): Availability {
  const missing = edge.minus(bounds.may);
  const lowest = missing.lowest();
  if (lowest !== undefined) {
    const stoppedAt = hops.findIndex((hop) => !hop.bounds.may.has(lowest));
    const stoppedBy = hops[stoppedAt];
    const undecided = edge.minus(bounds.must).minus(missing);
    return { verdict: "refuted", missing, stoppedBy, stoppedAt, undecided, edge, reasons: [] };
  }
  const undecided = edge.minus(bounds.must);
  const proved = undecided.isEmpty;
  const unsure = hops.filter((hop) => !hop.bounds.must.covers(edge));
  return {
    verdict: proved ? "proved" : "undetermined",
    missing: undefined,
    stoppedBy: undefined,
    stoppedAt: undefined,
    undecided,
    edge,
    reasons: proved ? [] : reasonsOf(unsure),
  };
}

function exclusivity(hops: readonly Hop[], bounds: Bounds, question: Question): Exclusivity {
  const universe = globallyReachable(question.family);
  const outside = (set: CidrSet) => set.intersect(universe).minus(question.allowed);
  const none = { others: undefined, locked: false, sensitive: false, reasons: [] };
  const others = outside(bounds.must);
  if (!others.isEmpty) {
    const locked = hops.some((hop) => hop.locked);
    const sensitive = hops.some((hop) => hop.sensitive);
    return { verdict: "refuted", others, locked, sensitive, reasons: [] };
  }
  if (outside(bounds.may).isEmpty) {
    return { verdict: "proved", ...none };
  }
  // Whoever may get in passes every hop: each has a part in it.
  return { verdict: "undetermined", ...none, reasons: reasonsOf(hops) };
}

/** Every reason of the hops, each once. */
function reasonsOf(hops: readonly Hop[]): Reason[] {
  const found = new Map<string, Reason>();
  for (const reason of hops.flatMap((hop) => hop.reasons)) {
    found.set(`${reason.id} ${reason.subject}`, reason);
  }
  return [...found.values()];
}
