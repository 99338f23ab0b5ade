import type { Json, JsonObject } from "../../../lib/model/value";
import { inTwoCalls } from "../../../lib/prove/rollout/list-parts";
import type { Part } from "../../../lib/prove/rollout/part";
import { updateOf } from "../../../lib/prove/rollout/parts";
import { callsOf, through, updated } from "./updates";

const ACL = "aws_network_acl";
const TABLE = "aws_route_table";
const entry = (rule_no: number, cidr_block: string): JsonObject => {
  const ports = { from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 };
  return { rule_no, cidr_block, ipv6_cidr_block: "", action: "allow", protocol: "-1", ...ports };
};

describe("an update of a network ACL's entries", () => {
  const [a, b, c] = [
    entry(100, "192.0.2.0/24"),
    entry(110, "198.51.100.0/24"),
    entry(120, "0.0.0.0/0"),
  ];

  it("deletes entries one by one in any order, and then creates others", () => {
    expect(
      callsOf(ACL, { ingress: [a, b, c] }, { ingress: [c, entry(90, "203.0.113.0/24")] }),
    ).toEqual([
      "deletes 100 192.0.2.0/24",
      "deletes 110 198.51.100.0/24",
      "creates 90 203.0.113.0/24 after 0 1",
    ]);
    expect(through(ACL, "egress", [a, b], [b, c])).toEqual([[b], [b, c]]);
  });

  it("is about the ranges of its entries", () => {
    const [before, after] = updated(ACL, { ingress: [a, c] }, { ingress: [c, b] });
    const sources = updateOf(before, after).parts.map(({ footprint }) =>
      footprint?.sources[4].toCidrs().map(String),
    );
    expect(sources).toEqual([["192.0.2.0/24"], ["198.51.100.0/24"]]);
    const six = { ...a, cidr_block: "", ipv6_cidr_block: "2001:db8::/32" };
    const [one] = updateOf(...updated(ACL, { ingress: [six] }, { ingress: [] })).parts;
    expect(one?.footprint?.sources[6].toCidrs().map(String)).toEqual(["2001:db8::/32"]);
  });

  it("deletes an entry and creates it where it changes", () => {
    const denied = { ...a, action: "deny" };
    expect(through(ACL, "ingress", [a], [denied])).toEqual([[], [denied]]);
  });

  it("may delete all where what comes is known after apply, or is no list", () => {
    const labels = ["deletes ingress entries", "creates ingress entries after 0"];
    expect(callsOf(ACL, { ingress: [a] }, {}, { ingress: true })).toEqual(labels);
    expect(through(ACL, "ingress", [a], null, { ingress: true })).toEqual([[], "unknown"]);
    expect(through(ACL, "ingress", "x", [a])).toEqual([[], [a]]);
    expect(through(ACL, "ingress", [a], "x")).toEqual([[], "x"]);
    expect(through(ACL, "ingress", null, [a])).toEqual([[a]]);
  });

  it("says so where an entry has no number and no range", () => {
    const bare = { action: "deny" };
    expect(callsOf(ACL, { ingress: [bare, a] }, { ingress: [] })).toEqual([
      "deletes an entry",
      "deletes 100 192.0.2.0/24",
    ]);
  });
});

describe("an update of a route table's routes", () => {
  const route = (cidr_block: string, gateway_id: string, more: JsonObject = {}): JsonObject => {
    return { cidr_block, ipv6_cidr_block: "", destination_prefix_list_id: "", gateway_id, ...more };
  };
  const [out, other, far] = [
    route("0.0.0.0/0", "igw-1"),
    route("0.0.0.0/0", "igw-2"),
    route("192.0.2.0/24", "igw-1"),
  ];

  it("replaces one of the same destination at once", () => {
    expect(callsOf(TABLE, { route: [out] }, { route: [other] })).toEqual(
      [undefined].map(() => "creates 0.0.0.0/0"),
    );
    expect(through(TABLE, "route", [out], [other])).toEqual([[other]]);
    const six = route("", "igw-1", { ipv6_cidr_block: "::/0" });
    expect(through(TABLE, "route", [out, six], [six, other])).toEqual([[six, other]]);
    const listed = route("", "igw-1", { destination_prefix_list_id: "pl-1" });
    const next = { ...listed, destination_prefix_list_id: "pl-2" };
    expect(through(TABLE, "route", [listed], [next])).toEqual([[listed, next], [next]]);
  });

  it("creates others before it deletes", () => {
    expect(callsOf(TABLE, { route: [out] }, { route: [far] })).toEqual([
      "creates 192.0.2.0/24",
      "deletes 0.0.0.0/0 after 0",
    ]);
    expect(through(TABLE, "route", [out], [far])).toEqual([[out, far], [far]]);
  });
});

const LIST = "aws_ec2_managed_prefix_list";

describe("an update of a prefix list's entries", () => {
  const item = (cidr: string, description: string): JsonObject => ({ cidr, description });
  const [a, b] = [item("192.0.2.0/24", "a"), item("198.51.100.0/24", "b")];

  it("adds and removes in one call", () => {
    expect(callsOf(LIST, { entry: [a] }, { entry: [b] })).toEqual([undefined]);
    expect(through(LIST, "entry", [a], [b])).toEqual([[b]]);
    const [part] = updateOf(...updated(LIST, { entry: [a] }, { entry: [a, b] })).parts;
    expect(part?.footprint?.sources[4].toCidrs().map(String)).toEqual(["198.51.100.0/24"]);
  });

  it("takes out entries first whose description changes", () => {
    const next = item("192.0.2.0/24", "other");
    expect(callsOf(LIST, { entry: [a, b] }, { entry: [next, b] })).toEqual([
      "removes the entries whose description changes",
      "adds and removes entries after 0",
    ]);
    expect(through(LIST, "entry", [a, b], [next, b])).toEqual([[b], [next, b]]);
  });

  it("may be empty meanwhile where what comes is known after apply, or is no list", () => {
    const labels = ["removes entry entries", "adds entry entries after 0"];
    expect(callsOf(LIST, { entry: [a] }, {}, { entry: [{ cidr: true }] })).toEqual(labels);
    expect(through(LIST, "entry", [a], [b], { entry: [{ cidr: true }] })[0]).toEqual([]);
    expect(through(LIST, "entry", "x", [b])).toEqual([[], [b]]);
    expect(through(LIST, "entry", [a], "x")).toEqual([[], "x"]);
    expect(through(LIST, "entry", [a], [b], { entry: [{ cidr: false }] })).toEqual([[b]]);
  });
});

describe("an update of a list whose elements go in one call and come in another", () => {
  type Order = Parameters<typeof inTwoCalls>[3];

  /** Each call with what the list is after it. */
  function calls(order: Order, before: Json, after: Json, unknown: Json = false) {
    const [old, next] = updated("aws_x", { list: before }, { list: after }, { list: unknown });
    let draft: Parameters<Part["patch"]>[0] = { values: { list: before }, unknown: {} };
    return inTwoCalls("list", old, next, order).map(({ label, after: first, patch }) => {
      draft = patch(draft);
      return [label, first.length, draft.unknown.list === true ? "unknown" : draft.values.list];
    });
  }

  it("keeps what stays where elements go first, and has all where they come first", () => {
    expect(calls("removes-first", ["a", "b"], ["b", "c"])).toEqual([
      ["removes list", 0, ["b"]],
      ["adds list", 1, ["b", "c"]],
    ]);
    expect(calls("adds-first", ["a", "b"], ["b", "c"])).toEqual([
      ["adds list", 0, ["a", "b", "c"]],
      ["removes list", 1, ["b", "c"]],
    ]);
  });

  it("is one call where nothing goes, or nothing comes that would be there before", () => {
    expect(calls("removes-first", ["a"], ["a", "b"])).toEqual([[undefined, 0, ["a", "b"]]]);
    expect(calls("adds-first", ["a"], ["a", "b"])).toEqual([[undefined, 0, ["a", "b"]]]);
    expect(calls("adds-first", ["a", "b"], ["a"])).toEqual([[undefined, 0, ["a"]]]);
    expect(calls("removes-first", ["a", "b"], ["a"])).toEqual([
      ["removes list", 0, ["a"]],
      ["adds list", 1, ["a"]],
    ]);
  });

  it("may keep nothing where what comes is known after apply, or one is no list", () => {
    const open = [
      ["removes list", 0, []],
      ["adds list", 1, "unknown"],
    ];
    expect(calls("removes-first", ["a"], ["b"], true)).toEqual(open);
    expect(calls("adds-first", ["a"], ["b"], true)).toEqual([[undefined, 0, "unknown"]]);
    expect(calls("removes-first", ["a"], ["b"], [true])).toHaveLength(2);
    expect(calls("adds-first", ["a"], ["b"], [true])[0]?.[0]).toBeUndefined();
    expect(calls("removes-first", "x", ["b"])[0]).toEqual(["removes list", 0, []]);
    expect(calls("adds-first", ["a"], "x")).toEqual([[undefined, 0, "x"]]);
    expect(calls("removes-first", ["a", "b"], ["a", "c"], [false])[0]?.[2]).toEqual(["a"]);
    expect(calls("removes-first", null, ["a"])).toEqual([[undefined, 0, ["a"]]]);
  });
});
