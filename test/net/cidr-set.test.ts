import fc from "fast-check";
import { lastAddressOf } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";
import { addressArb, cidrs, set, toyArb, twinArb } from "./arbitraries";

const one = toyArb.chain((toy) => fc.tuple(fc.constant(toy), twinArb(toy)));

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

describe("the union of a list", () => {
  it("of one set is that set, and of several a new one", () => {
    const [one, other] = [set(4, "198.51.100.0/24"), set(4, "192.0.2.0/24")];
    expect(CidrSet.unionAll(4, [one])).toBe(one);
    expect(CidrSet.unionAll(4, [one, other]).equals(one.union(other))).toBe(true);
    expect(CidrSet.unionAll(4, []).isEmpty).toBe(true);
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
