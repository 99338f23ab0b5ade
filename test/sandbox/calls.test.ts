import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";

afterAll(removeSandboxes);

const rule = (values: object) => ({
  description: "",
  from_port: 443,
  to_port: 443,
  protocol: "tcp",
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
  ...values,
});

const list = (entries: readonly object[], values: object = {}) => ({
  aws_ec2_managed_prefix_list: {
    edge: { name: "edge", address_family: "IPv4", max_entries: 5, entry: entries, ...values },
  },
});

const group = (ingress: readonly object[]) => ({
  aws_security_group: { web: { name: "web", ingress } },
});

const configuration = (resource: object) => ({
  terraform: PROVIDERS,
  provider: { aws: { region: "eu-west-1" } },
  resource,
});

/** The calls that an update makes, each with what it added and removed. */
async function update(before: object, after: object): Promise<readonly string[]> {
  const box = newSandbox({ configuration: configuration(before) });
  await box.apply();
  box.configure(configuration(after));
  const seen = box.log().length;
  await box.apply();
  expect((await box.plan()).changes).toBe(false);
  return box
    .log()
    .slice(seen)
    .filter(({ event, operation }) => event === "call" && operation !== "read")
    .map(({ call, effects = [] }) => {
      const words = effects.flatMap(({ added, removed }) => [
        ...removed.map((range) => `-${range}`),
        ...added.map((range) => `+${range}`),
      ]);
      return [call, ...words].join(" ");
    });
}

// Each row is one of the calls observed with the real provider.
describeWithTerraform("the sandbox updates call by call as the real provider does", () => {
  it("inline rules: one range out and one in leaves the others alone", async () => {
    const [kept, out, into] = ["103.21.244.0/22", "131.0.72.0/22", "131.0.72.0/23"];
    expect(
      await update(
        group([rule({ cidr_blocks: [kept, out] })]),
        group([rule({ cidr_blocks: [kept, into] })]),
      ),
    ).toEqual([
      `RevokeSecurityGroupIngress -tcp 443-443 ${out}`,
      `AuthorizeSecurityGroupIngress +tcp 443-443 ${into}`,
    ]);
  });

  it("inline rules: another description takes every range out for a moment", async () => {
    const cidr_blocks = ["103.21.244.0/22", "131.0.72.0/22"];
    const both = (sign: string) =>
      cidr_blocks.map((range) => `${sign}tcp 443-443 ${range}`).join(" ");
    expect(
      await update(
        group([rule({ cidr_blocks })]),
        group([rule({ cidr_blocks, description: "edge" })]),
      ),
    ).toEqual([
      `RevokeSecurityGroupIngress ${both("-")}`,
      `AuthorizeSecurityGroupIngress ${both("+")}`,
    ]);
  });

  it("prefix lists: entries out and in are one call", async () => {
    expect(
      await update(list([{ cidr: "131.0.72.0/22" }]), list([{ cidr: "131.0.72.0/23" }])),
    ).toEqual(["ModifyManagedPrefixList -131.0.72.0/22 +131.0.72.0/23"]);
  });

  it("prefix lists: another description takes the entry out for a moment", async () => {
    expect(
      await update(
        list([{ cidr: "131.0.72.0/22", description: "a" }]),
        list([{ cidr: "131.0.72.0/22", description: "b" }]),
      ),
    ).toEqual(["ModifyManagedPrefixList -131.0.72.0/22", "ModifyManagedPrefixList +131.0.72.0/22"]);
  });

  it("security group rules are replaced with their whole list", async () => {
    const of = (cidr_blocks: readonly string[]) => ({
      aws_security_group: { web: { name: "web" } },
      aws_security_group_rule: {
        edge: {
          ...{ type: "ingress", protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks },
          security_group_id: `\${aws_security_group.web.id}`,
        },
      },
    });
    expect(await update(of(["131.0.72.0/22"]), of(["131.0.72.0/22", "103.21.244.0/22"]))).toEqual([
      "RevokeSecurityGroupIngress -tcp 443-443 131.0.72.0/22",
      "AuthorizeSecurityGroupIngress +tcp 443-443 131.0.72.0/22 +tcp 443-443 103.21.244.0/22",
    ]);
  });

  it("an instance stops and starts for another type, and gets another address", async () => {
    const of = (instance_type: string) => ({
      aws_instance: { web: { ami: "ami-12345678", instance_type } },
    });
    expect(await update(of("t3.micro"), of("t3.small"))).toEqual([
      "StopInstances",
      "ModifyInstanceAttribute",
      "StartInstances",
    ]);
  });

  it("an elastic address lets go of one instance before it takes the other", async () => {
    const of = (name: string) => ({
      aws_instance: {
        a: { ami: "ami-12345678", instance_type: "t3.micro" },
        b: { ami: "ami-12345678", instance_type: "t3.micro" },
      },
      aws_eip: { web: { domain: "vpc", instance: `\${aws_instance.${name}.id}` } },
    });
    expect(await update(of("a"), of("b"))).toEqual(["DisassociateAddress", "AssociateAddress"]);
  });
});
