import fc from "fast-check";
import { type Bounds, boundsOf, type Effect, type OrderedEntry } from "../../lib/net/bounds";
import { CidrSet } from "../../lib/net/cidr-set";

/** Sets of a few addresses from 0 on, as lists of numbers: small enough to try everything. */
export type Few = readonly number[];

export interface ToyEntry {
  readonly effect: Effect;
  readonly certain: boolean;
  readonly must: Few;
  readonly may: Few;
  /** The lowest and the highest place in the order that it may have. */
  readonly place: readonly [number, number];
}

interface Rule {
  readonly allows: boolean;
  readonly matches: Few;
}

export function setOf(few: Few): CidrSet {
  return CidrSet.ofIntervals(
    4,
    few.map((address) => ({ first: BigInt(address), last: BigInt(address) })),
  );
}

export function fewOf(set: CidrSet, addresses: Few): Few {
  return addresses.filter((address) => set.has(BigInt(address)));
}

export function entryOf(
  toy: ToyEntry,
): OrderedEntry & { readonly place: readonly [number, number] } {
  const source = boundsOf(setOf(toy.must), setOf(toy.may));
  return { effect: toy.effect, certain: toy.certain, source, place: toy.place };
}

/** Every list that lies between the two. */
function between(must: Few, may: Few): readonly Few[] {
  return may
    .filter((address) => !must.includes(address))
    .reduce<readonly Few[]>(
      (lists, address) => lists.flatMap((list) => [list, [...list, address]]),
      [must],
    );
}

/** Everything an entry may turn out to be; `undefined` is an entry that is not there. */
function completionsOf(toy: ToyEntry): readonly (Rule | undefined)[] {
  const effects = toy.effect === "unknown" ? [true, false] : [toy.effect === "allow"];
  const rules = effects.flatMap((allows) =>
    between(toy.must, toy.may).map((matches) => ({ allows, matches })),
  );
  return toy.certain ? rules : [...rules, undefined];
}

function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (heads, list) => heads.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}

function permutations(size: number): readonly (readonly number[])[] {
  return size === 0
    ? [[]]
    : permutations(size - 1).flatMap((shorter) =>
        Array.from({ length: size }, (_, at) => shorter.toSpliced(at, 0, size - 1)),
      );
}

export const isBefore = (a: Pick<ToyEntry, "place">, b: Pick<ToyEntry, "place">) =>
  a.place[1] < b.place[0];

/** The orders in which no entry stands after one that it is known to precede. */
export function ordersOf(toys: readonly ToyEntry[]): readonly (readonly number[])[] {
  return permutations(toys.length).filter((order) =>
    order.every((index, at) =>
      order.slice(0, at).every((earlier) => {
        const [first, second] = [toys[index], toys[earlier]];
        return first === undefined || second === undefined || !isBefore(first, second);
      }),
    ),
  );
}

/** By brute force: what every completion in every order admits, and what any of them admits. */
export function enumerate(
  toys: readonly ToyEntry[],
  orders: readonly (readonly number[])[],
  defaultEffect: Effect,
  addresses: Few,
): { must: Few; may: Few } {
  const outcomes = new Map(addresses.map((address) => [address, new Set<boolean>()]));
  const defaults = defaultEffect === "unknown" ? [true, false] : [defaultEffect === "allow"];
  for (const rules of product(toys.map(completionsOf))) {
    for (const order of orders) {
      for (const address of addresses) {
        const index = order.find((at) => rules[at]?.matches.includes(address) === true);
        for (const fallback of defaults) {
          outcomes
            .get(address)
            ?.add(index === undefined ? fallback : rules[index]?.allows === true);
        }
      }
    }
  }
  return {
    must: addresses.filter((address) => outcomes.get(address)?.has(false) === false),
    may: addresses.filter((address) => outcomes.get(address)?.has(true) === true),
  };
}

export const effectArb = fc.constantFrom<Effect>("allow", "deny", "unknown");

export function toyArb(addresses: Few): fc.Arbitrary<ToyEntry> {
  return fc
    .record({
      effect: effectArb,
      certain: fc.boolean(),
      may: fc.subarray([...addresses]),
      keep: fc.array(fc.boolean(), { minLength: addresses.length, maxLength: addresses.length }),
      low: fc.integer({ min: 0, max: 3 }),
      spread: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ effect, certain, may, keep, low, spread }) => ({
      effect,
      certain,
      may,
      must: may.filter((_, index) => keep[index] === true),
      place: [low, low + spread] as const,
    }));
}

export function expectBounds(
  bounds: Bounds,
  expected: { must: Few; may: Few },
  addresses: Few,
): void {
  expect({ must: fewOf(bounds.must, addresses), may: fewOf(bounds.may, addresses) }).toEqual(
    expected,
  );
  expect(bounds.may.covers(bounds.must)).toBe(true);
}
