import type { Instance } from "../../../lib/model/instance";
import { withGone, withMoved } from "../../../lib/prove/rollout/gone";
import { instanceOf, valuesOf } from "./instances";

const NOBODY = {
  "aws_security_group.x (destroyed)": { id: "(destroyed)", ingress: [], egress: [] },
  "aws_instance.x (destroyed)": { id: "(destroyed)", vpc_security_group_ids: ["(destroyed)"] },
};

/** What a destroyed object named `x` leaves, beside those that nobody can be behind. */
function left(gone: Instance, present: readonly Instance[] = []) {
  const found = withGone(present, [gone]).filter((each) => !present.includes(each));
  const isNobody = ({ values }: Instance) => (values as { id?: string }).id === "(destroyed)";
  return valuesOf(found.filter((each) => !isNobody(each)));
}

describe("what a destroyed object leaves in a state", () => {
  it("is nothing where nothing is destroyed, or nothing that matters", () => {
    const kept = [instanceOf("aws_instance.web", { id: "i-0123" })];
    expect(withGone(kept, [])).toBe(kept);
    const rule = instanceOf("aws_route.x", { route_table_id: "rtb-0123" });
    expect(withGone(kept, [rule])).toEqual(kept);
  });

  it("is a machine and a group behind which nobody is", () => {
    const gone = instanceOf("aws_internet_gateway.x", { id: "igw-0123", tags: {} });
    expect(valuesOf(withGone([], [gone]))).toEqual({
      "aws_internet_gateway.x (destroyed)": { id: "igw-0123" },
      ...NOBODY,
    });
  });

  it.each(["aws_security_group", "aws_default_security_group"])(
    "is a group that admits nothing: %s",
    (type) => {
      const values = { id: "sg-0123", vpc_id: "vpc-0123", name: "web", ingress: [{}], tags: {} };
      const gone = instanceOf(`${type}.x`, values);
      expect(left(gone)).toEqual({
        [`${type}.x (destroyed)`]: {
          id: "sg-0123",
          vpc_id: "vpc-0123",
          name: "web",
          ingress: [],
          egress: [],
        },
      });
      const [made] = withGone([], [gone]);
      const empty = { kind: "expression" };
      expect(made?.configured?.get("ingress")).toMatchObject(empty);
      expect(made?.configured?.get("egress")).toMatchObject(empty);
    },
  );

  it("is a machine with its addresses, which nobody answers on", () => {
    const values = {
      id: "i-0123",
      subnet_id: "subnet-0123",
      primary_network_interface_id: "eni-0123",
      public_ip: "203.0.113.1",
      ipv6_addresses: ["2001:db8::1"],
      vpc_security_group_ids: ["sg-0123"],
      ami: "ami-0123",
    };
    const gone = instanceOf("aws_instance.x", values);
    const { ami: _, ...own } = values;
    const wanted = { ...own, vpc_security_group_ids: ["(destroyed)"] };
    expect(left(gone)).toEqual({ "aws_instance.x (destroyed)": wanted });
    // An Elastic IP that has been moved to another machine is that one's.
    const moved = instanceOf("aws_eip.web", { public_ip: "203.0.113.1" });
    const { public_ip: __, ipv6_addresses: ___, ...rest } = wanted;
    expect(left(gone, [moved])).toEqual({ "aws_instance.x (destroyed)": rest });
    const other = instanceOf("aws_nat_gateway.web", { public_ip: "203.0.113.1" });
    expect(left(gone, [other])).toEqual({ "aws_instance.x (destroyed)": wanted });
  });

  it("keeps a machine's private address, unless another has it", () => {
    const values = { id: "i-0123", private_ip: "10.0.0.1" };
    const gone = instanceOf("aws_instance.x", values);
    const wanted = (own: object) => ({
      "aws_instance.x (destroyed)": { ...own, vpc_security_group_ids: ["(destroyed)"] },
    });
    expect(left(gone)).toEqual(wanted(values));
    const of = (type: string, private_ip: string) => instanceOf(`${type}.web`, { private_ip });
    expect(left(gone, [of("aws_instance", "10.0.0.1")])).toEqual(wanted({ id: "i-0123" }));
    expect(left(gone, [of("aws_network_interface", "10.0.0.1")])).toEqual(wanted({ id: "i-0123" }));
    expect(left(gone, [of("aws_instance", "10.0.0.2")])).toEqual(wanted(values));
    expect(left(gone, [of("aws_eip", "10.0.0.1")])).toEqual(wanted(values));
  });

  it("is an Elastic IP that hangs on nobody, unless another block has it", () => {
    const values = { id: "eip-0123", allocation_id: "eip-0123", public_ip: "203.0.113.1" };
    const gone = instanceOf("aws_eip.x", { ...values, instance: "i-0123", domain: "vpc" });
    const wanted = { "aws_eip.x (destroyed)": { ...values, instance: "(destroyed)" } };
    expect(left(gone)).toEqual(wanted);
    expect(left(gone, [instanceOf("aws_eip.y", { public_ip: "203.0.113.1" })])).toEqual({});
    expect(left(gone, [instanceOf("aws_eip.y", { public_ip: "203.0.113.2" })])).toEqual(wanted);
  });

  it.each(["aws_lb", "aws_alb", "aws_elb"])("is a balancer that admits nobody: %s", (type) => {
    const values = {
      id: "lb",
      arn: "arn",
      dns_name: "web.elb.amazonaws.com",
      subnets: ["subnet-0123"],
      load_balancer_type: "application",
      ip_address_type: "ipv4",
      name: "web",
    };
    const gone = instanceOf(`${type}.x`, { ...values, security_groups: ["sg-0123"], idle: 60 });
    expect(left(gone)).toEqual({
      [`${type}.x (destroyed)`]: { ...values, security_groups: ["(destroyed)"] },
    });
  });

  it("is an interface with a group that admits nothing", () => {
    const values = { id: "eni-0123", subnet_id: "subnet-0123", private_ip: "10.0.0.1" };
    expect(left(instanceOf("aws_network_interface.x", values))).toEqual({
      "aws_network_interface.x (destroyed)": {
        id: "eni-0123",
        subnet_id: "subnet-0123",
        security_groups: ["(destroyed)"],
      },
    });
  });

  it("is a prefix list without entries", () => {
    const gone = instanceOf("aws_ec2_managed_prefix_list.x", { id: "pl-0123", entry: [{}] });
    expect(left(gone)).toEqual({ "aws_ec2_managed_prefix_list.x (destroyed)": { id: "pl-0123" } });
    expect(withGone([], [gone])[0]?.configured?.get("entry")).toMatchObject({ kind: "expression" });
  });

  it.each(["aws_subnet", "aws_vpc"])("is all of %s, since nobody is in it", (type) => {
    const gone = instanceOf(`${type}.x`, { id: "x", cidr_block: "10.0.0.0/16" });
    expect(withGone([], [gone])).toContain(gone);
  });

  it("is an object that the input knows all of, and that is surely there", () => {
    const gone = instanceOf(
      "aws_internet_gateway.x",
      { id: "igw" },
      { unknown: true, certain: false },
    );
    const [made] = withGone([], [gone]);
    expect(made).toMatchObject({ unknown: false, certain: true, action: "unknown" });
    expect([made?.configured, made?.before]).toEqual([undefined, undefined]);
  });
});

describe("what stands for a destroyed object", () => {
  it.each([
    ["aws_vpc_security_group_ingress_rule", "security_group_id"],
    ["aws_vpc_security_group_egress_rule", "security_group_id"],
    ["aws_security_group_rule", "security_group_id"],
    ["aws_network_interface_sg_attachment", "network_interface_id"],
    ["aws_network_interface_sg_attachment", "security_group_id"],
    ["aws_eip_association", "allocation_id"],
    ["aws_ec2_managed_prefix_list_entry", "prefix_list_id"],
    ["aws_route_table_association", "route_table_id"],
    ["aws_internet_gateway_attachment", "internet_gateway_id"],
  ])("goes with it: %s by %s", (type, name) => {
    const gone = instanceOf("aws_thing.x", { id: "x-0123" });
    const [own, other] = ["x-0123", "x-4567"].map((id) => instanceOf(`${type}.y`, { [name]: id }));
    if (own === undefined || other === undefined) throw new Error("two");
    expect(withGone([own, other], [gone])).toEqual([other]);
  });

  it("goes with a machine's own interface", () => {
    const values = { id: "i-0123", primary_network_interface_id: "eni-0123" };
    const tie = instanceOf("aws_network_interface_sg_attachment.y", {
      network_interface_id: "eni-0123",
    });
    const found = withGone([tie], [instanceOf("aws_instance.x", values)]);
    expect(found).not.toContain(tie);
  });

  it("stays where it is of another kind, or says nothing", () => {
    const gone = instanceOf("aws_thing.x", { id: "x-0123", primary_network_interface_id: "" });
    const kept = [
      instanceOf("aws_route.y", { route_table_id: "x-0123" }),
      instanceOf("aws_eip_association.y", { allocation_id: "" }),
    ];
    expect(withGone(kept, [gone])).toEqual(kept);
  });
});

describe("the interface of a machine that is gone", () => {
  const machine = (name: string, ...ids: readonly string[]) =>
    instanceOf(`aws_instance.${name}`, {
      id: `i-${name}`,
      network_interface: ids.map((network_interface_id) => ({ network_interface_id })),
    });
  const card = (id: string) =>
    instanceOf(`aws_network_interface.${id}`, { id, subnet_id: "s", security_groups: ["sg-0123"] });
  const groupsOf = (found: readonly Instance[], id: string) => {
    const own = found.find(({ name }) => name === id);
    return (own?.values as { security_groups: unknown } | undefined)?.security_groups;
  };

  it("admits nobody until another machine has it", () => {
    const cards = [card("eni-1"), card("eni-2")];
    const alone = withGone(cards, [machine("x", "eni-1")]);
    expect([groupsOf(alone, "eni-1"), groupsOf(alone, "eni-2")]).toEqual([
      ["(destroyed)"],
      ["sg-0123"],
    ]);
    const taken = withGone([...cards, machine("y", "eni-1")], [machine("x", "eni-1", "eni-2")]);
    expect([groupsOf(taken, "eni-1"), groupsOf(taken, "eni-2")]).toEqual([
      ["sg-0123"],
      ["(destroyed)"],
    ]);
  });

  it("is not that of the machine itself, where it is still there and stopped", () => {
    const gone = machine("x", "eni-1");
    expect(groupsOf(withGone([card("eni-1"), gone], [gone]), "eni-1")).toEqual(["(destroyed)"]);
  });

  it("keeps its other values, and is no matter of objects of another kind", () => {
    const other = instanceOf("aws_thing.eni-1", { id: "eni-1" });
    const found = withGone([card("eni-1"), other], [machine("x", "eni-1")]);
    expect(found).toContain(other);
    expect(valuesOf(found)["aws_network_interface.eni-1"]).toMatchObject({ subnet_id: "s" });
  });
});

describe("the public address of a machine that was stopped and started", () => {
  const at = (address: string, public_ip: string) =>
    instanceOf(address, { id: address, public_ip, subnet_id: "s" });

  it("is nobody's, and the machine has another one that is not known", () => {
    const [web, other] = [at("aws_instance.x", "203.0.113.1"), at("aws_instance.y", "203.0.113.2")];
    const found = valuesOf(withMoved([web, other], [web]));
    expect(found).toEqual({
      "aws_instance.x": { id: "aws_instance.x", subnet_id: "s" },
      "aws_instance.y": other.values,
      "aws_eip.x (destroyed)": { public_ip: "203.0.113.1", instance: "(destroyed)" },
      ...NOBODY,
    });
  });

  it("stays where it is an Elastic IP, or where none is known", () => {
    const web = at("aws_instance.x", "203.0.113.1");
    const present = [web, at("aws_eip.web", "203.0.113.1")];
    expect(withMoved(present, [web])).toBe(present);
    const bare = [instanceOf("aws_instance.x", { id: "x", public_ip: "" })];
    expect(withMoved(bare, bare)).toBe(bare);
    expect(withMoved(present, [])).toBe(present);
  });

  it("is lost where another kind of object has the same", () => {
    const web = at("aws_instance.x", "203.0.113.1");
    const present = [web, at("aws_nat_gateway.web", "203.0.113.2")];
    expect(withMoved(present, [web])).not.toBe(present);
  });
});
