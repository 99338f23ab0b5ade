import { reaches } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref, serverFor } from "./network";

afterAll(removeSandboxes);

const EDGE = "131.0.72.0/22";

async function fate(...parts: readonly Resources[]): Promise<readonly string[]> {
  const box = newSandbox({ configuration: configurationOf(...parts) });
  await box.apply();
  const again = await box.plan();
  expect(again.changes ? await box.run("show", "-no-color", again.file) : "none").toBe("none");
  const cloud = box.cloud();
  const elastic = Object.values(cloud.objects).find(({ type }) => type === "aws_eip");
  const to = String(elastic?.attributes.public_ip);
  return reaches(cloud, { from: "131.0.72.0", to, port: 443 }).stops.map(({ by }) => by);
}

describeWithTerraform("what a VPC has by itself", () => {
  it("a default ACL that is taken over without rules admits nothing", async () => {
    const acl = {
      aws_default_network_acl: {
        main: {
          default_network_acl_id: ref("aws_vpc.main.default_network_acl_id"),
          lifecycle: { ignore_changes: ["subnet_ids"] },
        },
      },
    };
    expect(await fate(NETWORK, serverFor([EDGE]))).toEqual([]);
    expect(await fate(NETWORK, serverFor([EDGE]), acl)).toEqual(["network-acl"]);
  });

  it("a default group admits its members alone, unless it is taken over", async () => {
    const server: Resources = {
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type: "t3.micro" },
          subnet_id: ref("aws_subnet.a.id"),
        },
      },
      aws_eip: { web: { domain: "vpc", instance: ref("aws_instance.web.id") } },
    };
    const group = {
      aws_default_security_group: {
        main: {
          vpc_id: ref("aws_vpc.main.id"),
          ingress: [
            {
              ...{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: [EDGE] },
              ...{ ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] },
              ...{ self: false, description: "" },
            },
          ],
        },
      },
    };
    expect(await fate(NETWORK, server)).toEqual(["security-group"]);
    expect(await fate(NETWORK, server, group)).toEqual([]);
  });

  it("another main table leads where it says", async () => {
    const { aws_route: _, ...network } = NETWORK;
    const table = {
      aws_route_table: {
        main: {
          vpc_id: ref("aws_vpc.main.id"),
          route: [{ cidr_block: EDGE, gateway_id: ref("aws_internet_gateway.main.id"), ...NONE }],
        },
      },
    };
    const main = {
      aws_main_route_table_association: {
        main: { vpc_id: ref("aws_vpc.main.id"), route_table_id: ref("aws_route_table.main.id") },
      },
    };
    expect(await fate(network, serverFor([EDGE]), table)).toEqual(["route"]);
    expect(await fate(network, serverFor([EDGE]), table, main)).toEqual([]);
  });

  const NONE = Object.fromEntries(
    [
      "carrier_gateway_id",
      "core_network_arn",
      "destination_prefix_list_id",
      "egress_only_gateway_id",
      "ipv6_cidr_block",
      "local_gateway_id",
      "nat_gateway_id",
      "network_interface_id",
      "transit_gateway_id",
      "vpc_endpoint_id",
      "vpc_peering_connection_id",
    ].map((name) => [name, null]),
  );

  it("an interface of its own has the Elastic IP that an association gives it", async () => {
    const { aws_eip: _, aws_instance: __, ...groups } = serverFor([EDGE]);
    const network_interface_id = ref("aws_network_interface.web.id");
    const server: Resources = {
      ...groups,
      aws_network_interface: {
        web: {
          subnet_id: ref("aws_subnet.a.id"),
          security_groups: [ref("aws_security_group.web.id")],
        },
      },
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type: "t3.micro" },
          primary_network_interface: [{ network_interface_id }],
        },
      },
      aws_eip: { web: { domain: "vpc" } },
      aws_eip_association: {
        web: { allocation_id: ref("aws_eip.web.id"), network_interface_id },
      },
    };
    expect(await fate(NETWORK, server)).toEqual([]);
  });
});

describeWithTerraform("a cloud", () => {
  it("can be that of several stacks, and has a name once", async () => {
    const group = { aws_security_group: { web: { name: "web" } } };
    const first = newSandbox({ configuration: configurationOf(group) });
    await first.apply();
    const second = newSandbox({ configuration: configurationOf(group), cloud: first.folder });
    await expect(second.apply()).rejects.toThrow(/there is a aws_security_group web already/);
    second.configure(configurationOf({ aws_security_group: { web: { name: "other" } } }));
    await second.apply();
    const types = Object.values(first.cloud().objects).map(({ type }) => type);
    expect(types).toEqual(["aws_security_group", "aws_security_group"]);
  });
});
