import type { Claim } from "../../../lib/prove/rollout/claim";
import { decideClaim } from "../../../lib/prove/rollout/decide";
import {
  ALL,
  a,
  b,
  c,
  claimOf,
  closed,
  decided,
  type Given,
  HALF,
  refutedAt,
  WHOLE,
} from "./claims";
import { actOf } from "./instances";
import { HTTPS, hopOf, pathOf, reason, sceneOf, setOf } from "./scenes";

describe("a claim about every state of an apply", () => {
  it("is proved where each state admits all of it", () => {
    expect(decided({})).toEqual({ verdict: "proved" });
    expect(decided({ scenes: { a: closed }, order: ["ba"] })).toEqual({ verdict: "proved" });
    const half = sceneOf([pathOf({ hops: [hopOf([HALF])] })]);
    const narrow = { set: setOf(HALF), sure: setOf(HALF) };
    expect(decided({ scenes: { a: half }, more: narrow })).toEqual({ verdict: "proved" });
  });

  it("is refuted by a state that cuts a part of it off, with what is done and what ends that", () => {
    expect(decided({ scenes: { a: closed } })).toEqual(refutedAt("a", "b"));
    expect(decided({ acts: [a, b, c], scenes: { ab: closed }, order: ["ba", "bc"] })).toEqual(
      refutedAt("ba", "c"),
    );
    const half = sceneOf([pathOf({ hops: [hopOf([HALF])] })]);
    expect(decided({ scenes: { a: half } })).toMatchObject({ cutOff: "104.20.0.0/14" });
    expect(decided({ scenes: { a: sceneOf([]) } })).toMatchObject({ nameGone: true });
  });

  it("rests on what its states assume, and on the order of several plans", () => {
    const assumed = { id: "x/y", subject: "x", text: "x" };
    const scene = sceneOf([ALL], { assumptions: [assumed] });
    expect(decided({ scenes: { a: scene, b: scene } })).toEqual({
      verdict: "proved",
      assumptions: ["x/y"],
    });
    const other = { ...b, step: { ...b.step, input: { ...b.step.input, label: "b.json" } } };
    const stacks = { id: "order/stacks", subject: "b.json", text: "x" };
    expect(decided({ acts: [a, other], assumptions: [stacks] })).toEqual({
      verdict: "proved",
      assumptions: ["order/stacks"],
    });
  });

  it("counts no state with an act that is refused until others are done", () => {
    const refusals = new Map([[a, [{ address: "aws_x.u", ends: [b] }]]]);
    expect(decided({ scenes: { a: closed }, refusals })).toEqual({ verdict: "proved" });
    expect(decided({ scenes: { ab: closed }, refusals })).toEqual(refutedAt("ba", ""));
    const either = new Map([[a, [{ address: "aws_x.u", ends: [c, b] }]]]);
    expect(decided({ acts: [a, b], scenes: { a: closed }, refusals: either }).verdict).toBe(
      "refuted",
    );
    const both = new Map([[a, [...(either.get(a) ?? []), { address: "aws_x.v", ends: [b] }]]]);
    expect(decided({ scenes: { a: closed }, refusals: both }).verdict).toBe("proved");
  });

  it("names as pending nothing that is never done", () => {
    const refusals = new Map([[b, [{ address: "aws_x.u", ends: [] }]]]);
    expect(decided({ acts: [a, b, c], scenes: { a: closed }, refusals })).toEqual(
      refutedAt("a", "c"),
    );
  });
});

describe("a claim of which a state can't be told", () => {
  const open = (cidr: string, ...ids: readonly string[]) =>
    sceneOf([pathOf({ hops: [hopOf([], [cidr], { reasons: ids.map(reason) })] })]);

  it("is undetermined for the reasons of its hops", () => {
    expect(decided({ scenes: { a: open(WHOLE, "x/y"), b: open(WHOLE, "x/z") } })).toEqual({
      verdict: "undetermined",
      reasons: ["x/y aws_x.x", "x/z aws_x.x"],
    });
  });

  it("is undetermined where what is cut off is only perhaps owed", () => {
    const rollout = decideClaim(claimOf({ scenes: { a: closed }, more: { sure: setOf() } }).claim);
    expect(rollout).toMatchObject({
      verdict: "undetermined",
      assumptions: [],
      reasons: [
        {
          id: "rollout/perhaps-owed",
          subject: "www.example.com",
          text: "a part of the edge may be cut off during the apply, but whether it is admitted before and afterwards can't be told",
        },
      ],
    });
  });

  it("is undetermined where the edge perhaps does not connect in that way", () => {
    const of = (visitors: Partial<Claim["visitors"]>) => {
      const more = { sure: setOf(), certain: false, visitors: { ...HTTPS, ...visitors } };
      return decideClaim(claimOf({ scenes: { a: closed }, more }).claim).reasons;
    };
    const text = (way: string) =>
      `a part of the edge may be cut off during the apply, but whether the edge connects by ${way} depends on settings that the input leaves open`;
    expect(of({})).toEqual([
      { id: "flow/only-possible", subject: "www.example.com", text: text("https to port 443") },
    ]);
    const origin = { ...ALL.flow.origin, scheme: "http" as const, port: 80 };
    const scenes = { a: sceneOf([pathOf({ hops: [hopOf([])], flow: { origin } })]) };
    const visitors = { ...HTTPS, via: { scheme: "http" as const, port: 80 } };
    const more = { sure: setOf(), certain: false, visitors };
    const { reasons } = decideClaim(claimOf({ acts: [a], scenes, more }).claim);
    expect(reasons.map((each) => each.text)).toContain(text("http to port 80"));
  });

  it("is undetermined where the apply perhaps does not get to the state", () => {
    const rollout = decideClaim(claimOf({ scenes: { a: closed }, perhaps: ["ba"] }).claim);
    expect(rollout.reasons).toEqual([
      {
        id: "order/hidden-reference",
        subject: "aws_x.a",
        text: "whether aws_x.a waits for aws_x.b can't be told from the plan: add --graph with the output of `terraform graph -plan=tfplan`",
      },
    ]);
    expect(decided({ scenes: { a: closed }, perhaps: ["ab"] })).toEqual(refutedAt("a", "b"));
    expect(decided({ scenes: { ab: closed }, perhaps: ["ab", "ba"] })).toEqual(refutedAt("ba", ""));
  });

  it("is undetermined where calls are done of which the number is not known", () => {
    const loose = { ...a, unlisted: ["subnet_id"] };
    const reasons = ["rollout/update-not-known aws_x.a subnet_id"];
    const of = (scenes: Given["scenes"]) =>
      decided({ acts: [loose, b], ...(scenes && { scenes }) });
    expect(of({})).toEqual({ verdict: "undetermined", reasons });
    expect(of({ a: closed })).toEqual({ verdict: "undetermined", reasons });
    expect(of({ b: closed })).toEqual(refutedAt("b", "a"));
    const restarts = { ...b, restarts: "it stops" };
    expect(decided({ acts: [a, restarts] }).reasons).toEqual(["rollout/machine-restarts aws_x.b"]);
  });

  it("is undetermined where calls of one update are in no known order", () => {
    const [first, second] = [
      { ...a, label: "first" },
      { ...a, label: "second" },
    ];
    const scenes = { a: closed };
    expect(decided({ acts: [first, second], scenes })).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/update-not-known aws_x.a"],
    });
    const next = { ...second, after: [first] };
    expect(decided({ acts: [first, next], scenes })).toMatchObject({ verdict: "refuted" });
    const before = { ...first, after: [second] };
    expect(decided({ acts: [before, second], scenes })).toMatchObject({ verdict: "refuted" });
    expect(decided({ acts: [first, b], scenes })).toMatchObject({ verdict: "refuted" });
  });
});

describe("a claim with a create that what goes may be in the way of", () => {
  const RULE = "aws_vpc_security_group_ingress_rule";
  const values = {
    ...{ security_group_id: "sg-0123", ip_protocol: "tcp", from_port: 443, to_port: 443 },
    cidr_ipv4: "0.0.0.0/0",
  };
  const old = actOf("delete", `${RULE}.o`, { before: values });
  const next = actOf("create", `${RULE}.n`, { after: values });

  it("is never done where it comes first, nor named as pending", () => {
    const scenes = { n: closed };
    expect(decided({ acts: [old, next], scenes, order: ["no"] })).toEqual({ verdict: "proved" });
    expect(decided({ acts: [old, next, a], scenes: { a: closed }, order: ["no"] })).toEqual(
      refutedAt("a", ""),
    );
  });

  it("is perhaps never done where it may come first", () => {
    const acts = [old, next, a];
    expect(decided({ acts, scenes: { no: closed }, perhaps: ["no"] })).toEqual({
      verdict: "undetermined",
      reasons: [`order/hidden-reference ${RULE}.n`],
    });
    expect(decided({ acts, scenes: { no: closed } })).toMatchObject({ verdict: "refuted" });
    expect(decided({ acts, scenes: { o: closed }, perhaps: ["no"] }).reasons).toEqual([
      `order/hidden-reference ${RULE}.o`,
    ]);
  });

  it("is done where nothing else asks for the same, or the other is no delete", () => {
    const other = { ...values, from_port: 80 };
    const apart = actOf("delete", `${RULE}.o`, { before: other });
    expect(decided({ acts: [apart, next], scenes: { no: closed }, perhaps: ["no"] })).toMatchObject(
      { verdict: "refuted" },
    );
    const changed = actOf("update", `${RULE}.o`, { before: values, after: other });
    expect(
      decided({ acts: [changed, next], scenes: { no: closed }, perhaps: ["no"] }),
    ).toMatchObject({ verdict: "refuted" });
    const rewritten = actOf("update", `${RULE}.n`, { before: other, after: values });
    expect(
      decided({ acts: [old, rewritten], scenes: { no: closed }, perhaps: ["no"] }),
    ).toMatchObject({ verdict: "refuted" });
  });
});
