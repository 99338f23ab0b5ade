import {
  hasTrue,
  isObject,
  type Json,
  type JsonObject,
  NO_REFERENCES,
} from "../../../lib/model/value";
import { inOrder, inTurn, type Part, set, taken } from "../../../lib/prove/rollout/part";
import { changedAttributes, updateOf } from "../../../lib/prove/rollout/parts";
import { inlineRule } from "./change";
import { instanceOf } from "./instances";
import { callsOf, through, updated, type Values } from "./updates";

const GROUP = "aws_security_group";
const [world, near] = [
  inlineRule() as JsonObject,
  inlineRule({ cidr_blocks: ["192.0.2.0/24"] }) as JsonObject,
];

describe("an update that stops its object for a while", () => {
  const whole = (type: string, before: Values, after: Values) => {
    const [old, next] = updated(type, before, after);
    let draft: Parameters<Part["patch"]>[0] = { values: old.values as JsonObject, unknown: {} };
    return updateOf(old, next).parts.map(({ label, patch }) => {
      draft = patch(draft);
      return [label, draft.stopped, draft.moved, draft.values];
    });
  };

  it("stops a machine and starts it at another address", () => {
    expect(whole("aws_instance", { instance_type: "a" }, { instance_type: "b" })).toEqual([
      ["stops the instance", true, undefined, { instance_type: "a" }],
      ["starts the instance", false, true, { instance_type: "b" }],
    ]);
  });

  it("takes an Elastic IP from one machine and gives it to another", () => {
    expect(whole("aws_eip", { instance: "a" }, { instance: "b" })).toEqual([
      ["disassociates", true, undefined, { instance: "a" }],
      ["associates", false, undefined, { instance: "b" }],
    ]);
    expect(whole("aws_eip", { instance: "" }, { instance: "b" })).toEqual([
      [undefined, false, undefined, { instance: "b" }],
    ]);
  });
});

describe("an update of several attributes", () => {
  it("is one call of those that are written at once, which is about both ranges", () => {
    const rule = "aws_vpc_security_group_ingress_rule";
    const https = { ip_protocol: "tcp", from_port: 443, to_port: 443 };
    const before = { cidr_ipv4: "192.0.2.0/24", ...https };
    const changed = { cidr_ipv4: "198.51.100.0/24", from_port: 80 };
    const { parts, unlisted } = updateOf(...updated(rule, before, changed));
    expect([parts.length, parts[0]?.label, unlisted]).toEqual([1, undefined, []]);
    expect(parts[0]?.footprint?.ports).toEqual({ from: 80, to: 443 });
    expect(parts[0]?.footprint?.sources[4].toCidrs().map(String)).toEqual([
      "192.0.2.0/24",
      "198.51.100.0/24",
    ]);
    const draft = parts[0]?.patch({ values: before, unknown: {} });
    expect(draft?.values).toEqual({ ...before, ...changed });
  });

  it("names the attributes where there are more calls, each after those before", () => {
    const before = { ingress: [world], egress: [world] };
    expect(callsOf(GROUP, before, { ingress: [near], egress: [near] })).toEqual([
      "revokes ingress rules",
      "authorizes ingress rules after 0",
      "revokes egress rules after 0 1",
      "authorizes egress rules after 0 1 2",
    ]);
  });

  it("has a call of its own, in any order, for what no row tells about", () => {
    const before = { vpc_security_group_ids: ["a"], subnet_id: "a", tags: {} };
    const after = { vpc_security_group_ids: ["b"], subnet_id: "b", tags: { a: "b" } };
    expect(callsOf("aws_instance", before, after)).toEqual({
      named: ["changes vpc_security_group_ids", "changes subnet_id"],
      unlisted: ["subnet_id"],
    });
  });

  it("is none where nothing changes that a hop reads", () => {
    expect(callsOf("aws_instance", { tags: {} }, { tags: { a: "b" } })).toEqual([]);
    expect(callsOf("aws_instance", { ami: "a" }, { ami: "a" })).toEqual([]);
  });
});

describe("an update of a classic balancer's list", () => {
  const ELB = "aws_elb";

  it("removes listeners and subnets before it adds others", () => {
    expect(callsOf(ELB, { listener: ["a", "b"] }, { listener: ["b", "c"] })).toEqual([
      "removes listener",
      "adds listener after 0",
    ]);
    expect(through(ELB, "subnets", ["a", "b"], ["b", "c"])).toEqual([["b"], ["b", "c"]]);
  });

  it("adds machines before it removes others", () => {
    expect(callsOf(ELB, { instances: ["a"] }, { instances: ["b"] })).toEqual([
      "adds instances",
      "removes instances after 0",
    ]);
    expect(through(ELB, "instances", ["a"], ["b"])).toEqual([["a", "b"], ["b"]]);
  });
});

describe("an Elastic IP that hangs on nothing yet", () => {
  it("is associated by one call where none of what changes was set", () => {
    const before = { instance: "", network_interface: "eni-1" };
    expect(callsOf("aws_eip", before, { instance: "i-1", network_interface: "" })).toEqual([
      "disassociates",
      "associates after 0",
    ]);
    const after = { instance: "i-1", network_interface: "eni-2" };
    expect(callsOf("aws_eip", {}, after)).toEqual([undefined]);
  });
});

describe("attributes that change", () => {
  const changed = (before: Values, after: Values, unknown: Json = false) =>
    changedAttributes(...updated("aws_instance", before, after, unknown));

  it("are those whose value differs, or comes or goes", () => {
    expect(changed({ a: 1, b: [1], c: null }, { b: [1], d: 2 })).toEqual(["d"]);
    expect(changed({ a: 1 }, { a: 2 })).toEqual(["a"]);
    expect(changed({ a: null }, {})).toEqual([]);
  });

  it("are those that are known after apply, where the configuration may set them", () => {
    expect(changed({ a: 1 }, { a: 1 }, { a: true, b: false, c: [false] })).toEqual(["a"]);
    expect(changed({ a: 1 }, {}, true)).toEqual(["a"]);
    const [before, after] = updated("aws_instance", { subnet_id: "a" }, {}, { subnet_id: true });
    const computed = { ...after, configured: new Map() };
    expect(changedAttributes(before, computed)).toEqual([]);
    const written = new Map([
      ["subnet_id", { kind: "expression" as const, expression: NO_REFERENCES }],
    ]);
    expect(changedAttributes(before, { ...after, configured: written })).toEqual(["subnet_id"]);
  });

  it("are those that a dynamic block may write, of AWS's with a row that matters", () => {
    const of = (type: string, name: string) => {
      const [before, after] = updated(type, { [name]: [] }, {}, { [name]: true });
      return changedAttributes(before, { ...after, configured: new Map() });
    };
    expect(of(GROUP, "ingress")).toEqual(["ingress"]);
    expect(of(GROUP, "revoke_rules_on_delete")).toEqual([]);
    expect(of("cloudflare_ruleset", "rules")).toEqual([]);
  });
});

describe("calls of an update", () => {
  const patch: Part["patch"] = (draft) => draft;
  const part = (label: string): Part => ({ label, footprint: undefined, after: [], patch });

  it("are two in turn, or the second alone without a name", () => {
    const calls = [
      ["first", patch],
      ["second", patch],
    ] as const;
    const [first, second] = inTurn(...calls, false);
    expect([first?.label, second?.label, second?.after]).toEqual(["first", "second", [first]]);
    expect(first?.after).toEqual([]);
    expect(inTurn(...calls, true).map(({ label, after }) => [label, after])).toEqual([
      [undefined, []],
    ]);
  });

  it("follow each other list by list, and keep their order in one list", () => {
    const [a, b] = [part("a"), part("b")];
    const c = { ...part("c"), after: [b] };
    const made = inOrder([[a], [b, c]]);
    const labels = made.map(({ label, after }) => [label, after.map((each) => each.label)]);
    expect(labels).toEqual([
      ["a", []],
      ["b", ["a"]],
      ["c", ["a", "b"]],
    ]);
    expect(made[2]?.after[1]).toBe(made[1]);
  });

  it("set an attribute, or take it as planned, and leave the rest", () => {
    const draft = { values: { a: 1, b: 2 }, unknown: { a: true, c: true }, stopped: true };
    expect(set(draft, "a", 3)).toEqual({
      values: { a: 3, b: 2 },
      unknown: { c: true },
      stopped: true,
    });
    const after = instanceOf("aws_instance.x", { a: 4 }, { unknown: { b: [true] } });
    expect(taken(draft, after, "a")).toEqual({
      values: { a: 4, b: 2 },
      unknown: { c: true },
      stopped: true,
    });
    expect(taken(draft, after, "b").values).toEqual({ a: 1 });
    expect(taken(draft, after, "b").unknown).toEqual({ a: true, b: [true], c: true });
    expect(taken(draft, { ...after, unknown: true }, "a").unknown.a).toBe(true);
  });

  it("know a mask that holds something unknown, at any depth that is looked into", () => {
    expect([true, [true], { a: [false, { b: true }] }].map((mask) => hasTrue(mask))).toEqual([
      true,
      true,
      true,
    ]);
    expect([false, null, "true", 1, [], { a: [false] }].some((mask) => hasTrue(mask))).toBe(false);
    const deep = (depth: number): Json => (depth === 0 ? false : [deep(depth - 1)]);
    expect([hasTrue(deep(64)), hasTrue(deep(65))]).toEqual([false, true]);
    expect(isObject(deep(1))).toBe(false);
  });
});
