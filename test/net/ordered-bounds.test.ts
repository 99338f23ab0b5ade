import fc from "fast-check";
import {
  type Effect,
  everything,
  exactly,
  nothing,
  type OrderedEntry,
  orderedBounds,
  partlyOrderedBounds,
  unknownBounds,
} from "../../lib/net/bounds";
import type { CidrSet } from "../../lib/net/cidr-set";
import {
  effectArb,
  entryOf,
  enumerate,
  expectBounds,
  fewOf,
  isBefore,
  ordersOf,
  setOf,
  toyArb,
} from "./toy-entries";

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
