import { changeOf, configuration, inlineGroup, inlineRule, web } from "../prove/rollout/change";
import { type Blocks, NETWORK, webBlocks } from "../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const own = (what: string) => `\${aws_vpc.main.${what}}`;

/** Availability and rollout after an apply that takes these blocks out of the configuration. */
async function without(blocks: Blocks, site: (...parts: readonly Blocks[]) => object = web) {
  const review = (await changeOf(site(blocks), site())).review();
  return review.paths.map(
    ({ availability, rollout }) => `${availability.verdict}, ${rollout?.verdict}`,
  );
}

describeWithTerraform("a block whose deletion makes no call leaves what it stood for", () => {
  it("a default network ACL that admits nothing", async () => {
    const main = { default_network_acl_id: own("default_network_acl_id") };
    expect(await without({ aws_default_network_acl: { main } })).toEqual(["refuted, notOwed"]);
  });

  it("a default network ACL that takes a subnet over", async () => {
    const id = own("default_network_acl_id");
    const all = { protocol: "-1", from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 };
    const entry = { ...all, rule_no: 100, action: "allow", cidr_block: "0.0.0.0/0" };
    const open = { ...entry, ipv6_cidr_block: "" };
    const vpc_id = own("id");
    const web_ = { vpc_id, subnet_ids: ["${aws_subnet.web.id}"], ingress: [open], egress: [open] };
    const blocks = {
      aws_default_network_acl: { main: { default_network_acl_id: id } },
      aws_network_acl: { web: web_ },
    };
    expect(await without(blocks)).toEqual(["refuted, notOwed"]);
  });

  it("a default route table with the way out", async () => {
    const { aws_route_table_association: _, ...bare } = NETWORK;
    const none = Object.fromEntries(EMPTY_ROUTE.map((name) => [name, null]));
    const route = {
      ...{ ...none, cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.main.id}" },
    };
    const table = { default_route_table_id: own("default_route_table_id"), route: [route] };
    const site = (...parts: readonly Blocks[]) =>
      configuration(bare, webBlocks(), inlineGroup([inlineRule()]), ...parts);
    const found = await without({ aws_default_route_table: { main: table } }, site);
    expect(found).toEqual(["proved, proved"]);
  });

  it("a default group with its rules", async () => {
    const all = inlineRule({ from_port: 0, to_port: 0, protocol: "-1" });
    const group = { vpc_id: own("id"), ingress: [inlineRule()], egress: [all] };
    const [machine] = Object.values(webBlocks().aws_instance ?? {});
    const vpc_security_group_ids = [own("default_security_group_id")];
    const site = (...parts: readonly Blocks[]) =>
      web({ aws_instance: { web: { ...machine, vpc_security_group_ids } } }, ...parts);
    const found = await without({ aws_default_security_group: { main: group } }, site);
    expect(found).toEqual(["proved, proved"]);
  });

  it("rules that send requests to another cloud", async () => {
    const rules = [
      { provider: "aws_s3", expression: "true", parameters: { host: "b.example.net" } },
    ];
    const blocks = { cloudflare_cloud_connector_rules: { main: { zone_id: ZONE, rules } } };
    expect(await without(blocks)).not.toContain("proved, proved");
  });
});

const EMPTY_ROUTE = `ipv6_cidr_block destination_prefix_list_id egress_only_gateway_id instance_id
  nat_gateway_id network_interface_id transit_gateway_id vpc_endpoint_id
  vpc_peering_connection_id core_network_arn`.split(/\s+/);
