import { changeOf, configuration, inlineGroup, inlineRule, web } from "../prove/rollout/change";
import { type Blocks, NETWORK, webBlocks } from "../support/aws-web";
import { EDGE_4 } from "../support/plan";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const RULE = {
  ...{ security_group_id: "${aws_security_group.web.id}", ip_protocol: "tcp" },
  ...{ from_port: 443, to_port: 443 },
};
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

describeWithTerraform("a source that only apply tells", () => {
  it("stays beside those that a deleted block was", async () => {
    const edge = EDGE_4.map((cidr_ipv4, at) => [`edge${at}`, { ...RULE, cidr_ipv4 }]);
    const own = { ...RULE, cidr_ipv4: "192.0.2.0/24" };
    const other = { aws_eip: { other: { domain: "vpc" } } };
    const cidr_blocks = ["192.0.2.0/24", ...EDGE_4, "${aws_eip.other.public_ip}/32"];
    const rules = { ...Object.fromEntries(edge), own };
    const before = web(BARE, { aws_vpc_security_group_ingress_rule: rules });
    const after = web(other, inlineGroup([inlineRule({ cidr_blocks })]));
    const [path] = (await changeOf(before, after)).review().paths;
    expect(path?.availability.verdict).not.toBe("proved");
    expect(path?.exclusivity.verdict).toBe("undetermined");
    expect(path?.exclusivity.reasons.map(({ id }) => id)).toContain("aws/source-unknown");
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

function aclRule(egress: boolean, network_acl_id = "${aws_network_acl.web.id}"): object {
  const shared = { ...ALL, network_acl_id, egress };
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

/** The default of the VPC, by an attribute of it. */
const own = (what: string) => `\${aws_vpc.main.${what}}`;

function ofDefault(rules: object, inline: boolean): object {
  const group = own("default_security_group_id");
  const [first] = Object.values(webBlocks().aws_instance ?? {});
  const machine = { ...first, vpc_security_group_ids: [group] };
  const all = inlineRule({ from_port: 0, to_port: 0, protocol: "-1" });
  const taken = { vpc_id: own("id"), ingress: [inlineRule()], egress: [all] };
  const managed = inline ? { aws_default_security_group: { main: taken } } : {};
  return web({ aws_instance: { web: machine } }, { ...rules, ...managed });
}

describeWithTerraform("a rule that a default takes over while its block goes", () => {
  const group = { security_group_id: own("default_security_group_id") };

  it("may be gone after the apply: of a group", async () => {
    const ports = { from_port: 443, to_port: 443 };
    const old = { ...group, type: "ingress", cidr_blocks: [EVERYONE], protocol: "tcp", ...ports };
    const by = { ...group, cidr_ipv4: EVERYONE, ip_protocol: "tcp", ...ports };
    const after = ofDefault({}, true);
    const before = ofDefault({ aws_security_group_rule: { web: old } }, false);
    expect(await available(before, after)).toBe("undetermined");
    const single = ofDefault({ aws_vpc_security_group_ingress_rule: { web: by } }, false);
    expect(await available(single, after)).toBe("undetermined");
  });

  it("stays where the block is of other ports, and others' stay too", async () => {
    const rule = { ...group, cidr_ipv4: EVERYONE, ip_protocol: "tcp", from_port: 80, to_port: 80 };
    const before = ofDefault({ aws_vpc_security_group_ingress_rule: { web: rule } }, false);
    expect(await available(before, ofDefault({}, true))).toBe("proved");
  });

  it("may be gone after the apply: of a network ACL", async () => {
    const rule = { ...aclRule(false, own("default_network_acl_id")), rule_number: 90 };
    const taken = {
      default_network_acl_id: own("default_network_acl_id"),
      ingress: [{ ...ENTRY, rule_no: 90 }],
      egress: [ENTRY],
    };
    const after = web({ aws_default_network_acl: { main: taken } });
    expect(await available(web({ aws_network_acl_rule: { web: rule } }), after)).toBe(
      "undetermined",
    );
  });

  it("may be gone after the apply: of a route table", async () => {
    const { aws_route_table_association: _, ...bare } = NETWORK;
    const gateway_id = "${aws_internet_gateway.main.id}";
    const none = Object.fromEntries(EMPTY_ROUTE.map((name) => [name, null]));
    const { carrier_gateway_id: _c, local_gateway_id: _l, ...rest } = none;
    const route = { ...rest, cidr_block: EVERYONE, ipv6_cidr_block: null, gateway_id };
    const table = {
      default_route_table_id: own("default_route_table_id"),
      route: [{ ...route, instance_id: null }],
    };
    const block = {
      route_table_id: own("main_route_table_id"),
      ...{ destination_cidr_block: EVERYONE, gateway_id },
    };
    const site = [bare, webBlocks(), inlineGroup([inlineRule()])];
    const before = configuration(...site, { aws_route: { main: block } });
    const after = configuration(...site, { aws_default_route_table: { main: table } });
    expect(await available(before, after)).toBe("undetermined");
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
