import { Token } from "cdktf";
import fc from "fast-check";
import { ConfigurationError, EdgeRanges } from "originproof";
import { edgeRanges } from "../../lib/edge/ranges";
import { errorOf } from "../support/synth";

describe("EdgeRanges", () => {
  it("pins 15 ranges of IPv4 and 7 of IPv6, with the list's date and digest", () => {
    const ranges = EdgeRanges.pinned();
    expect(ranges.cidrs(4)).toHaveLength(15);
    expect(ranges.cidrs(6)).toHaveLength(7);
    expect(ranges.date).toBe(edgeRanges().date);
    expect(ranges.digest).toBe(edgeRanges().digest);
  });

  it("is the same whatever the order and repetition of a list", () => {
    const all = [...EdgeRanges.pinned().cidrs(4), ...EdgeRanges.pinned().cidrs(6)];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const ranges = EdgeRanges.of([...order, ...order]);
        expect(ranges.digest).toBe(EdgeRanges.pinned().digest);
        expect([...ranges.cidrs(4), ...ranges.cidrs(6)]).toEqual(all);
      }),
    );
  });

  it("writes ranges in canonical text", () => {
    expect(EdgeRanges.of(["2A06:98C0::/29", "198.51.100.0/24"]).cidrs(6)).toEqual([
      "2a06:98c0::/29",
    ]);
  });

  it("has no date for a list of one's own", () => {
    expect(EdgeRanges.of(["198.51.100.0/24"]).date).toBeUndefined();
  });

  it("refuses a range with host bits and says which was meant", () => {
    const error = errorOf(() => EdgeRanges.of(["173.245.48.1/20"]));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({
      code: "invalid-cidr",
      message:
        "'cidrs' has \"173.245.48.1/20\", which has host bits set; " +
        'did you mean "173.245.48.0/20"?',
    });
  });

  it("refuses an empty list", () => {
    expect(errorOf(() => EdgeRanges.of([]))).toMatchObject({
      code: "no-range",
      message: "'cidrs' is empty, which would cut off all of Cloudflare; use EdgeRanges.pinned()",
    });
  });

  it("refuses tokens, in a list and as a list", () => {
    const message =
      "'cidrs' is a token, known only when Terraform runs, but is needed at synth; " +
      'give a literal such as ["198.51.100.0/24"]';
    const token = { resolve: () => "198.51.100.0/24" };
    expect(
      errorOf(() => EdgeRanges.of([Token.asString({ ...token, creationStack: [] })])),
    ).toMatchObject({
      code: "token-for-literal",
      message,
    });
    expect(
      errorOf(() => EdgeRanges.of(Token.asList({ ...token, creationStack: [] }))),
    ).toMatchObject({
      message,
    });
  });
});
