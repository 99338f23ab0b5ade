import type { Family } from "./cidr";
import { CidrSet } from "./cidr-set";

/**
 * What a hop admits when not everything is known before apply: must ⊆ really admitted ⊆ may.
 * Exact when the two are equal. Build it with the functions of this file, which keep must ⊆ may.
 *
 * @see docs/proof.md, "Bounds"
 */
export interface Bounds {
  /** Admitted whatever the unknown values turn out to be. */
  readonly must: CidrSet;
  /** Admitted for some values of what is unknown. */
  readonly may: CidrSet;
}

/** What a filter does to a packet; `unknown` is one of the other two, decided at apply. */
export type Effect = "allow" | "deny" | "unknown";

/** One entry of an ordered filter, cut down to one port and family. */
export interface OrderedEntry {
  readonly effect: Effect;
  /** False when it is not known that the entry exists or applies to the port and protocol. */
  readonly certain: boolean;
  /** The sources it matches; must ≠ may when the source is partly unknown. */
  readonly source: Bounds;
}

/** What is known for certain: must = may = the set. */
export function exactly(set: CidrSet): Bounds {
  return { must: set, may: set };
}

/** @throws RangeError when must is not within may, which would make every proof wrong */
export function boundsOf(must: CidrSet, may: CidrSet): Bounds {
  if (!may.covers(must)) {
    throw new RangeError("must has addresses that may has not");
  }
  return { must, may };
}

/** Nothing is known: must is empty, may is everything. A hop of unknown kind. */
export function unknownBounds(family: Family): Bounds {
  return { must: CidrSet.empty(family), may: CidrSet.all(family) };
}

/** Admits no address, for certain. */
export function nothing(family: Family): Bounds {
  return exactly(CidrSet.empty(family));
}

/** Admits every address, for certain. */
export function everything(family: Family): Bounds {
  return exactly(CidrSet.all(family));
}

/** What could be admitted, without any of it being sure: must is empty. */
export function mayOnly(bounds: Bounds): Bounds {
  return { must: CidrSet.empty(bounds.may.family), may: bounds.may };
}

/** Is nothing left open? */
export function isExact(bounds: Bounds): boolean {
  return bounds.must.equals(bounds.may);
}

/** Rules that each may let a packet in; {@link nothing} for an empty list. */
export function unionBounds(family: Family, list: readonly Bounds[]): Bounds {
  const [only, ...others] = list;
  if (only?.must.family === family && others.length === 0) {
    return only;
  }
  const must = CidrSet.unionAll(
    family,
    list.map((bounds) => bounds.must),
  );
  if (list.every((bounds) => bounds.may === bounds.must)) {
    return exactly(must);
  }
  const may = CidrSet.unionAll(
    family,
    list.map((bounds) => bounds.may),
  );
  return { must, may };
}

/** Hops in a row, which a packet must all pass; {@link everything} for an empty list. */
export function intersectBounds(family: Family, list: readonly Bounds[]): Bounds {
  const all = CidrSet.all(family);
  return {
    must: list.reduce((set, bounds) => set.intersect(bounds.must), all),
    may: list.reduce((set, bounds) => set.intersect(bounds.may), all),
  };
}

/** The addresses an entry matches whatever the unknown values are. */
function surelyMatched(entry: OrderedEntry): CidrSet {
  return entry.certain ? entry.source.must : CidrSet.empty(entry.source.must.family);
}

/** Collects what may be allowed and what may be denied; the two overlap where it is open. */
class Outcome {
  private readonly allowed: CidrSet[] = [];
  private readonly denied: CidrSet[] = [];

  constructor(private readonly family: Family) {}

  /** The packets of this set may meet this effect. */
  add(effect: Effect, set: CidrSet): void {
    if (effect !== "deny") {
      this.allowed.push(set);
    }
    if (effect !== "allow") {
      this.denied.push(set);
    }
  }

  /** Every address is in one of the lists, so what may not be denied may be allowed. */
  bounds(): Bounds {
    return {
      must: CidrSet.unionAll(this.family, this.denied).complement(),
      may: CidrSet.unionAll(this.family, this.allowed),
    };
  }
}

/**
 * An ordered list where the first entry that matches decides, as a network ACL.
 *
 * `surely` holds what earlier entries match for certain: no later entry sees it. What an entry may
 * match outside `surely` it may decide, and that goes to may (for an entry that may allow) and out
 * of must (for one that may deny). So must is what no reachable entry may deny. That is
 * docs/proof.md's rule with its sets *surely* and *perhaps*: a known allow gives must its source
 * without what an earlier entry might have denied, and may its source ∖ surely; an entry that can
 * only allow takes nothing from must; and an entry that surely matches hides all after it.
 *
 * Exact, address by address, when the unknowns of the entries are independent; sound when they
 * are not.
 */
export function orderedBounds(
  family: Family,
  entries: readonly OrderedEntry[],
  defaultEffect: Effect,
): Bounds {
  const outcome = new Outcome(family);
  let open = CidrSet.all(family);
  for (const entry of entries) {
    outcome.add(entry.effect, entry.source.may.intersect(open));
    open = open.minus(surelyMatched(entry));
  }
  outcome.add(defaultEffect, open);
  return outcome.bounds();
}

/**
 * A list whose order is only partly known: equal priorities, or a priority that apply decides.
 * Counts every order that `isBefore` leaves possible.
 *
 * `isBefore(a, b)` says that a is read before b in every order; it must be irreflexive and
 * transitive, as "a's highest possible priority number < b's lowest" is. An entry may decide what
 * it may match unless an entry that is before it *in every order* surely matches it: the order
 * that reads only those before it is one of those possible. So of a group without any order, a
 * piece is in must only if no entry of the group that may deny may match it, and in may if any
 * that may allow may match it. With a total order this equals {@link orderedBounds}.
 */
export function partlyOrderedBounds<T extends OrderedEntry>(
  family: Family,
  entries: readonly T[],
  isBefore: (earlier: T, later: T) => boolean,
  defaultEffect: Effect,
): Bounds {
  const outcome = new Outcome(family);
  for (const entry of entries) {
    const earlier = entries.filter((other) => other !== entry && isBefore(other, entry));
    const hidden = CidrSet.unionAll(family, earlier.map(surelyMatched));
    outcome.add(entry.effect, entry.source.may.minus(hidden));
  }
  const matched = CidrSet.unionAll(family, entries.map(surelyMatched));
  outcome.add(defaultEffect, matched.complement());
  return outcome.bounds();
}
