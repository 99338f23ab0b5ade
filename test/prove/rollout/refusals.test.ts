import { type Json, NO_REFERENCES } from "../../../lib/model/value";
import { type Known, refusalsOf } from "../../../lib/prove/rollout/refused";
import type { Act } from "../../../lib/prove/rollout/things";
import { actOf, INPUT, instanceOf } from "./instances";

interface Made extends Known {
  readonly acts: readonly Act[];
}

/** An object with what the apply does to it; `sets` names what its block configures afterwards. */
function known(
  address: string,
  values: Json,
  actions: readonly ("create" | "update" | "delete")[] = [],
  sets: readonly string[] = [],
): Made {
  const acts = actions.map((action) => actOf(action, address));
  const before = instanceOf(address, values);
  const configured = new Map(
    sets.map((name) => [name, { kind: "expression" as const, expression: NO_REFERENCES }]),
  );
  const after = sets.length === 0 ? undefined : { ...before, configured };
  const thing = { acts, at: () => ({ instances: [], gone: [], moved: [] }) };
  return { both: { input: INPUT, before, after } as unknown as Known["both"], thing, acts };
}

const GROUP = { id: "sg-0123" };
const group = (more: Readonly<Record<string, Json>> = {}) =>
  known("aws_security_group.web", { ...GROUP, ...more }, ["delete"]);

/** Addresses of what keeps the first object from being destroyed, with the acts that end that. */
function users(object: Made, ...others: readonly Made[]) {
  const [act] = object.acts;
  const found = act && refusalsOf([object, ...others]).get(act);
  return found?.map(({ address, ends }) => [
    address,
    ends.map(({ step }) => `${step.action} ${step.address}`),
  ]);
}

describe("what AWS keeps from being destroyed", () => {
  it.each([
    ["aws_instance", "vpc_security_group_ids"],
    ["aws_network_interface", "security_groups"],
    ["aws_lb", "security_groups"],
    ["aws_alb", "security_groups"],
    ["aws_elb", "security_groups"],
  ])("is a group that %s names in %s, until it does so no more", (type, name) => {
    const user = known(`${type}.x`, { [name]: ["sg-0123"] }, ["update"], [name]);
    expect(users(group(), user)).toEqual([[`${type}.x`, [`update ${type}.x`]]]);
    const still = known(`${type}.x`, { [name]: ["sg-0123"] }, [], [name]);
    expect(users(group(), still)).toEqual([[`${type}.x`, []]]);
    const other = known(`${type}.x`, { [name]: ["sg-4567"] }, ["update"], [name]);
    expect(users(group(), other)).toEqual([]);
    const elsewhere = known(`${type}.x`, { other: ["sg-0123"] }, ["update"], [name]);
    expect(users(group(), elsewhere)).toEqual([]);
  });

  it.each([
    ["aws_ec2_managed_prefix_list", "aws_security_group", "ingress"],
    ["aws_ec2_managed_prefix_list", "aws_default_security_group", "egress"],
    ["aws_ec2_managed_prefix_list", "aws_security_group_rule", "prefix_list_ids"],
    ["aws_ec2_managed_prefix_list", "aws_vpc_security_group_egress_rule", "prefix_list_id"],
    ["aws_ec2_managed_prefix_list", "aws_vpc_security_group_ingress_rule", "prefix_list_id"],
    ["aws_ec2_managed_prefix_list", "aws_route", "destination_prefix_list_id"],
    ["aws_ec2_managed_prefix_list", "aws_route_table", "route"],
    ["aws_ec2_managed_prefix_list", "aws_default_route_table", "route"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "default_pool_ids"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "default_pools"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "fallback_pool"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "fallback_pool_id"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "region_pools"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "country_pools"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "pop_pools"],
    ["cloudflare_load_balancer_pool", "cloudflare_load_balancer", "rules"],
  ])("is a %s that %s names in %s, until it does so no more", (used, type, name) => {
    const object = known(`${used}.web`, { id: "x-0123" }, ["delete"]);
    const deep = [{ a: { b: ["x-0123"] } }];
    const user = known(`${type}.x`, { [name]: deep }, ["update"], [name]);
    expect(users(object, user)).toEqual([[`${type}.x`, [`update ${type}.x`]]]);
    const other = known(`${type}.x`, { other: deep }, ["update"], [name]);
    expect(users(object, other)).toEqual([]);
  });

  it.each([
    ["aws_security_group_rule", "source_security_group_id"],
    ["aws_vpc_security_group_egress_rule", "referenced_security_group_id"],
    ["aws_vpc_security_group_ingress_rule", "referenced_security_group_id"],
  ])("is a group that a %s of another group of its VPC names", (type, name) => {
    const object = group({ vpc_id: "vpc-1" });
    const rule = (owner: string) =>
      known(`${type}.x`, { [name]: "sg-0123", security_group_id: owner }, ["delete"], [name]);
    const other = (vpc_id: string) => known("aws_security_group.y", { id: "sg-4567", vpc_id });
    const held = [[`${type}.x`, [`delete ${type}.x`]]];
    expect(users(object, rule("sg-4567"), other("vpc-1"))).toEqual(held);
    // A group of another VPC that is peered keeps nothing, and a rule of its own goes with it.
    expect(users(object, rule("sg-4567"), other("vpc-2"))).toEqual([]);
    expect(users(object, rule("sg-0123"), other("vpc-1"))).toEqual([]);
    expect(users(object, rule("sg-8901"), other("vpc-1"))).toEqual([]);
    expect(users(group(), rule("sg-4567"), other("vpc-1"))).toEqual([]);
  });

  it("is a group that others name inline, unless it revokes that", () => {
    const ingress = [{ security_groups: ["sg-0123"] }];
    const own = { id: "sg-4567", vpc_id: "vpc-1", ingress };
    const other = known("aws_default_security_group.y", own, ["update"], ["ingress"]);
    const [at, ends] = ["aws_default_security_group.y", ["update aws_default_security_group.y"]];
    expect(users(group({ vpc_id: "vpc-1" }), other)).toEqual([[at, ends]]);
    expect(users(group({ vpc_id: "vpc-1", ingress }))).toEqual([]);
    const revokes = group({ vpc_id: "vpc-1", revoke_rules_on_delete: true });
    const [act] = revokes.acts;
    expect(act && refusalsOf([revokes, other]).get(act)).toBeUndefined();
    expect(act && refusalsOf([revokes, other], true).get(act)).toEqual([]);
  });

  it("is a prefix list that a group's computed list shows, until the rule goes that put it there", () => {
    const object = known("aws_ec2_managed_prefix_list.web", { id: "x-0123" }, ["delete"]);
    const rule = known(
      "aws_vpc_security_group_ingress_rule.x",
      { prefix_list_id: "x-0123" },
      ["update"],
      ["prefix_list_id"],
    );
    const shows = { ingress: [{ prefix_list_ids: ["x-0123"] }], egress: [] };
    const owner = known("aws_security_group.x", shows, [], ["egress"]);
    const ends = ["update aws_vpc_security_group_ingress_rule.x"];
    expect(users(object, rule, owner)).toEqual([
      ["aws_vpc_security_group_ingress_rule.x", ends],
      ["aws_security_group.x", ends],
    ]);
  });

  it("is a group that an attachment names, until that or the owner's list goes", () => {
    const tie = known(
      "aws_network_interface_sg_attachment.x",
      { security_group_id: "sg-0123" },
      ["delete"],
      ["security_group_id"],
    );
    const list = { vpc_security_group_ids: ["sg-0123"] };
    const owner = known("aws_instance.x", list, ["update"], ["vpc_security_group_ids"]);
    expect(users(group(), tie, owner)).toEqual([
      [
        "aws_network_interface_sg_attachment.x",
        [
          "delete aws_network_interface_sg_attachment.x",
          "delete aws_network_interface_sg_attachment.x",
        ],
      ],
      ["aws_instance.x", ["update aws_instance.x", "delete aws_network_interface_sg_attachment.x"]],
    ]);
  });

  it("is a group that a computed list shows, until whatever uses it is done with it", () => {
    const tie = known(
      "aws_network_interface_sg_attachment.x",
      { security_group_id: "sg-0123" },
      ["delete"],
      ["security_group_id"],
    );
    const shown = known(
      "aws_network_interface.x",
      { security_groups: ["sg-0123"] },
      ["update"],
      ["subnet_id"],
    );
    expect(users(group(), tie, shown)?.[1]).toEqual([
      "aws_network_interface.x",
      ["delete aws_network_interface_sg_attachment.x", "update aws_network_interface.x"],
    ]);
  });

  it("is no group that revokes its rules as it goes, unless each delete counts", () => {
    const user = known("aws_instance.x", { vpc_security_group_ids: ["sg-0123"] });
    const object = group({ revoke_rules_on_delete: true });
    expect(users(object, user)).toBeUndefined();
    const [act] = object.acts;
    expect(act && refusalsOf([object, user], true).get(act)).toHaveLength(1);
    expect(users(group({ revoke_rules_on_delete: false }), user)).toHaveLength(1);
  });

  it.each(["aws_lb_target_group", "aws_alb_target_group"])(
    "is a target group that a listener or a rule of one names: %s",
    (type) => {
      const object = known(`${type}.x`, { arn: "arn-1", id: "id-1" }, ["delete"]);
      const [action, forward] = [
        [{ target_group_arn: "arn-1" }],
        [{ forward: [{ target_group: [{ arn: "arn-1" }] }] }],
      ];
      const by = (address: string, values: Json) => users(object, known(address, values))?.length;
      expect(by("aws_lb_listener.y", { default_action: action })).toBe(1);
      expect(by("aws_alb_listener.y", { default_action: forward })).toBe(1);
      expect(by("aws_lb_listener_rule.y", { action: forward })).toBe(1);
      expect(by("aws_alb_listener_rule.y", { action })).toBe(1);
      expect(by("aws_lb_listener.y", { action })).toBe(0);
      expect(by("aws_lb_listener.y", { default_action: [{ target_group_arn: "id-1" }] })).toBe(0);
      expect(by("aws_instance.y", { vpc_security_group_ids: ["arn-1"] })).toBe(0);
    },
  );

  it("is nothing that is not destroyed, or whose id is not known", () => {
    const user = known("aws_instance.x", { vpc_security_group_ids: ["sg-0123"] });
    expect(refusalsOf([known("aws_security_group.web", GROUP, ["update"]), user]).size).toBe(0);
    expect(users(known("aws_security_group.web", {}, ["delete"]), user)).toBeUndefined();
    expect(users(known("aws_subnet.web", GROUP, ["delete"]), user)).toBeUndefined();
  });

  it("ends with no create", () => {
    const list = { vpc_security_group_ids: ["sg-0123"] };
    const user = known("aws_instance.x", list, ["create", "delete"], ["vpc_security_group_ids"]);
    expect(users(group(), user)).toEqual([["aws_instance.x", ["delete aws_instance.x"]]]);
  });

  it.each(["aws_lb", "aws_alb"])("is a balancer that is protected: %s", (type) => {
    const of = (values: Json) => users(known(`${type}.x`, values, ["delete"]));
    expect(of({ enable_deletion_protection: true })).toEqual([[`${type}.x`, []]]);
    expect(of({ enable_deletion_protection: false })).toBeUndefined();
    const kept = known(`${type}.x`, { enable_deletion_protection: true });
    expect(refusalsOf([kept]).size).toBe(0);
  });

  it("is no other object that says so", () => {
    const values = { enable_deletion_protection: true };
    expect(users(known("aws_db_instance.x", values, ["delete"]))).toBeUndefined();
  });
});
