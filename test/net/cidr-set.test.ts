import fc from "fast-check";
import { type Family, lastAddressOf, parseCidr } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";
import { addressArb, flagsOf, TOY_SIZE, type Toy, type Twin, toyArb, twinArb } from "./arbitraries";

const one = toyArb.chain((toy) => fc.tuple(fc.constant(toy), twinArb(toy)));
const two = toyArb.chain((toy) => fc.tuple(fc.constant(toy), twinArb(toy), twinArb(toy)));
const three = toyArb.chain((toy) =>
  fc.tuple(fc.constant(toy), twinArb(toy), twinArb(toy), twinArb(toy)),
);
const many = toyArb.chain((toy) =>
  fc.tuple(fc.constant(toy), fc.array(twinArb(toy), { maxLength: 6 })),
);

function cidrs(...texts: readonly string[]) {
  return texts.map((text) => {
    const parsed = parseCidr(text);
    if (!parsed.ok) {
      throw new Error(`${text} ${parsed.problem}`);
    }
    return parsed.value;
  });
}

function set(family: Family, ...texts: readonly string[]): CidrSet {
  return CidrSet.of(family, cidrs(...texts));
}

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

describe("CIDR lists", () => {
  it("read back as the same set, ascending and as short as can be", () => {
    fc.assert(
      fc.property(one, ([toy, a]) => {
        const blocks = cidrs(...a.set.toCidrs());
        expect(CidrSet.of(toy.family, blocks).intervals).toEqual(a.set.intervals);
        for (const [index, block] of blocks.entries()) {
          const next = blocks[index + 1];
          expect(next === undefined || next.first > block.last).toBe(true);
          const size = block.last - block.first + 1n;
          const parent = block.first - (block.first % (2n * size));
          const whole = CidrSet.ofIntervals(toy.family, [
            { first: parent, last: parent + 2n * size - 1n },
          ]);
          expect(a.set.covers(whole)).toBe(false);
        }
      }),
    );
  });

  it.each([
    [4, ["0.0.0.0/0"], ["0.0.0.0/0"]],
    [6, ["::/0"], ["::/0"]],
    [4, ["0.0.0.0/1", "128.0.0.0/1"], ["0.0.0.0/0"]],
    [6, ["8000::/1", "::/1"], ["::/0"]],
    [4, ["104.24.0.0/14", "104.16.0.0/13"], ["104.16.0.0/13", "104.24.0.0/14"]],
    [4, ["10.0.0.0/24", "10.0.1.0/24"], ["10.0.0.0/23"]],
    [4, ["10.0.1.0/24", "10.0.2.0/24"], ["10.0.1.0/24", "10.0.2.0/24"]],
    [4, ["255.255.255.255/32", "0.0.0.0/32"], ["0.0.0.0/32", "255.255.255.255/32"]],
    [6, ["2001:db8::/32", "2001:db8::/48"], ["2001:db8::/32"]],
  ] as const)("of IPv%i %j are %j", (family, texts, expected) => {
    expect(set(family, ...texts).toCidrs()).toEqual(expected);
  });

  it("of everyone but one address name every block on the way", () => {
    const rest = set(4, "0.0.0.0/32").complement().toCidrs();
    expect(rest).toHaveLength(32);
    expect(rest[0]).toBe("0.0.0.1/32");
    expect(rest[31]).toBe("128.0.0.0/1");
    expect(
      set(6, `${"ffff:".repeat(7)}ffff/128`)
        .complement()
        .toCidrs(),
    ).toHaveLength(128);
  });

  it("may hold IPv4-mapped blocks, which are printed as such", () => {
    const mapped = { first: 0xffff00000000n, last: 0xffffffffffffn };
    expect(CidrSet.ofIntervals(6, [mapped]).toCidrs()).toEqual(["::ffff:0.0.0.0/96"]);
  });
});

describe("the ends of the address space", () => {
  it.each([4, 6] as const)("of IPv%i are in the full set and not in the empty one", (family) => {
    const all = CidrSet.all(family);
    const last = lastAddressOf(family);
    expect(all.family).toBe(family);
    expect([all.has(0n), all.has(last)]).toEqual([true, true]);
    expect([all.has(-1n), all.has(last + 1n)]).toEqual([false, false]);
    expect(all.count).toBe(last + 1n);
    expect(all.isEmpty).toBe(false);
    expect(all.complement().isEmpty).toBe(true);
    const empty = CidrSet.empty(family);
    expect(empty.isEmpty).toBe(true);
    expect(empty.has(0n)).toBe(false);
    expect(empty.count).toBe(0n);
    expect(empty.lowest()).toBeUndefined();
    expect(empty.toCidrs()).toEqual([]);
    expect(empty.complement().equals(all)).toBe(true);
    expect(all.covers(empty)).toBe(true);
    expect(empty.covers(empty)).toBe(true);
    expect(empty.covers(all)).toBe(false);
  });

  it("are kept by the complement of what lies between them", () => {
    const ends = set(4, "0.0.0.0/32", "255.255.255.255/32");
    expect(ends.complement().intervals).toEqual([{ first: 1n, last: 0xfffffffen }]);
    expect(ends.complement().complement().equals(ends)).toBe(true);
  });

  it("are found by a search among many intervals", () => {
    fc.assert(
      fc.property(fc.uniqueArray(addressArb, { minLength: 1, maxLength: 40 }), (addresses) => {
        for (const family of [4, 6] as const) {
          const values = addresses.filter((a) => a.family === family).map((a) => a.value);
          const found = CidrSet.ofIntervals(
            family,
            values.map((value) => ({ first: value, last: value })),
          );
          for (const value of values) {
            expect(found.has(value)).toBe(true);
            expect(found.has(value + 1n)).toBe(values.includes(value + 1n));
          }
        }
      }),
    );
  });
});

describe("misuse", () => {
  it("of a block of the other family is refused", () => {
    expect(() => set(4, "2001:db8::/32")).toThrow(
      new TypeError("an IPv4 set can't be combined with IPv6"),
    );
    expect(() => set(6, "198.51.100.0/24")).toThrow(TypeError);
  });

  it("of a set of the other family is refused by every operation", () => {
    const [four, six] = [CidrSet.all(4), CidrSet.all(6)];
    expect(() => four.union(six)).toThrow(TypeError);
    expect(() => four.intersect(six)).toThrow(TypeError);
    expect(() => four.minus(six)).toThrow(TypeError);
    expect(() => four.covers(six)).toThrow(TypeError);
    expect(() => CidrSet.unionAll(4, [four, six])).toThrow(TypeError);
    expect(CidrSet.empty(4).equals(CidrSet.empty(6))).toBe(false);
  });

  it.each([
    [4, { first: -1n, last: 0n }],
    [4, { first: 2n, last: 1n }],
    [4, { first: 0n, last: 1n << 32n }],
    [6, { first: 0n, last: 1n << 128n }],
  ] as const)("of an IPv%i interval that is none is refused", (family, interval) => {
    expect(() => CidrSet.ofIntervals(family, [interval])).toThrow(RangeError);
    expect(() => CidrSet.ofIntervals(family, [interval])).toThrow(/not an IPv[46] interval: /);
  });
});
