import fc from "fast-check";
import { lastAddressOf } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";
import { flagsOf, TOY_SIZE, type Toy, type Twin, toyArb, twinArb } from "./arbitraries";

const one = toyArb.chain((toy) => fc.tuple(fc.constant(toy), twinArb(toy)));
const two = toyArb.chain((toy) => fc.tuple(fc.constant(toy), twinArb(toy), twinArb(toy)));
const three = toyArb.chain((toy) =>
  fc.tuple(fc.constant(toy), twinArb(toy), twinArb(toy), twinArb(toy)),
);
const many = toyArb.chain((toy) =>
  fc.tuple(fc.constant(toy), fc.array(twinArb(toy), { maxLength: 6 })),
);

/** Sorted, disjoint, not adjacent and inside the space: what every result must be. */
function expectCanonical(result: CidrSet): void {
  let before = -2n;
  for (const { first, last } of result.intervals) {
    expect(first).toBeGreaterThan(before + 1n);
    expect(last).toBeGreaterThanOrEqual(first);
    before = last;
  }
  expect(before).toBeLessThanOrEqual(lastAddressOf(result.family));
}

/** The result has exactly the flagged addresses of the window, and nothing outside it. */
function expectFlags(toy: Toy, result: CidrSet, flags: readonly boolean[]): void {
  expectCanonical(result);
  expect(flagsOf(toy, result)).toEqual(flags);
  expect(result.count).toBe(BigInt(flags.filter((flag) => flag).length));
}

function zip(left: Twin, right: Twin, rule: (a: boolean, b: boolean) => boolean) {
  return left.flags.map((flag, index) => rule(flag, right.flags[index] ?? false));
}

describe("a set against one flag for each address", () => {
  it("holds what it was made of", () => {
    fc.assert(fc.property(one, ([toy, a]) => expectFlags(toy, a.set, a.flags)));
  });

  it("unites", () => {
    fc.assert(
      fc.property(two, ([toy, a, b]) =>
        expectFlags(
          toy,
          a.set.union(b.set),
          zip(a, b, (x, y) => x || y),
        ),
      ),
    );
  });

  it("intersects", () => {
    fc.assert(
      fc.property(two, ([toy, a, b]) =>
        expectFlags(
          toy,
          a.set.intersect(b.set),
          zip(a, b, (x, y) => x && y),
        ),
      ),
    );
  });

  it("subtracts", () => {
    fc.assert(
      fc.property(two, ([toy, a, b]) =>
        expectFlags(
          toy,
          a.set.minus(b.set),
          zip(a, b, (x, y) => x && !y),
        ),
      ),
    );
  });

  it("complements, within the whole family", () => {
    fc.assert(
      fc.property(one, ([toy, a]) => {
        const rest = a.set.complement();
        expectCanonical(rest);
        expect(flagsOf(toy, rest)).toEqual(a.flags.map((flag) => !flag));
        expect(rest.count + a.set.count).toBe(lastAddressOf(toy.family) + 1n);
        const outside = toy.base === 0n ? BigInt(TOY_SIZE) : toy.base - 1n;
        expect(rest.has(outside)).toBe(true);
      }),
    );
  });

  it("unites many as it unites two by two", () => {
    fc.assert(
      fc.property(many, ([toy, twins]) => {
        const sets = twins.map((twin) => twin.set);
        const all = CidrSet.unionAll(toy.family, sets);
        const stepwise = sets.reduce((sum, next) => sum.union(next), CidrSet.empty(toy.family));
        expectCanonical(all);
        expect(all.intervals).toEqual(stepwise.intervals);
      }),
    );
  });

  it("covers exactly when nothing is left over, and equals when both cover", () => {
    fc.assert(
      fc.property(two, ([, a, b]) => {
        const covers = b.flags.every((flag, index) => !flag || a.flags[index] === true);
        expect(a.set.covers(b.set)).toBe(covers);
        expect(b.set.minus(a.set).isEmpty).toBe(covers);
        expect(a.set.equals(b.set)).toBe(covers && b.set.covers(a.set));
      }),
    );
  });

  it("names its lowest address, which is in it", () => {
    fc.assert(
      fc.property(one, ([toy, a]) => {
        const index = a.flags.indexOf(true);
        const lowest = a.set.lowest();
        expect(lowest).toBe(index < 0 ? undefined : toy.base + BigInt(index));
        expect(lowest === undefined).toBe(a.set.isEmpty);
        expect(lowest === undefined || a.set.has(lowest)).toBe(true);
      }),
    );
  });

  it("has one form: the order in which it was built leaves no trace", () => {
    fc.assert(
      fc.property(one, fc.infiniteStream(fc.nat()), ([toy, a], picks) => {
        const singles = a.flags.flatMap((flag, index) =>
          flag ? [{ first: toy.base + BigInt(index), last: toy.base + BigInt(index) }] : [],
        );
        const shuffled = singles
          .map((single) => ({ single, key: picks.next().value ?? 0 }))
          .sort((left, right) => left.key - right.key)
          .map(({ single }) => single);
        const rebuilt = CidrSet.ofIntervals(toy.family, shuffled);
        expect(rebuilt.intervals).toEqual(a.set.intervals);
        expect(rebuilt.equals(a.set)).toBe(true);
      }),
    );
  });
});

describe("the laws of sets", () => {
  it("hold for three sets", () => {
    fc.assert(
      fc.property(three, ([toy, { set: a }, { set: b }, { set: c }]) => {
        const same = (left: CidrSet, right: CidrSet) =>
          expect(left.intervals).toEqual(right.intervals);
        same(a.union(b), b.union(a));
        same(a.intersect(b), b.intersect(a));
        same(a.union(b).union(c), a.union(b.union(c)));
        same(a.intersect(b).intersect(c), a.intersect(b.intersect(c)));
        same(a.intersect(b.union(c)), a.intersect(b).union(a.intersect(c)));
        same(a.union(b).complement(), a.complement().intersect(b.complement()));
        same(a.intersect(b).complement(), a.complement().union(b.complement()));
        same(a.minus(b), a.intersect(b.complement()));
        same(a.complement().complement(), a);
        same(a.union(a), a);
        same(a.intersect(a.complement()), CidrSet.empty(toy.family));
        same(a.union(a.complement()), CidrSet.all(toy.family));
      }),
    );
  });
});
