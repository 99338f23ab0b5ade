import type { JsonObject } from "../../../lib/model/value";
import { inlineRule } from "./change";
import { callsOf, through } from "./updates";

const GROUP = "aws_security_group";
const [world, near] = [
  inlineRule() as JsonObject,
  inlineRule({ cidr_blocks: ["192.0.2.0/24"] }) as JsonObject,
];
const both = inlineRule({ cidr_blocks: ["192.0.2.0/24", "0.0.0.0/0"] }) as JsonObject;

describe("an update of inline rules", () => {
  it("revokes what goes, and then authorizes what comes", () => {
    expect(callsOf(GROUP, { ingress: [world] }, { ingress: [near] })).toEqual([
      "revokes ingress rules",
      "authorizes ingress rules after 0",
    ]);
    expect(through(GROUP, "ingress", [world], [near])).toEqual([[], [near]]);
    expect(through(GROUP, "egress", [world], [near])).toEqual([[], [near]]);
  });

  it("is one call where nothing goes", () => {
    expect(callsOf(GROUP, { ingress: [near] }, { ingress: [near, world] })).toEqual([undefined]);
    expect(through(GROUP, "ingress", [near], [near, world])).toEqual([[near, world]]);
  });

  it("keeps each source that another rule of the same ports has afterwards", () => {
    expect(through(GROUP, "ingress", [both], [near])).toEqual([[near], [near]]);
    expect(through(GROUP, "ingress", [near, world], [both])).toEqual(
      [[near, world], [both]].slice(1),
    );
  });

  it.each(["protocol", "from_port", "to_port", "description"])(
    "revokes a rule whole whose %s changes",
    (name) => {
      const next = { ...both, [name]: "another" };
      expect(through(GROUP, "ingress", [both], [next])).toEqual([[], [next]]);
    },
  );

  it.each(["ipv6_cidr_blocks", "prefix_list_ids", "security_groups"])(
    "keeps sources of %s one by one",
    (name) => {
      const bare = { ...world, cidr_blocks: [] };
      const [old, next] = [
        { ...bare, [name]: ["a", "b"] },
        { ...bare, [name]: ["b"] },
      ];
      expect(through(GROUP, "ingress", [old], [next])).toEqual([[next], [next]]);
    },
  );

  it("keeps the group itself as a source, where it is one afterwards too", () => {
    const [self, none] = [
      { ...near, self: true },
      { ...near, cidr_blocks: [], self: true },
    ];
    expect(through(GROUP, "ingress", [self], [none])).toEqual([[none], [none]]);
    expect(through(GROUP, "ingress", [self], [near])).toEqual([[near], [near]]);
    expect(through(GROUP, "ingress", [none], [near])).toEqual([[], [near]]);
    const next = { ...near, from_port: 80 };
    expect(through(GROUP, "ingress", [near, self], [self, next])).toEqual(
      [
        [near, self],
        [self, next],
      ].slice(1),
    );
  });

  it("takes what is not there for what is empty, in a rule as in its lists", () => {
    const bare: JsonObject = { protocol: "tcp", from_port: 443, to_port: 443, self: false };
    const [none, empty] = [
      { ...bare, cidr_blocks: ["192.0.2.0/24"] },
      { ...bare, cidr_blocks: ["192.0.2.0/24"], description: "", security_groups: [] },
    ];
    const lists = { ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] };
    expect(through(GROUP, "ingress", [none], [empty])[0]).toEqual([{ ...none, ...lists }]);
    expect(through(GROUP, "ingress", [bare], [bare, empty])[0]).toEqual([]);
    expect(through(GROUP, "ingress", [bare, "x"], [empty])[0]).toEqual([]);
    expect(through(GROUP, "ingress", [{ ...bare, self: true }], [near])[0]).toEqual([]);
    expect(through(GROUP, "ingress", "x", [near])[0]).toEqual([]);
  });

  it("takes a list that is not known for none, and ends as planned", () => {
    expect(through(GROUP, "ingress", [world], null, { ingress: true })).toEqual([[], "unknown"]);
    expect(through(GROUP, "ingress", [world], "x")).toEqual([[], "x"]);
  });
});
