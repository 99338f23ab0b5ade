import { createHash } from "node:crypto";
import { edgeRanges, rangeListText } from "../../lib/edge/ranges";
import pinned from "../../lib/edge/ranges.pinned.json";
import { type Cidr, parseCidr } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";
import { globallyReachable } from "../../lib/net/special-purpose";

/** As Cloudflare publishes them, in its order. */
const PUBLISHED = {
  4: [
    ...["173.245.48.0/20", "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22"],
    ...["141.101.64.0/18", "108.162.192.0/18", "190.93.240.0/20", "188.114.96.0/20"],
    ...["197.234.240.0/22", "198.41.128.0/17", "162.158.0.0/15", "104.16.0.0/13"],
    ...["104.24.0.0/14", "172.64.0.0/13", "131.0.72.0/22"],
  ],
  6: [
    ...["2400:cb00::/32", "2606:4700::/32", "2803:f800::/32", "2405:b500::/32"],
    ...["2405:8100::/32", "2a06:98c0::/29", "2c0f:f248::/32"],
  ],
} as const;

function read(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new Error(`${text} ${parsed.problem}`);
  }
  return parsed.value;
}

describe("the pinned ranges", () => {
  it.each([
    [4, 15],
    [6, 7],
  ] as const)("of IPv%i are the %i that Cloudflare publishes", (family, count) => {
    const cidrs = edgeRanges().cidrs(family);
    expect(cidrs).toHaveLength(count);
    expect(new Set(cidrs.map(({ text }) => text))).toEqual(new Set(PUBLISHED[family]));
    expect(
      edgeRanges()
        .set(family)
        .equals(CidrSet.of(family, PUBLISHED[family].map(read))),
    ).toBe(true);
  });

  it.each([4, 6] as const)("of IPv%i are ascending, disjoint and frozen", (family) => {
    const cidrs = edgeRanges().cidrs(family);
    for (const [index, cidr] of cidrs.entries()) {
      expect(cidr.family).toBe(family);
      expect(index === 0 || cidr.first > (cidrs[index - 1]?.last ?? 0n)).toBe(true);
    }
    expect(Object.isFrozen(cidrs)).toBe(true);
    expect(edgeRanges().cidrs(family)).toBe(cidrs);
    expect(edgeRanges().set(family)).toBe(edgeRanges().set(family));
  });

  it.each([4, 6] as const)("of IPv%i are all globally reachable", (family) => {
    expect(globallyReachable(family).covers(edgeRanges().set(family))).toBe(true);
  });

  it("have the digest of their list", () => {
    const all = [...edgeRanges().cidrs(4), ...edgeRanges().cidrs(6)];
    const digest = createHash("sha256").update(rangeListText(all)).digest("hex");
    expect(edgeRanges().digest).toBe(`sha256:${digest}`);
  });

  it("say their date, and no etag before a refresh has seen one", () => {
    expect(edgeRanges().date).toBe("2026-08-22");
    expect(edgeRanges().etag).toBe(pinned.etag);
    expect(edgeRanges()).toBe(edgeRanges());
  });
});

describe("the text of a list of ranges", () => {
  it("is canonical: IPv4 first, ascending, each once, a newline after each", () => {
    const texts = ["2606:4700::/32", "104.16.0.0/13", "2400:cb00::/32", "104.16.0.0/13"];
    const more = ["104.16.0.0/12", "9.0.0.0/8"];
    expect(rangeListText([...texts, ...more].map(read))).toBe(
      "9.0.0.0/8\n104.16.0.0/12\n104.16.0.0/13\n2400:cb00::/32\n2606:4700::/32\n",
    );
    expect(rangeListText([])).toBe("");
  });
});
