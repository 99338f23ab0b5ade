import type { Claim } from "../../../lib/prove/rollout/claim";
import { coveredThroughout } from "../../../lib/prove/rollout/covers";
import type { Before } from "../../../lib/prove/rollout/states";
import type { Act } from "../../../lib/prove/rollout/things";
import { actOf } from "./instances";
import { HTTPS, hopOf, pathOf, sceneOf, setOf, VIEW } from "./scenes";

const RULE = "aws_vpc_security_group_ingress_rule";

/** Rules of one group, by act: what each admits while it is there. */
type Rules = ReadonlyMap<Act, string>;

/** What is admitted when these are done, besides what a rule that stays admits. */
function admitted(rules: Rules, stays: readonly string[], done: ReadonlySet<Act>): string[] {
  const there = [...rules].filter(([act]) => done.has(act) === (act.step.action === "create"));
  return [...stays, ...there.map(([, cidr]) => cidr)];
}

function isCovered(
  rules: Rules,
  first: readonly (readonly [Act, Act])[],
  more: Partial<{
    readonly stays: readonly string[];
    readonly acts: readonly Act[];
    /** What is admitted once this is done, instead. */
    readonly instead: readonly [Act, readonly string[]];
  }> = {},
): boolean {
  const { stays = [], acts = [...rules.keys()], instead } = more;
  const after = (done: ReadonlySet<Act>) => {
    const own = instead !== undefined && done.has(instead[0]) ? instead[1] : undefined;
    return sceneOf([pathOf({ hops: [hopOf(own ?? admitted(rules, stays, done))] })]);
  };
  const set = setOf("104.16.0.0/13");
  const states = { after } as unknown as Claim["states"];
  const orders = {} as Claim["orders"];
  const claim = {
    states,
    orders,
    visitors: HTTPS,
    view: VIEW,
    set,
    sure: set,
    acts,
    certain: true,
  };
  const before: Before = (a, b) => first.some(([one, other]) => one === a && other === b);
  return coveredThroughout(claim, acts, before);
}

const [old, older] = [
  actOf("delete", `${RULE}.old`),
  actOf("delete", "aws_security_group_rule.old"),
];
const [next, half, rest] = ["next", "half", "rest"].map((name) =>
  actOf("create", `${RULE}.${name}`),
);
if (next === undefined || half === undefined || rest === undefined) throw new Error("three");
const ALL = "104.16.0.0/13";

describe("the short way for a union of rules", () => {
  it("proves a new cover before an old one goes, and nothing in another order", () => {
    const rules = new Map([
      [old, ALL],
      [next, ALL],
    ]);
    expect(isCovered(rules, [[next, old]])).toBe(true);
    expect(isCovered(rules, [])).toBe(false);
    expect(isCovered(rules, [[old, next]])).toBe(false);
  });

  it("proves what stays covered, whatever the order is", () => {
    const rules = new Map([
      [old, ALL],
      [next, ALL],
    ]);
    expect(isCovered(rules, [], { stays: [ALL] })).toBe(true);
    expect(isCovered(new Map([[old, ALL]]), [], { stays: ["104.16.0.0/12"] })).toBe(true);
    expect(isCovered(new Map([[old, ALL]]), [], { stays: ["104.16.0.0/14"] })).toBe(false);
  });

  it("proves a cover of parts, each before the old one goes", () => {
    const rules = new Map([
      [old, ALL],
      [half, "104.16.0.0/14"],
      [rest, "104.20.0.0/14"],
    ]);
    expect(
      isCovered(rules, [
        [half, old],
        [rest, old],
      ]),
    ).toBe(true);
    expect(isCovered(rules, [[half, old]])).toBe(false);
    expect(isCovered(rules, [[half, old]], { stays: ["104.20.0.0/14"] })).toBe(true);
  });

  it("proves a part by each old rule that waits, of several old ones", () => {
    const rules = new Map([
      [old, ALL],
      [older, "104.16.0.0/14"],
      [next, ALL],
    ]);
    expect(isCovered(rules, [[next, old]])).toBe(true);
    expect(isCovered(rules, [[next, older]])).toBe(false);
    expect(
      isCovered(rules, [
        [next, old],
        [next, older],
      ]),
    ).toBe(true);
  });

  it("does not prove by a new rule that is less than the old one was", () => {
    const rules = new Map([
      [old, ALL],
      [next, "104.16.0.0/14"],
    ]);
    expect(isCovered(rules, [[next, old]])).toBe(false);
  });

  it("proves nothing where a new rule takes something away", () => {
    const rules = new Map([
      [old, ALL],
      [next, ALL],
    ]);
    const instead = [next, []] as const;
    expect(isCovered(rules, [[next, old]], { stays: [ALL], instead })).toBe(false);
  });

  it.each([
    ["another kind of object", actOf("create", "aws_network_acl_rule.x")],
    ["an update", actOf("update", `${RULE}.x`)],
    ["a rule that lets out", actOf("create", "aws_vpc_security_group_egress_rule.x")],
  ])("is not for %s", (_, other) => {
    const rules = new Map([
      [old, ALL],
      [next, ALL],
    ]);
    expect(isCovered(rules, [[next, old]], { stays: [ALL], acts: [old, next, other] })).toBe(false);
  });
});
