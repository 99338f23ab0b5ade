import { decideClaim } from "../../../lib/prove/rollout/decide";
import { a, b, c, claimOf, closed, decided, type Given } from "./claims";
import { actOf } from "./instances";

describe("a claim with deletes that follow a stored flag", () => {
  const flagged = (flags: string, wanted: string, pairs: readonly string[]) =>
    flags.includes(wanted) ? pairs : [];
  const assumed = ["order/stored-flag aws_x.a"];

  it("asks no reading where the verdict is the same whatever they are", () => {
    const { claim, asked } = claimOf({
      unsure: [[a, true]],
      order: (f) => flagged(f, "a", ["ba"]),
    });
    expect(decideClaim(claim).verdict).toBe("proved");
    expect(asked).toEqual([""]);
    const none = claimOf({ scenes: { a: closed }, perhaps: ["ba"] });
    expect(decideClaim(none.claim).verdict).toBe("undetermined");
    expect(none.asked).toEqual([""]);
  });

  it("is what every reading says, in a state that is likely to be met", () => {
    const acts = ["a", "b", "c", "d"].map((name) => actOf("delete", `aws_x.${name}`));
    const first: Readonly<Record<string, string>> = {
      "a+ b+": "a",
      "a- b+": "b",
      "a+ b-": "c",
      "a- b-": "d",
    };
    const of = (...configured: readonly (boolean | undefined)[]) =>
      decided({
        ...{ acts, scenes: { a: closed, b: closed, c: closed, d: closed } },
        unsure: configured.map((each, at) => [acts[at] ?? a, each] as const),
        order: (flags) =>
          [..."abcd"].flatMap((each) =>
            flags === "" || each === first[flags] ? [] : [`${first[flags]}${each}`],
          ),
        perhaps: (flags) => (flags === "" ? ["ab", "ba", "bc", "cd", "dc"] : []),
      });
    expect(of(true, true)).toMatchObject({ verdict: "refuted", done: "a" });
    expect(of(false, true)).toMatchObject({ verdict: "refuted", done: "b" });
    expect(of(true, undefined)).toMatchObject({ verdict: "refuted", done: "c" });
    expect(of(undefined, false)).toMatchObject({ verdict: "refuted", done: "d" });
  });

  it("is proved under an assumption where only the configured flag proves it", () => {
    const given: Given = {
      ...{ scenes: { a: closed }, perhaps: ["ba"], unsure: [[a, true]] },
      order: (flags) => flagged(flags, "a+", ["ba"]),
    };
    expect(decided(given)).toEqual({ verdict: "proved", assumptions: ["order/cbd-in-state"] });
    expect(decideClaim(claimOf(given).claim).assumptions).toEqual([
      {
        id: "order/cbd-in-state",
        subject: "aws_x.a",
        text: "aws_x.a was last applied with create_before_destroy, as it is configured now",
      },
    ]);
    const others = [undefined, false].map((configured) =>
      decided({ ...given, unsure: [[a, configured]] }),
    );
    const reasons = [...assumed, "order/hidden-reference aws_x.a"];
    const open = { verdict: "undetermined", reasons };
    expect(others).toEqual([open, open]);
  });

  it("is undetermined where only a reading proves it that is not configured", () => {
    const given: Given = {
      ...{ scenes: { a: closed }, perhaps: ["ba"], unsure: [[a, true]] },
      order: (flags) => flagged(flags, "a-", ["ba"]),
    };
    expect(decided(given)).toEqual({
      verdict: "undetermined",
      reasons: [...assumed, "order/hidden-reference aws_x.a"],
    });
    expect(decideClaim(claimOf(given).claim).reasons[0]?.text).toBe(
      "when aws_x.a is destroyed follows create_before_destroy as it is stored in the state, which no plan shows: add --graph with the output of `terraform graph -plan=tfplan`, or --state with that of `terraform state pull`",
    );
  });

  it("is proved under the flags of all where each is configured", () => {
    const of = (...configured: readonly (boolean | undefined)[]) =>
      decided({
        ...{ acts: [a, b, c], scenes: { a: closed, b: closed, ab: closed }, perhaps: ["ca", "cb"] },
        unsure: [a, b].map((act, at) => [act, configured[at]] as const),
        order: (flags) => [...flagged(flags, "a+", ["ca"]), ...flagged(flags, "b+", ["cb"])],
      });
    expect(of(true, true)).toEqual({
      verdict: "proved",
      assumptions: ["order/cbd-in-state", "order/cbd-in-state"],
    });
    expect(of(true, undefined).verdict).toBe("undetermined");
    expect(of(false, true).verdict).toBe("undetermined");
  });

  it("is undetermined where there are more of them than are tried", () => {
    const acts = ["d", "e", "f", "g"].map((name) => actOf("delete", `aws_x.${name}`));
    const { claim, asked } = claimOf({
      ...{ acts, scenes: { d: closed }, perhaps: ["ed"] },
      unsure: acts.map((act) => [act, true] as const),
    });
    expect(decideClaim(claim).reasons.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
      ...acts.map(({ step }) => `order/stored-flag ${step.address}`),
      "order/hidden-reference aws_x.d",
    ]);
    expect(asked).toEqual([""]);
  });
});
