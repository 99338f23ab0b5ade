import { isIP } from "node:net";
import fc from "fast-check";
import {
  addressOf,
  cidrAround,
  formatAddress,
  lastAddressOf,
  parseAddress,
  parseCidr,
  parseCidrLoose,
  widthOf,
} from "../../lib/net/cidr";
import { addressArb } from "./arbitraries";
import invalid from "./corpus/invalid.json";
import valid from "./corpus/valid.json";

/** One line of corpus/invalid.json: `loose` is what a provider makes of the text. */
interface Invalid {
  readonly text: string;
  readonly problem: string;
  readonly loose?: string;
}

const MAPPED = 0xffff00000000n;

function isMapped(family: number, value: bigint): boolean {
  return family === 6 && value >> 32n === 0xffffn;
}

describe("the corpus of valid ranges", () => {
  it("has at least 60 texts", () => {
    expect(valid.length).toBeGreaterThanOrEqual(60);
  });

  it.each(valid)("reads $text as $cidr", ({ text, cidr, first, last }) => {
    const family = text.includes(":") ? 6 : 4;
    const prefix = Number(text.slice(text.indexOf("/") + 1));
    const value = { family, first: BigInt(first), last: BigInt(last), prefix, text: cidr };
    expect(parseCidr(text)).toEqual({ ok: true, value });
    expect(parseCidrLoose(text)).toEqual({ ok: true, value });
    expect(parseCidr(cidr)).toEqual({ ok: true, value });
  });
});

describe("the corpus of invalid ranges", () => {
  it("has at least 60 texts", () => {
    expect(invalid.length).toBeGreaterThanOrEqual(60);
  });

  it.each(invalid as readonly Invalid[])(
    "refuses $text: it $problem",
    ({ text, problem, loose }) => {
      const strict = parseCidr(text);
      expect(strict).toEqual({ ok: false, problem: expect.stringContaining(problem) });
      const lax = parseCidrLoose(text);
      if (loose === undefined) {
        expect(lax).toEqual(strict);
      } else {
        expect(lax).toEqual(parseCidr(loose));
        expect(lax.ok && lax.value.text).toBe(loose);
      }
    },
  );
});

describe("an address", () => {
  it("is read back from its canonical text", () => {
    fc.assert(
      fc.property(addressArb, ({ family, value }) => {
        const text = formatAddress(family, value);
        expect(parseAddress(text)).toEqual({ ok: true, value: { family, value, text } });
        expect(parseAddress(text.toUpperCase())).toEqual(parseAddress(text));
        expect(addressOf(family, value)).toEqual({ family, value, text });
      }),
    );
  });

  it("of IPv6 is written as a browser writes it", () => {
    const groups = fc.array(fc.constantFrom(0, 0, 0, 1, 0xab, 0xffff), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(groups, (parts) => {
        const value = parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
        fc.pre(!isMapped(6, value));
        const full = parts.map((part) => part.toString(16).padStart(4, "0")).join(":");
        expect(`[${formatAddress(6, value)}]`).toBe(new URL(`http://[${full}]`).hostname);
      }),
      { numRuns: 500 },
    );
  });

  it("is valid exactly where Node says so", () => {
    const piece = fc.constantFrom(
      "0",
      "1",
      "255",
      "256",
      "01",
      "ffff",
      "f",
      "10000",
      "",
      ":",
      "::",
      ".",
    );
    const joined = fc
      .tuple(fc.array(piece, { maxLength: 9 }), fc.constantFrom(":", ".", ""))
      .map(([pieces, glue]) => pieces.join(glue));
    const tailed = fc.tuple(joined, fc.constantFrom("", "1.2.3.4", ":1.2.3.4", "::1.2.3.4"));
    fc.assert(
      fc.property(
        tailed.map(([head, tail]) => head + tail),
        (text) => {
          const parsed = parseAddress(text);
          expect(parsed.ok ? parsed.value.family : 0).toBe(text.length > 64 ? 0 : isIP(text));
          if (parsed.ok && parsed.value.family === 6 && !isMapped(6, parsed.value.value)) {
            expect(`[${parsed.value.text}]`).toBe(new URL(`http://[${text}]`).hostname);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("that is IPv4-mapped stays IPv6", () => {
    const value = MAPPED + 0xc0000201n;
    const text = "::ffff:192.0.2.1";
    for (const form of [text, "::ffff:c000:201", "0:0:0:0:0:FFFF:192.0.2.1"]) {
      expect(parseAddress(form)).toEqual({ ok: true, value: { family: 6, value, text } });
    }
    expect(formatAddress(6, MAPPED - 1n)).toBe("::fffe:ffff:ffff");
    expect(formatAddress(6, MAPPED + (1n << 32n))).toBe("::1:0:0:0");
  });

  it.each([
    ["198.51.100.7/32", "has a prefix length; give a single address"],
    ["2001:db8::/32", "has a prefix length; give a single address"],
    ["", "is empty; give an address range such as 198.51.100.0/24"],
    ["198.51.100.7 ", "has spaces or characters outside ASCII; remove them"],
    ["fe80::1%eth0", "has a zone id; remove the % and what follows it"],
    ["1".repeat(65), "is longer than 64 characters; give a single address range"],
    ["198.51.100", "is not an IP address; write four decimal parts, as 198.51.100.7"],
    ["198.51.100.256", "has a part over 255; each of the four parts is 0 to 255"],
    [
      "198.51.100.07",
      "has a part with a leading zero, which some readers take as octal; remove the zero",
    ],
    [
      "2001:db8::g",
      "is not an IP address; write IPv6 as eight groups of hex digits, or fewer with ::",
    ],
  ])("is refused as %j: it %s", (text, problem) => {
    expect(parseAddress(text)).toEqual({ ok: false, problem });
  });

  it.each([
    [4, 0n, "0.0.0.0"],
    [4, 1n, "0.0.0.1"],
    [4, 0x01020304n, "1.2.3.4"],
    [4, 0xffffffffn, "255.255.255.255"],
    [6, 0n, "::"],
    [6, 1n, "::1"],
    [6, (1n << 128n) - 1n, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ] as const)("of IPv%i %s is %s", (family, value, text) => {
    expect(formatAddress(family, value)).toBe(text);
  });

  it("outside its family's space has no text", () => {
    expect(() => formatAddress(4, -1n)).toThrow(new RangeError("not an IPv4 address: -1"));
    expect(() => formatAddress(4, 1n << 32n)).toThrow(RangeError);
    expect(() => formatAddress(6, 1n << 128n)).toThrow(/not an IPv6 address/);
    expect(() => addressOf(6, -1n)).toThrow(RangeError);
  });
});

describe("a block around an address", () => {
  it("holds it, has the prefix's size and is what the loose reader finds", () => {
    fc.assert(
      fc.property(addressArb, fc.nat(), ({ family, value }, pick) => {
        const prefix = pick % (widthOf(family) + 1);
        const block = cidrAround(family, value, prefix);
        expect(block.first <= value && value <= block.last).toBe(true);
        expect(block.last - block.first + 1n).toBe(1n << BigInt(widthOf(family) - prefix));
        expect(block.first % (block.last - block.first + 1n)).toBe(0n);
        fc.pre(prefix < 96 || !isMapped(family, block.first));
        expect(parseCidrLoose(`${formatAddress(family, value)}/${prefix}`)).toEqual({
          ok: true,
          value: block,
        });
        expect(parseCidr(block.text)).toEqual({ ok: true, value: block });
      }),
    );
  });

  it.each([-1, 33, 0.5, Number.NaN])("has no IPv4 prefix %d", (prefix) => {
    expect(() => cidrAround(4, 0n, prefix)).toThrow(
      new RangeError(`not an IPv4 prefix length: ${prefix}`),
    );
  });

  it("has up to 128 bits of IPv6 prefix", () => {
    expect(cidrAround(6, 1n, 128).text).toBe("::1/128");
    expect(() => cidrAround(6, 1n, 129)).toThrow(RangeError);
  });
});

describe("hostile text", () => {
  it("never makes a reader throw, nor comes back in the problem", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("0", "1", "f", ":", ".", "/", "%", "-", " ") }),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        for (const parse of [parseCidr, parseCidrLoose, parseAddress]) {
          const parsed = parse(`${hostile}<script>`);
          expect(parsed.ok).toBe(false);
          expect(parsed.ok || parsed.problem).not.toContain("<script>");
          expect(typeof parse(hostile).ok).toBe("boolean");
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("of a million characters costs no time", () => {
    const start = performance.now();
    expect(parseCidr(":0".repeat(500_000)).ok).toBe(false);
    expect(performance.now() - start).toBeLessThan(50);
  });
});

describe("a family", () => {
  it("has its width and its last address", () => {
    expect([widthOf(4), widthOf(6)]).toEqual([32, 128]);
    expect(lastAddressOf(4)).toBe(0xffffffffn);
    expect(lastAddressOf(6)).toBe((1n << 128n) - 1n);
  });
});
