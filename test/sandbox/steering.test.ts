import { reaches } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref, serverFor } from "./network";

afterAll(removeSandboxes);

const EDGE = "131.0.72.0/22";
const rule = (name: string): string => `aws_vpc_security_group_ingress_rule.${name}`;
const rules = (named: Readonly<Record<string, string>>): Resources => ({
  ...serverFor([]),
  aws_vpc_security_group_ingress_rule: Object.fromEntries(
    Object.entries(named).map(([name, cidr_ipv4]) => [
      name,
      {
        security_group_id: ref("aws_security_group.web.id"),
        ...{ ip_protocol: "tcp", from_port: 443, to_port: 443, cidr_ipv4 },
      },
    ]),
  ),
});

/** A site whose one rule goes while another comes: nothing orders the two. */
async function swap() {
  const box = newSandbox({ configuration: configurationOf(NETWORK, rules({ old: EDGE })) });
  await box.apply();
  box.configure(configurationOf(NETWORK, rules({ new: "131.0.72.0/21" })));
  const plan = await box.plan();
  const elastic = Object.values(box.cloud().objects).find(({ type }) => type === "aws_eip");
  const to = String(elastic?.attributes.public_ip);
  return { box, plan, packet: { from: "131.0.72.0", to, port: 443 } };
}

const CREATE = { address: rule("new"), action: "create" } as const;
const DELETE = { address: rule("old"), action: "delete" } as const;

describeWithTerraform("an apply can be steered", () => {
  it("into the state in which the old rule is gone and the new one isn't there", async () => {
    const { box, plan, packet } = await swap();
    const { moment } = await box.steer(plan, { done: [DELETE], pending: [CREATE] });
    expect(moment?.entry).toMatchObject({ operation: "delete", address: DELETE.address });
    expect(moment && reaches(moment.cloud, packet).sometimes).toBe(false);
    expect(reaches(box.cloud(), packet).always).toBe(true);
  });

  it("and into the other one", async () => {
    const { box, plan, packet } = await swap();
    const { moment } = await box.steer(plan, { done: [CREATE], pending: [DELETE] });
    expect(moment?.entry).toMatchObject({ operation: "create", address: CREATE.address });
    expect(box.history().every(({ cloud }) => cloud.permissions.length <= 5)).toBe(true);
    expect(moment && reaches(moment.cloud, packet).always).toBe(true);
  });

  it("and stopped there", async () => {
    const { box, plan, packet } = await swap();
    const target = { done: [DELETE], pending: [CREATE], stop: true } as const;
    const { moment, output } = await box.steer(plan, target);
    expect(moment).toBeDefined();
    expect(output).toContain("not to go on");
    expect(reaches(box.cloud(), packet).sometimes).toBe(false);
    await box.apply();
    expect(reaches(box.cloud(), packet).always).toBe(true);
  });

  it("to between two calls of one update", async () => {
    const server = (name: string): Resources => {
      const one = {
        ...{ ami: "ami-12345678", instance_type: "t3.micro" },
        subnet_id: ref("aws_subnet.a.id"),
        vpc_security_group_ids: [ref("aws_security_group.web.id")],
      };
      return {
        ...rules({ old: EDGE }),
        aws_instance: { web: one, other: one },
        aws_eip: { web: { domain: "vpc", instance: ref(`aws_instance.${name}.id`) } },
      };
    };
    const box = newSandbox({ configuration: configurationOf(NETWORK, server("web")) });
    await box.apply();
    box.configure(configurationOf(NETWORK, server("other")));
    const { moment } = await box.steer(await box.plan(), {
      done: [{ address: "aws_eip.web", action: "update", calls: 1 }],
      pending: [],
    });
    expect(moment?.entry.call).toBe("DisassociateAddress");
  });

  it("but not to where Terraform's order doesn't lead", async () => {
    const box = newSandbox();
    box.configure(configurationOf(NETWORK, rules({ old: EDGE })));
    const { moment } = await box.steer(await box.plan(), {
      done: [{ address: rule("old"), action: "create" }],
      pending: [{ address: "aws_security_group.web", action: "create" }],
      timeout: 300,
    });
    expect(moment).toBeUndefined();
    expect((await box.plan()).changes).toBe(false);
  });

  it("stops half-way", async () => {
    const { box, plan } = await swap();
    box.set({ refuse: [{ after: 1, message: "RequestLimitExceeded" }] });
    await expect(box.apply(plan, "-parallelism=1")).rejects.toThrow(/RequestLimitExceeded/);
    const calls = box.log().filter(({ run, event }) => run.endsWith("apply") && event === "refuse");
    expect(calls).toHaveLength(1);
  });
});

describeWithTerraform("the sandbox takes files", () => {
  it("a module beside the configuration; the raw state and the order are told", async () => {
    const box = newSandbox({
      files: {
        "group/main.tf": `
          terraform {
            required_providers { aws = { source = "hashicorp/aws" } }
          }
          resource "aws_security_group" "web" { name = "web" }`,
      },
      configuration: `module "group" { source = "./group" }
        provider "aws" { region = "eu-west-1" }`,
    });
    const plan = await box.plan();
    expect(await box.graph(plan)).toContain("module.group.aws_security_group.web");
    await box.apply(plan);
    expect(await box.stateJson()).toMatchObject({
      resources: [{ module: "module.group", type: "aws_security_group" }],
    });
  });
});
