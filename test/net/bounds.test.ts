import fc from "fast-check";
import {
  type Bounds,
  boundsOf,
  type Effect,
  everything,
  exactly,
  intersectBounds,
  isExact,
  mayOnly,
  nothing,
  type OrderedEntry,
  orderedBounds,
  partlyOrderedBounds,
  unionBounds,
  unknownBounds,
} from "../../lib/net/bounds";
import { CidrSet } from "../../lib/net/cidr-set";

/** Sets of a few addresses from 0 on, as lists of numbers: small enough to try everything. */
type Few = readonly number[];

interface ToyEntry {
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

function setOf(few: Few): CidrSet {
  return CidrSet.ofIntervals(
    4,
    few.map((address) => ({ first: BigInt(address), last: BigInt(address) })),
  );
}

function fewOf(set: CidrSet, addresses: Few): Few {
  return addresses.filter((address) => set.has(BigInt(address)));
}

function entryOf(toy: ToyEntry): OrderedEntry & { readonly place: readonly [number, number] } {
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

const isBefore = (a: Pick<ToyEntry, "place">, b: Pick<ToyEntry, "place">) =>
  a.place[1] < b.place[0];

/** The orders in which no entry stands after one that it is known to precede. */
function ordersOf(toys: readonly ToyEntry[]): readonly (readonly number[])[] {
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
function enumerate(
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

const effectArb = fc.constantFrom<Effect>("allow", "deny", "unknown");

function toyArb(addresses: Few): fc.Arbitrary<ToyEntry> {
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

function expectBounds(bounds: Bounds, expected: { must: Few; may: Few }, addresses: Few): void {
  expect({ must: fewOf(bounds.must, addresses), may: fewOf(bounds.may, addresses) }).toEqual(
    expected,
  );
  expect(bounds.may.covers(bounds.must)).toBe(true);
}

describe("an ordered list", () => {
  it("is bounded exactly as by trying every completion", () => {
    const addresses = [0, 1, 2];
    const toys = fc.array(toyArb([0, 1]), { maxLength: 3 });
    fc.assert(
      fc.property(toys, effectArb, (entries, fallback) => {
        const order = [entries.map((_, index) => index)];
        const expected = enumerate(entries, order, fallback, addresses);
        const bounds = orderedBounds(4, entries.map(entryOf), fallback);
        expectBounds(bounds, expected, addresses);
      }),
      { numRuns: 300 },
    );
  });

  it("is bounded exactly also where many entries meet on one address", () => {
    const toys = fc.array(toyArb([0]), { maxLength: 5 });
    fc.assert(
      fc.property(toys, effectArb, (entries, fallback) => {
        const order = [entries.map((_, index) => index)];
        const expected = enumerate(entries, order, fallback, [0, 1]);
        expectBounds(orderedBounds(4, entries.map(entryOf), fallback), expected, [0, 1]);
      }),
      { numRuns: 200 },
    );
  });

  it("gets no wider when an uncertain entry turns out to be there or not", () => {
    const toys = fc.array(toyArb([0, 1, 2, 3, 4, 5]), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(toys, effectArb, fc.nat(), (entries, fallback, pick) => {
        const at = pick % entries.length;
        const open = entries.map((entry, i) => (i === at ? { ...entry, certain: false } : entry));
        const there = entries.map((entry, i) => (i === at ? { ...entry, certain: true } : entry));
        const loose = orderedBounds(4, open.map(entryOf), fallback);
        for (const known of [there, open.toSpliced(at, 1)]) {
          const tight = orderedBounds(4, known.map(entryOf), fallback);
          expect(tight.must.covers(loose.must)).toBe(true);
          expect(loose.may.covers(tight.may)).toBe(true);
        }
      }),
    );
  });

  it("without entries is its default", () => {
    expect(orderedBounds(4, [], "allow")).toEqual(everything(4));
    expect(orderedBounds(6, [], "deny")).toEqual(nothing(6));
    expect(orderedBounds(6, [], "unknown")).toEqual(unknownBounds(6));
  });
});

describe("the words of docs/proof.md on ordered lists", () => {
  const [low, high] = [setOf([0, 1]), setOf([1, 2])];
  const rule = (effect: Effect, set: CidrSet, certain = true): OrderedEntry => ({
    effect,
    certain,
    source: exactly(set),
  });
  const decide = (...entries: OrderedEntry[]) => {
    const bounds = orderedBounds(4, entries, "deny");
    return [fewOf(bounds.must, [0, 1, 2, 3]), fewOf(bounds.may, [0, 1, 2, 3])];
  };

  it("a known allow gives must and may its source", () => {
    expect(decide(rule("allow", low))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("a known deny before it takes from both", () => {
    expect(decide(rule("deny", high), rule("allow", low))).toEqual([[0], [0]]);
  });

  it("a deny after it takes nothing", () => {
    expect(decide(rule("allow", low), rule("deny", high))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("an uncertain deny takes from must alone", () => {
    expect(decide(rule("deny", high, false), rule("allow", low))).toEqual([[0], [0, 1]]);
  });

  it("an entry of unknown effect takes from must and adds to may", () => {
    expect(decide(rule("unknown", high), rule("allow", low))).toEqual([[0], [0, 1, 2]]);
  });

  it("an uncertain entry that can only allow takes nothing from must", () => {
    expect(decide(rule("allow", high, false), rule("allow", low))).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
  });

  it("an allow of unknown source gives may everything that is not decided", () => {
    const unknown = { effect: "allow", certain: true, source: unknownBounds(4) } as const;
    const bounds = orderedBounds(4, [rule("deny", high), unknown], "deny");
    expect(bounds.must.isEmpty).toBe(true);
    expect(bounds.may.equals(high.complement())).toBe(true);
  });
});

describe("a list whose order is partly known", () => {
  it("is bounded exactly as by trying every completion in every order", () => {
    const addresses = [0, 1, 2];
    const toys = fc.array(toyArb([0, 1]), { maxLength: 3 });
    fc.assert(
      fc.property(toys, effectArb, (entries, fallback) => {
        const expected = enumerate(entries, ordersOf(entries), fallback, addresses);
        const bounds = partlyOrderedBounds(4, entries.map(entryOf), isBefore, fallback);
        expectBounds(bounds, expected, addresses);
      }),
      { numRuns: 200 },
    );
  });

  it("is bounded exactly also where many entries meet on one address", () => {
    const toys = fc.array(toyArb([0]), { maxLength: 4 });
    fc.assert(
      fc.property(toys, effectArb, (entries, fallback) => {
        const expected = enumerate(entries, ordersOf(entries), fallback, [0, 1]);
        const bounds = partlyOrderedBounds(4, entries.map(entryOf), isBefore, fallback);
        expectBounds(bounds, expected, [0, 1]);
      }),
      { numRuns: 200 },
    );
  });

  it("is an ordered list when the order is total", () => {
    const toys = fc.array(toyArb([0, 1, 2, 3]), { maxLength: 7 });
    fc.assert(
      fc.property(toys, effectArb, (list, fallback) => {
        const entries = list.map((toy, index) => entryOf({ ...toy, place: [index, index] }));
        const partly = partlyOrderedBounds(4, entries, isBefore, fallback);
        const fully = orderedBounds(4, entries, fallback);
        expect(partly.must.equals(fully.must) && partly.may.equals(fully.may)).toBe(true);
      }),
    );
  });

  it("lets an entry be read before itself by mistake without hiding itself", () => {
    const entry: OrderedEntry = { effect: "allow", certain: true, source: exactly(setOf([0])) };
    const bounds = partlyOrderedBounds(4, [entry], () => true, "deny");
    expect(fewOf(bounds.must, [0, 1])).toEqual([0]);
  });
});

describe("bounds", () => {
  const pairArb = toyArb([0, 1, 2, 3]).map(({ must, may }) => ({ must, may }));
  const numbers = [0, 1, 2, 3, 4];

  it("unite must with must and may with may", () => {
    fc.assert(
      fc.property(fc.array(pairArb, { maxLength: 4 }), (pairs) => {
        const list = pairs.map(({ must, may }) => boundsOf(setOf(must), setOf(may)));
        expectBounds(
          unionBounds(4, list),
          {
            must: numbers.filter((n) => pairs.some(({ must }) => must.includes(n))),
            may: numbers.filter((n) => pairs.some(({ may }) => may.includes(n))),
          },
          numbers,
        );
      }),
    );
  });

  it("intersect must with must and may with may", () => {
    fc.assert(
      fc.property(fc.array(pairArb, { maxLength: 4 }), (pairs) => {
        const list = pairs.map(({ must, may }) => boundsOf(setOf(must), setOf(may)));
        expectBounds(
          intersectBounds(4, list),
          {
            must: numbers.filter((n) => pairs.every(({ must }) => must.includes(n))),
            may: numbers.filter((n) => pairs.every(({ may }) => may.includes(n))),
          },
          numbers,
        );
      }),
    );
  });

  it("of no rule admit nothing and of no hop everything", () => {
    expect(unionBounds(6, [])).toEqual(nothing(6));
    expect(intersectBounds(6, [])).toEqual(everything(6));
    expect(nothing(4).may.isEmpty).toBe(true);
    expect(everything(4).must.equals(CidrSet.all(4))).toBe(true);
  });

  it("of what is unknown reach from nothing to everything", () => {
    const unknown = unknownBounds(6);
    expect(unknown.must.equals(CidrSet.empty(6))).toBe(true);
    expect(unknown.may.equals(CidrSet.all(6))).toBe(true);
    expect(isExact(unknown)).toBe(false);
    expect(isExact(everything(6))).toBe(true);
  });

  it("lose what is sure when a filter above TCP stands before them", () => {
    const weakened = mayOnly(boundsOf(setOf([1]), setOf([1, 2])));
    expectBounds(weakened, { must: [], may: [1, 2] }, numbers);
    expect(weakened.must.family).toBe(4);
  });

  it("refuse a must that leaves may", () => {
    expect(() => boundsOf(setOf([1, 2]), setOf([1]))).toThrow(
      new RangeError("must has addresses that may has not"),
    );
    expect(boundsOf(setOf([1]), setOf([1, 2])).must.count).toBe(1n);
  });

  it("never mix families", () => {
    expect(() => unionBounds(4, [everything(6)])).toThrow(TypeError);
    expect(() => intersectBounds(4, [everything(6)])).toThrow(TypeError);
    const entry: OrderedEntry = { effect: "allow", certain: true, source: everything(6) };
    expect(() => orderedBounds(4, [entry], "deny")).toThrow(TypeError);
  });
});
