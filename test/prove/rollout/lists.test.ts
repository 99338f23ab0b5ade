import type { Instance } from "../../../lib/model/instance";
import type { Json } from "../../../lib/model/value";
import { changesClouds, isHidden } from "../../../lib/prove/rollout/hidden";
import { OwnLists } from "../../../lib/prove/rollout/own-lists";
import type { Known } from "../../../lib/prove/rollout/refused";
import { withEmptied } from "../../../lib/prove/rollout/taken-along";
import { actOf, instanceOf, stepOf } from "./instances";
import { hopOf, reason } from "./scenes";

type Values = Readonly<Record<string, Json>>;

describe("what has in its list already what a block makes", () => {
  const known = (
    address: string,
    values: Json,
    more: Partial<Known["both"]> = {},
    acts = 0,
  ): Known => {
    const before = instanceOf(address, values);
    const both = { before, after: before, ...more } as Known["both"];
    const thing = { acts: Array.from({ length: acts }, () => actOf("update", address)) };
    return { both, thing: thing as unknown as Known["thing"] };
  };
  const make = (type: string, after: Values) => actOf("create", `${type}.x`, { after });
  const holder = (all: readonly Known[], type: string, after: Values) =>
    new OwnLists(all).holderOf(make(type, after));

  const PORTS = { from_port: 443, to_port: 443 };
  const inline = { ...PORTS, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] };
  const rule = { security_group_id: "sg-1", ip_protocol: "tcp", ...PORTS, cidr_ipv4: "0.0.0.0/0" };
  const INGRESS = "aws_vpc_security_group_ingress_rule";
  const group = { id: "sg-1", ingress: [inline, "x", { ...inline, from_port: 80 }] };

  it("is a group with the rule", () => {
    const web = known("aws_security_group.web", group);
    expect(holder([web], INGRESS, rule)).toBe("aws_security_group.web");
    expect(holder([web], INGRESS, { ...rule, to_port: 444 })).toBeUndefined();
    expect(holder([web], INGRESS, { ...rule, security_group_id: "sg-2" })).toBeUndefined();
    expect(holder([web], "aws_vpc_security_group_egress_rule", rule)).toBeUndefined();
    const out = known("aws_security_group.web", { id: "sg-1", egress: [inline] });
    expect(holder([out], "aws_vpc_security_group_egress_rule", rule)).toBe(
      "aws_security_group.web",
    );
    const other = known("aws_security_group.other", { id: "sg-1", ingress: [] });
    expect(holder([other, web], INGRESS, rule)).toBe("aws_security_group.web");
    expect(
      holder([known("aws_security_group.web", { id: "sg-1" })], INGRESS, rule),
    ).toBeUndefined();
  });

  it("is none whose id is not known, or that changes, comes or goes", () => {
    const web = known("aws_security_group.web", group);
    expect(holder([web], INGRESS, { ...rule, security_group_id: "" })).toBeUndefined();
    expect(
      holder([known("aws_x.x", { ...group, id: "" })], INGRESS, { ...rule, security_group_id: "" }),
    ).toBeUndefined();
    expect(holder([web], INGRESS, { ...rule, security_group_id: null })).toBeUndefined();
    expect(holder([web], "aws_thing", rule)).toBeUndefined();
    expect(holder([known("aws_security_group.web", group, {}, 1)], INGRESS, rule)).toBeUndefined();
    const gone = known("aws_security_group.web", group, { after: undefined });
    expect(holder([gone], INGRESS, rule)).toBeUndefined();
    const none = known("aws_security_group.web", group, { before: undefined });
    expect(holder([none], INGRESS, rule)).toBeUndefined();
  });

  it.each(["id", "default_network_acl_id"])("is a network ACL with the number, by its %s", (id) => {
    const acl = known("aws_default_network_acl.x", {
      ...{ [id]: "acl-1", ingress: [{ rule_no: 100 }, {}], egress: [{ rule_no: 200 }] },
    });
    const of = (rule_number: number | null, egress: boolean) =>
      holder([acl], "aws_network_acl_rule", { network_acl_id: "acl-1", rule_number, egress });
    expect([of(100, false), of(200, true)]).toEqual([
      acl.both.before?.address,
      acl.both.before?.address,
    ]);
    expect([of(100, true), of(200, false), of(300, false)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ["id", "cidr_block", "destination_cidr_block"],
    ["default_route_table_id", "ipv6_cidr_block", "destination_ipv6_cidr_block"],
    ["id", "destination_prefix_list_id", "destination_prefix_list_id"],
  ])("is a route table with the destination, by its %s: %s", (id, name, own) => {
    const table = known("aws_route_table.x", { [id]: "rtb-1", route: [{ [name]: "x" }] });
    const of = (after: Values) =>
      holder([table], "aws_route", { route_table_id: "rtb-1", ...after });
    expect(of({ [own]: "x" })).toBe("aws_route_table.x");
    expect(of({ [own]: "y" })).toBeUndefined();
    expect(of({})).toBeUndefined();
  });
});

describe("rules of their own while a default is empty that is taken over", () => {
  const emptied = (type: string, values: Values): readonly Instance[] => [
    instanceOf(`${type}.x`, values),
  ];
  const left = (present: readonly Instance[], taken: readonly Instance[]) =>
    withEmptied(present, taken).map(({ address }) => address);
  const rule = (type: string, values: Values, name = "r") => instanceOf(`${type}.${name}`, values);

  it.each([
    [
      "aws_default_security_group",
      "default_security_group_id",
      "aws_security_group_rule",
      "security_group_id",
    ],
    ["aws_default_network_acl", "default_network_acl_id", "aws_network_acl_rule", "network_acl_id"],
    ["aws_default_route_table", "default_route_table_id", "aws_route", "route_table_id"],
    ["aws_default_route_table", "main_route_table_id", "aws_route", "route_table_id"],
  ])("go with it: %s by %s", (type, name, kind, owner) => {
    const present = [rule(kind, { [owner]: "x" }), rule(kind, { [owner]: "y" }, "s")];
    expect(left(present, emptied(type, { [name]: "x" }))).toEqual([`${kind}.s`]);
    const vpc = (more: Values) => instanceOf("aws_vpc.x", { id: "vpc-1", [name]: "x", ...more });
    const own = emptied(type, { vpc_id: "vpc-1" });
    expect(left([...present, vpc({})], own)).toEqual([`${kind}.s`, "aws_vpc.x"]);
    expect(left([...present, vpc({ id: "vpc-2" })], own)).toHaveLength(3);
    const thing = instanceOf("aws_thing.x", { id: "vpc-1", [name]: "x" });
    expect(left([...present, thing], own)).toHaveLength(3);
    const others = emptied("aws_default_other", { [name]: "x" });
    expect(left(present, others)).toHaveLength(2);
  });

  it("stay where nothing is taken over, or they name no owner", () => {
    const type = "aws_default_security_group";
    const present = [
      rule("aws_security_group_rule", { security_group_id: "" }),
      rule("aws_security_group_rule", {}, "s"),
      rule("aws_thing", { security_group_id: "x" }),
    ];
    expect(withEmptied(present, [])).toBe(present);
    expect(left(present, emptied(type, { default_security_group_id: "x" }))).toHaveLength(3);
    expect(left(present, emptied(type, { default_security_group_id: "" }))).toHaveLength(3);
    expect(left(present, emptied(type, {}))).toHaveLength(3);
  });
});

describe("what is hidden behind a hop", () => {
  it.each([
    "origin/outside-input",
    "origin/not-read",
    "aws/acl-unknown",
    "aws/balancer-not-read",
    "aws/default-security-group",
    "aws/elastic-ip-holder",
    "aws/gateway-route-table",
    "aws/groups-unknown",
    "aws/no-target",
    "aws/route-table-unknown",
    "aws/route-target",
    "aws/routes-propagated",
    "aws/subnet-unknown",
    "aws/target-group-outside",
    "aws/target-not-read",
    "aws/target-outside",
  ])("may be anything of the plan, with the reason %s", (id) => {
    expect(isHidden(hopOf([], [], { reasons: [reason("x/y"), reason(id)] }))).toBe(true);
    expect(isHidden(hopOf([], [], { reasons: [reason(`${id}-not`)] }))).toBe(false);
    expect(isHidden(hopOf([]))).toBe(false);
  });

  it("is in a cloud, where one of the steps is", () => {
    const changes = (...addresses: readonly string[]) =>
      changesClouds(addresses.map((address) => stepOf("update", address)));
    expect(changes("cloudflare_zone.x", "random_id.x", "aws_x.x")).toBe(true);
    expect(changes("cloudflare_zone.x", "null_resource.x", "terraform_data.x")).toBe(false);
    expect(changes("google_local_x.x")).toBe(true);
    expect(changes()).toBe(false);
  });
});
