import type { Assumption, Hop, Reason } from "../../model/hop";
import {
  type Bounds,
  isExact,
  mayOnly,
  orderedBounds,
  partlyOrderedBounds,
  unknownBounds,
} from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { globallyReachable } from "../../net/special-purpose";
import { hopOfNothing } from "./aws-either";
import { routeDeciders } from "./aws-route-deciders";
import { inOrderOfPrefix, type RouteEntry } from "./aws-route-entry";

/** AWS takes at most 1,000 routes in a table; a longer list is none that an apply makes. */
const MOST_ROUTES = 1000;

interface Notes {
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/**
 * The hop of a route table: an address passes if the longest prefix that holds it leads to an
 * internet gateway. Both directions use the same gateway, so the way back decides.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-tables-priority
 */
export function routeHop(
  table: string,
  family: Family,
  entries: readonly RouteEntry[],
  notes: Notes,
): Hop {
  if (entries.length > MOST_ROUTES) {
    const text = `${table} has ${entries.length} routes, more than AWS takes`;
    const reason = { id: "aws/route-table-too-long", subject: table, text };
    return { ...hopOfNothing(family, "route"), resources: [table], reasons: [reason] };
  }
  const bounds = decide(family, entries);
  const captured = capturedIn(family, entries, bounds);
  return {
    ...hopOfNothing(family, "route"),
    resources: [table],
    bounds,
    deciders: (source) => routeDeciders(table, entries, source),
    stop: captured.isEmpty ? "no-route" : "return-route-captured",
    reasons: [
      ...notes.reasons,
      ...(isExact(bounds) ? capturesOf(entries, captured) : openReasons(entries)),
    ],
    assumptions: [...notes.assumptions, ...entries.flatMap((entry) => entry.assumptions)],
  };
}

function decide(family: Family, entries: readonly RouteEntry[]): Bounds {
  const { sorted, inOrder } = inOrderOfPrefix(entries);
  return inOrder
    ? orderedBounds(family, sorted, "deny")
    : partlyOrderedBounds(family, sorted, isBefore, "deny");
}

/** A longer prefix decides; of equal ones a static route before a prefix list's. */
function isBefore(earlier: RouteEntry, later: RouteEntry): boolean {
  return (
    earlier.prefix.from > later.prefix.to ||
    (earlier.prefix.from === later.prefix.from &&
      earlier.prefix.to === later.prefix.to &&
      earlier.prefix.from === earlier.prefix.to &&
      earlier.rank < later.rank)
  );
}

/** Addresses of the internet that a route takes elsewhere, though another leads to a gateway. */
function capturedIn(family: Family, entries: readonly RouteEntry[], bounds: Bounds): CidrSet {
  const wanted = entries.filter((entry) => entry.effect !== "deny");
  const reached = CidrSet.unionAll(
    family,
    wanted.map((entry) => entry.source.may),
  );
  return reached.minus(bounds.may).intersect(globallyReachable(family));
}

function capturesOf(entries: readonly RouteEntry[], captured: CidrSet): Reason[] {
  return entries
    .filter((entry) => entry.effect === "deny" && !entry.source.may.intersect(captured).isEmpty)
    .map(({ resource, destination, target }) => {
      const text = `${resource} sends ${destination} to ${target}`;
      return { id: "aws/route-captures", subject: `${resource} ${destination}`, text };
    });
}

function openReasons(entries: readonly RouteEntry[]): readonly Reason[] {
  const found = entries.flatMap(reasonsOf);
  return found.length > 0 ? found : entries.flatMap((entry) => rivalReason(entry, entries));
}

/** A table has one route for a destination: of two, which one it is can't be told. */
function rivalReason(entry: RouteEntry, entries: readonly RouteEntry[]): readonly Reason[] {
  const rival = entries.find(
    (other) =>
      other.effect !== entry.effect &&
      !isBefore(entry, other) &&
      !isBefore(other, entry) &&
      !other.source.may.intersect(entry.source.may).isEmpty,
  );
  if (rival === undefined) {
    return [];
  }
  const { resource, destination } = entry;
  const text = `whether ${resource} or ${rival.resource} has the route for ${destination} can't be told`;
  return [{ id: "aws/route-unknown", subject: resource, text }];
}

function reasonsOf({ resource, certain, destination, reasons }: RouteEntry): readonly Reason[] {
  if (certain) {
    return reasons;
  }
  const text = `whether ${resource} has its route for ${destination} is known after apply`;
  return [...reasons, { id: "aws/route-unknown", subject: resource, text }];
}

/** Whoever adds routes that it learns elsewhere may take any address away, or leave it. */
export function withLearned(hop: Hop, by: string | undefined): Hop {
  if (by === undefined) {
    return hop;
  }
  const text = `${by} lets a gateway add routes that it learns elsewhere`;
  const reason = { id: "aws/routes-propagated", subject: by, text };
  return { ...hop, bounds: mayOnly(hop.bounds), reasons: [...hop.reasons, reason] };
}

/** A table outside the input: its routes are unknown. */
export function outsideHop(table: string, family: Family): Hop {
  const text = `${table} is no route table of this input, so its routes are unknown`;
  const reason = { id: "aws/route-table-outside", subject: table, text };
  return {
    ...hopOfNothing(family, "route"),
    resources: [table],
    bounds: unknownBounds(family),
    reasons: [reason],
  };
}
