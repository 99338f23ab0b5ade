import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";
import { actionsOf, valuesOf } from "./site";

afterAll(removeSandboxes);

const configuration = (resource: object, more: object = {}) => ({
  terraform: PROVIDERS,
  provider: {
    aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }],
    cloudflare: { api_token: "x" },
  },
  resource,
  ...more,
});

describeWithTerraform("the regions of the sandbox", () => {
  it("are those of each provider alias", async () => {
    const box = newSandbox({
      configuration: configuration({
        aws_security_group: {
          here: { name: "web" },
          there: { name: "web", provider: "aws.us" },
        },
      }),
    });
    await box.apply();
    const state = await box.show();
    expect(valuesOf(state, "aws_security_group.here").region).toBe("eu-west-1");
    expect(valuesOf(state, "aws_security_group.there")).toMatchObject({
      region: "us-east-1",
      arn: expect.stringContaining("us-east-1"),
    });
    expect((await box.plan()).changes).toBe(false);
  });

  it("don't know each other's ids", async () => {
    const box = newSandbox({
      configuration: configuration({
        aws_security_group: { here: { name: "web" } },
        aws_instance: {
          there: {
            ...{ ami: "ami-12345678", instance_type: "t3.micro", provider: "aws.us" },
            vpc_security_group_ids: ["${aws_security_group.here.id}"],
          },
        },
      }),
    });
    await expect(box.apply()).rejects.toThrow(/does not exist in us-east-1/);
  });

  it("data sources look in their own", async () => {
    const box = newSandbox({
      configuration: configuration(
        { aws_security_group: { here: { name: "web" } } },
        {
          data: {
            aws_security_group: {
              there: { id: "${aws_security_group.here.id}", provider: "aws.us" },
            },
          },
        },
      ),
    });
    await expect(box.apply()).rejects.toThrow(/it is in eu-west-1, not in us-east-1/);
  });
});

describeWithTerraform("the sandbox imports what its cloud holds", () => {
  it("by the id that the provider documents", async () => {
    const zone_id = "0".repeat(32);
    const resource = {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
      aws_route: {
        out: {
          route_table_id: "${aws_vpc.main.main_route_table_id}",
          ...{ destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-0123456789abcdef0" },
        },
      },
      aws_lb: { front: { name: "front", subnets: ["subnet-1", "subnet-2"] } },
      cloudflare_zone_setting: { ssl: { zone_id, setting_id: "ssl", value: "strict" } },
      cloudflare_dns_record: {
        www: {
          ...{ zone_id, name: "www.example.com", type: "A", content: "203.0.113.7" },
          ...{ ttl: 1, proxied: true },
        },
      },
    };
    const box = newSandbox({ configuration: configuration(resource) });
    await box.apply();
    const state = await box.show();
    const id = (address: string) => String(valuesOf(state, address).id);
    const table = String(valuesOf(state, "aws_route.out").route_table_id);
    const ids: Readonly<Record<string, string>> = {
      "aws_vpc.main": id("aws_vpc.main"),
      "aws_route.out": `${table}_0.0.0.0/0`,
      "aws_lb.front": id("aws_lb.front"),
      "cloudflare_zone_setting.ssl": `${zone_id}/ssl`,
      "cloudflare_dns_record.www": `${zone_id}/${id("cloudflare_dns_record.www")}`,
    };
    expect(id("aws_lb.front")).toMatch(/loadbalancer\/app\/front\/[0-9a-f]{16}$/);
    await box.run("state", "rm", ...Object.keys(ids));
    const blocks = Object.entries(ids).map(([to, given]) => ({ to, id: given }));
    box.configure(configuration(resource, { import: blocks }));
    const plan = await box.plan();
    expect(actionsOf(await box.show(plan))).toEqual({});
    await box.apply(plan);
    expect((await box.plan()).changes).toBe(false);
  });
});

describeWithTerraform("the data source of a zone", () => {
  const output = (name: string) => ({
    data: { cloudflare_zone: { zone: { filter: { name } } } },
    output: { id: { value: "${data.cloudflare_zone.zone.zone_id}" } },
  });
  const idOf = (state: unknown) =>
    (state as { values: { outputs: { id: { value: string } } } }).values.outputs.id.value;

  it("finds the zone by its name, or one that was there before", async () => {
    const resource = {
      cloudflare_zone: { zone: { account: { id: "0".repeat(32) }, name: "example.com" } },
    };
    const box = newSandbox({ configuration: configuration(resource) });
    await box.apply();
    box.configure(configuration(resource, output("example.com")));
    await box.apply();
    expect(idOf(await box.show())).toBe(valuesOf(await box.show(), "cloudflare_zone.zone").id);
    box.configure(configuration(resource, output("example.org")));
    await box.apply();
    expect(idOf(await box.show())).toMatch(/^[0-9a-f]{32}$/);
  });
});
