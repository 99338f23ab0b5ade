import fc from "fast-check";
import {
  ALL_PORTS,
  CLIENT_PORTS,
  contains,
  lowestMissingPort,
  overlaps,
  type PortRange,
  parsePortRange,
  portRange,
} from "../../lib/net/port-range";

const rangeArb: fc.Arbitrary<PortRange> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

function portsOf({ from, to }: PortRange): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe("a port range", () => {
  it.each([
    ["443", { from: 443, to: 443 }],
    ["0", { from: 0, to: 0 }],
    ["65535", { from: 65535, to: 65535 }],
    ["0-65535", { from: 0, to: 65535 }],
    ["1024-65535", { from: 1024, to: 65535 }],
    ["80-80", { from: 80, to: 80 }],
    ["10000-10001", { from: 10000, to: 10001 }],
  ])("is read from %s", (text, value) => {
    expect(parsePortRange(text)).toEqual({ ok: true, value });
  });

  const shape = "is not a port or port range; write it as 443 or 1024-65535";
  const end = "has an end that is not a port; a port is 0 to 65535";
  it.each([
    ["", end],
    ["-", end],
    ["-1", end],
    ["80-", end],
    ["65536", end],
    ["0-65536", end],
    ["99999", end],
    ["123456", end],
    ["080", end],
    ["00", end],
    ["+80", end],
    ["80 ", end],
    [" 80", end],
    ["80 - 90", end],
    ["http", end],
    ["x80", end],
    ["80x", end],
    ["8e1", end],
    ["0x50", end],
    ["٨٠", end],
    ["1-2-3", shape],
    ["--", shape],
    ["10000-65535x", shape],
    ["1".repeat(100_000), shape],
    ["90-80", 'is upside down; did you mean "80-90"?'],
  ])("is refused as %j", (text, problem) => {
    expect(parsePortRange(text)).toEqual({ ok: false, problem });
  });

  it("is made of ports in order", () => {
    expect(portRange(80)).toEqual({ from: 80, to: 80 });
    expect(portRange(0, 65535)).toEqual(ALL_PORTS);
    expect(CLIENT_PORTS).toEqual({ from: 1024, to: 65535 });
    for (const [from, to] of [
      [-1, 0],
      [0, 65536],
      [2, 1],
      [0.5, 1],
      [0, Number.NaN],
    ] as const) {
      expect(() => portRange(from, to)).toThrow(
        new RangeError(`not a port range: ${from} to ${to}`),
      );
    }
  });

  it("contains a port, or a range, when it has every port of it", () => {
    fc.assert(
      fc.property(rangeArb, rangeArb, fc.integer({ min: 0, max: 31 }), (range, wanted, port) => {
        const ports = portsOf(range);
        expect(contains(range, port)).toBe(ports.includes(port));
        expect(contains(range, wanted)).toBe(portsOf(wanted).every((one) => ports.includes(one)));
      }),
    );
  });

  it("overlaps another when they share a port", () => {
    fc.assert(
      fc.property(rangeArb, rangeArb, (left, right) => {
        const shared = portsOf(left).some((port) => portsOf(right).includes(port));
        expect(overlaps(left, right)).toBe(shared);
      }),
    );
  });

  it("misses the lowest port that no range of a list has", () => {
    fc.assert(
      fc.property(fc.array(rangeArb, { maxLength: 5 }), rangeArb, (ranges, wanted) => {
        const held = ranges.flatMap(portsOf);
        const missing = portsOf(wanted).find((port) => !held.includes(port));
        expect(lowestMissingPort(ranges, wanted)).toBe(missing);
      }),
      { numRuns: 500 },
    );
  });

  it("that ends at 65535 leaves none missing above", () => {
    expect(lowestMissingPort([portRange(1024, 65535)], CLIENT_PORTS)).toBeUndefined();
    expect(lowestMissingPort([portRange(1024, 65534)], CLIENT_PORTS)).toBe(65535);
    expect(lowestMissingPort([], CLIENT_PORTS)).toBe(1024);
  });
});
