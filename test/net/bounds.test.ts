import fc from "fast-check";
import {
  boundsOf,
  everything,
  exactly,
  intersectBounds,
  isExact,
  mayOnly,
  nothing,
  type OrderedEntry,
  orderedBounds,
  unionBounds,
  unknownBounds,
} from "../../lib/net/bounds";
import { CidrSet } from "../../lib/net/cidr-set";
import { expectBounds, setOf, toyArb } from "./toy-entries";

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

  it("unite what is exact with what is not, and are exact if all of them are", () => {
    const known = exactly(setOf([0]));
    const open = mayOnly(exactly(setOf([1])));
    expectBounds(unionBounds(4, [known, open]), { must: [0], may: [0, 1] }, numbers);
    const { must, may } = unionBounds(4, [known, exactly(setOf([2]))]);
    expect(may).toBe(must);
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
