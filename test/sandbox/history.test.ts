import type { CloudState } from "../../sandbox/cloud/state";
import { reaches } from "../../sandbox/packets";
import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref, serverFor } from "./network";

afterAll(removeSandboxes);

/** Whether the address gets to the Elastic IP, after each call of the second apply. */
async function over(
  before: readonly Resources[],
  after: readonly Resources[],
  from: string,
): Promise<readonly string[]> {
  const box = newSandbox({ configuration: configurationOf(...before) });
  await box.apply();
  const elastic = Object.values(box.cloud().objects).find(({ type }) => type === "aws_eip");
  const to = String(elastic?.attributes.public_ip);
  const seen = box.history().length;
  box.configure(configurationOf(...after));
  await box.apply();
  return box
    .history()
    .slice(seen)
    .filter(({ entry }) => entry.event === "call")
    .map(({ entry, cloud }) => {
      const { always, sometimes } = reaches(cloud, { from, to, port: 443 });
      return `${entry.call} ${always ? "always" : sometimes ? "sometimes" : "never"}`;
    });
}

const isDefault = (cloud: CloudState, acl: string): boolean =>
  Object.values(cloud.objects).some(({ attributes }) => attributes.default_network_acl_id === acl);

const inline = (...rules: readonly object[]): Resources => ({
  ...serverFor([]),
  aws_security_group: {
    web: {
      ...{ name: "web", vpc_id: ref("aws_vpc.main.id") },
      ingress: rules.map((rule) => ({ ...RULE, ...rule })),
    },
  },
});
const RULE = {
  ...{ description: "", from_port: 443, to_port: 443, protocol: "tcp", self: false },
  ...{ cidr_blocks: [], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] },
};
const EDGE = "131.0.72.0/22";

describeWithTerraform("the cloud after each call", () => {
  it("inline rules: another description cuts off what is kept", async () => {
    const cidr_blocks = [EDGE];
    expect(
      await over(
        [NETWORK, inline({ cidr_blocks })],
        [NETWORK, inline({ cidr_blocks, description: "edge" })],
        "131.0.72.0",
      ),
    ).toEqual(["RevokeSecurityGroupIngress never", "AuthorizeSecurityGroupIngress always"]);
  });

  it("inline rules: what stays is untouched", async () => {
    expect(
      await over(
        [NETWORK, inline({ cidr_blocks: [EDGE, "192.0.2.0/24"] })],
        [NETWORK, inline({ cidr_blocks: [EDGE, "198.51.100.0/24"] })],
        "131.0.72.0",
      ),
    ).toEqual(["RevokeSecurityGroupIngress always", "AuthorizeSecurityGroupIngress always"]);
  });

  it("a network ACL entry is deleted before it is created again", async () => {
    const acl = (...cidrs: readonly string[]): Resources => ({
      aws_network_acl: {
        main: {
          vpc_id: ref("aws_vpc.main.id"),
          subnet_ids: [ref("aws_subnet.a.id")],
          ingress: cidrs.map((cidr_block, index) => ({
            ...ENTRY,
            rule_no: 100 + index,
            cidr_block,
          })),
          egress: [
            { ...ENTRY, rule_no: 100, from_port: 1024, to_port: 65535, cidr_block: "0.0.0.0/0" },
          ],
        },
      },
    });
    const ENTRY = {
      ...{ action: "allow", protocol: "tcp", from_port: 443, to_port: 443 },
      ...{ icmp_code: 0, icmp_type: 0, ipv6_cidr_block: "" },
    };
    const site = [NETWORK, serverFor([EDGE])];
    expect(await over([...site, acl(EDGE)], [...site, acl("131.0.72.0/21")], "131.0.72.0")).toEqual(
      ["DeleteNetworkAclEntry never", "CreateNetworkAclEntry always"],
    );
    // The ACL that loses the subnet puts it on the default one, which admits everything.
    const calls = await over([...site, acl("192.0.2.0/24")], site, "131.0.72.0");
    expect(calls).toEqual(["ReplaceNetworkAclAssociation always", "DeleteNetworkAcl always"]);
  });

  it("a subnet that moves between two ACLs may end on the default one", async () => {
    const acl = (name: string, subnet_ids: readonly string[]) => ({
      [name]: { vpc_id: ref("aws_vpc.main.id"), subnet_ids },
    });
    const subnet = ref("aws_subnet.a.id");
    const of = (a: readonly string[], b: readonly string[]) =>
      configurationOf(NETWORK, serverFor([EDGE]), {
        aws_network_acl: { ...acl("a", a), ...acl("b", b) },
      });
    const box = newSandbox({ configuration: of([subnet], []) });
    await box.apply();
    box.configure(of([], [subnet]));
    const update = (name: string) =>
      ({ address: `aws_network_acl.${name}`, action: "update" }) as const;
    await box.steer(await box.plan(), { done: [update("b")], pending: [update("a")] });
    const { objects, associations } = box.cloud();
    const moved = Object.values(objects).find(
      ({ type, attributes }) => type === "aws_subnet" && attributes.cidr_block === "10.0.1.0/24",
    );
    const held = associations[`acl ${String(moved?.attributes.id)}`]?.to ?? "";
    expect(isDefault(box.cloud(), held)).toBe(true);
  });

  it("an Elastic IP is nobody's in between", async () => {
    const of = (name: string): Resources => {
      const server = {
        ...{ ami: "ami-12345678", instance_type: "t3.micro" },
        subnet_id: ref("aws_subnet.a.id"),
        vpc_security_group_ids: [ref("aws_security_group.web.id")],
        associate_public_ip_address: false,
      };
      return {
        ...serverFor([EDGE]),
        aws_instance: { web: server, other: server },
        aws_eip: { web: { domain: "vpc", instance: ref(`aws_instance.${name}.id`) } },
      };
    };
    expect(await over([NETWORK, of("web")], [NETWORK, of("other")], "131.0.72.0")).toEqual([
      "DisassociateAddress never",
      "AssociateAddress always",
    ]);
  });

  it("an instance that stops is away until it starts", async () => {
    const of = (instance_type: string): Resources => ({
      ...serverFor([EDGE]),
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type, associate_public_ip_address: false },
          subnet_id: ref("aws_subnet.a.id"),
          vpc_security_group_ids: [ref("aws_security_group.web.id")],
        },
      },
    });
    const [before, after] = [of("t3.micro"), of("t3.small")];
    expect(await over([NETWORK, before], [NETWORK, after], "131.0.72.0")).toEqual([
      "StopInstances never",
      "ModifyInstanceAttribute never",
      "StartInstances always",
    ]);
  });

  it("the list of groups is written whole: an attached one is lost", async () => {
    const attached: Resources = {
      ...serverFor([EDGE]),
      aws_security_group: {
        web: { name: "web", vpc_id: ref("aws_vpc.main.id") },
        own: { name: "own", vpc_id: ref("aws_vpc.main.id") },
        more: { name: "more", vpc_id: ref("aws_vpc.main.id") },
      },
    };
    const groups = (...names: readonly string[]): Resources => ({
      ...attached,
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type: "t3.micro" },
          subnet_id: ref("aws_subnet.a.id"),
          vpc_security_group_ids: names.map((name) => ref(`aws_security_group.${name}.id`)),
        },
      },
      aws_network_interface_sg_attachment: {
        web: {
          security_group_id: ref("aws_security_group.web.id"),
          network_interface_id: ref("aws_instance.web.primary_network_interface_id"),
        },
      },
    });
    expect(
      await over([NETWORK, groups("own")], [NETWORK, groups("own", "more")], "131.0.72.0"),
    ).toEqual(["ModifyNetworkInterfaceAttribute never"]);
  });

  it("a subnet without its association has the main table", async () => {
    const own: Resources = {
      aws_route_table: { bare: { vpc_id: ref("aws_vpc.main.id") } },
      aws_route_table_association: {
        a: { subnet_id: ref("aws_subnet.a.id"), route_table_id: ref("aws_route_table.bare.id") },
      },
    };
    const site = [NETWORK, serverFor([EDGE])];
    const table = { aws_route_table: own.aws_route_table ?? {} };
    expect(await over([...site, own], [...site, table], "131.0.72.0")).toEqual([
      "DisassociateRouteTable always",
    ]);
  });

  it("a setting that is removed stays", async () => {
    const setting = { zone_id: "0".repeat(32), setting_id: "ssl", value: "strict" };
    const configuration = { terraform: PROVIDERS, provider: { cloudflare: { api_token: "x" } } };
    const resource = { cloudflare_zone_setting: { ssl: setting } };
    const box = newSandbox({ configuration: { ...configuration, resource } });
    await box.apply();
    box.configure(configuration);
    await box.apply();
    expect(Object.keys(box.cloud().objects)).toHaveLength(1);
    expect(box.history().map(({ entry }) => entry.operation)).toEqual(["create"]);
  });
});
