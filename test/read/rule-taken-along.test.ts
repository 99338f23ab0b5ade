import { changeOf, inlineGroup, inlineRule, web } from "../prove/rollout/change";
import type { Blocks } from "../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const GROUP = "${aws_security_group.web.id}";
const EVERYONE = "0.0.0.0/0";

async function available(first: object, second: object) {
  const [path] = (await changeOf(first, second)).review().paths;
  return path?.availability.verdict;
}

const BARE: Blocks = {
  aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
};

function vpcRule(more: object = {}): Blocks {
  const rule = {
    ...{ security_group_id: GROUP, cidr_ipv4: EVERYONE, ip_protocol: "tcp" },
    ...{ from_port: 443, to_port: 443, ...more },
  };
  return { aws_vpc_security_group_ingress_rule: { web: rule } };
}

function groupRule(...cidr_blocks: readonly string[]): Blocks {
  const ports = { protocol: "tcp", from_port: 443, to_port: 443 };
  const rule = { security_group_id: GROUP, type: "ingress", cidr_blocks, ...ports };
  return { aws_security_group_rule: { web: rule } };
}

describeWithTerraform("an inline rule of a group that a deleted block was too", () => {
  it("is gone after the apply", async () => {
    expect(await available(web(BARE, vpcRule()), web())).toBe("refuted");
    expect(await available(web(BARE, groupRule(EVERYONE)), web())).toBe("refuted");
    expect(await available(web(BARE, vpcRule({ ip_protocol: "6" })), web())).toBe("refuted");
  });

  it("is gone where the block is given other addresses", async () => {
    const other = vpcRule({ cidr_ipv4: "192.0.2.0/24" });
    expect(await available(web(BARE, vpcRule()), web(other))).toBe("refuted");
  });

  it("keeps the sources that the block has not", async () => {
    const [low, high] = ["0.0.0.0/1", "128.0.0.0/1"];
    const both = inlineGroup([inlineRule({ cidr_blocks: [low, high] })]);
    expect(await available(web(BARE, groupRule(low, high)), web(both))).toBe("refuted");
    const first = web(BARE, groupRule(low), vpcRule({ cidr_ipv4: high }));
    const kept = web(both, vpcRule({ cidr_ipv4: high }));
    const [path] = (await changeOf(first, kept)).review().paths;
    expect(path?.availability).toMatchObject({ verdict: "refuted", witness: "103.21.244.0" });
    expect(path?.availability.missing).not.toContain("131.0.72.0/22");
  });

  it("stays where the block is of other ports, or of another group", async () => {
    expect(await available(web(vpcRule({ from_port: 80, to_port: 80 })), web())).toBe("proved");
    const other: Blocks = {
      aws_security_group: { other: { name: "other", vpc_id: "${aws_vpc.main.id}" } },
    };
    const elsewhere = vpcRule({ security_group_id: "${aws_security_group.other.id}" });
    expect(await available(web(other, elsewhere), web(other))).toBe("proved");
  });
});

function acl(...ingress: readonly object[]): Blocks {
  const shared = { vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.web.id}"] };
  const lists = ingress.length === 0 ? {} : { ingress };
  return { aws_network_acl: { web: { ...shared, ...lists } } };
}

const ALL = { protocol: "-1", from_port: 0, to_port: 0 };
const ENTRY = {
  ...{ ...ALL, rule_no: 100, action: "allow", cidr_block: EVERYONE, ipv6_cidr_block: "" },
  ...{ icmp_code: 0, icmp_type: 0 },
};

function aclRule(egress: boolean): object {
  const shared = { ...ALL, network_acl_id: "${aws_network_acl.web.id}", egress };
  return { ...shared, rule_number: 100, rule_action: "allow", cidr_block: EVERYONE };
}

describeWithTerraform("an inline part that a deleted block was too", () => {
  it("is gone after the apply: an entry of a network ACL", async () => {
    const [out, both] = [{ out: aclRule(true) }, { out: aclRule(true), in: aclRule(false) }];
    const first = web(acl(), { aws_network_acl_rule: both });
    const second = web(acl(ENTRY), { aws_network_acl_rule: out });
    expect(await available(first, second)).toBe("refuted");
  });

  it("is gone after the apply: a route", async () => {
    const gateway_id = "${aws_internet_gateway.main.id}";
    const route = (cidr_block: string, ipv6_cidr_block: string) => ({
      ...{ cidr_block, ipv6_cidr_block, gateway_id },
      ...Object.fromEntries(EMPTY_ROUTE.map((name) => [name, ""])),
    });
    const table = { vpc_id: "${aws_vpc.main.id}", route: [route(EVERYONE, ""), route("", "::/0")] };
    const second = web({
      aws_route_table: { public: table },
      aws_route: { internet: {}, internet6: {} },
    });
    expect(await available(web(), second)).toBe("refuted");
  });

  it("is gone after the apply: an entry of a prefix list", async () => {
    const list = (entry: object): Blocks => ({
      aws_ec2_managed_prefix_list: {
        all: { name: "all", address_family: "IPv4", max_entries: 2, ...entry },
      },
      ...inlineGroup([
        inlineRule({
          cidr_blocks: [],
          prefix_list_ids: ["${aws_ec2_managed_prefix_list.all.id}"],
        }),
      ]),
    });
    const own = {
      prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}",
      cidr: EVERYONE,
    };
    const first = web(list({}), { aws_ec2_managed_prefix_list_entry: { all: own } });
    const second = web(list({ entry: [{ cidr: EVERYONE, description: "" }] }));
    expect(await available(first, second)).toBe("refuted");
  });
});

const EMPTY_ROUTE = [
  "carrier_gateway_id",
  "core_network_arn",
  "destination_prefix_list_id",
  "egress_only_gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
];
