import { reviewInputs } from "originproof/review";
import { parseInput } from "../../lib/read/parse-input";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import { inlineGroup, inlineRule, web } from "../prove/rollout/change";
import type { Blocks } from "../support/aws-web";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const EVERYONE = "0.0.0.0/0";
const ALL = { protocol: "-1", from_port: 0, to_port: 0 };
const CBD = { lifecycle: { create_before_destroy: true } };

/** A site whose blocks name the owner of their rules by the id that it has. */
interface Site {
  readonly owner: string;
  readonly before: Blocks;
  readonly blocks: (id: string) => Blocks;
  readonly after: Blocks;
}

/** Availability after an apply that takes the blocks away and changes the owner. */
async function available({ owner, before, blocks, after }: Site, graph = false) {
  const box = newSandbox({ configuration: web(before) });
  await box.apply();
  const state = JSON.parse(JSON.stringify(await box.show()));
  const resources: readonly { address: string; values: { id: string } }[] =
    state.values.root_module.resources;
  const id = resources.find(({ address }) => address === owner)?.values.id ?? "";
  box.configure(web(before, blocks(id)));
  await box.apply();
  box.configure(web(after));
  const plan = await box.plan();
  const read = parseInput(JSON.stringify(await box.show(plan)), "plan.json");
  const graphs = graph ? [parseTerraformGraph(await box.graph(plan), "plan.json")] : [];
  const [path] = reviewInputs([read], { graphs }).paths;
  return path?.availability.verdict;
}

const BARE: Blocks = {
  aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
};

function groupRule(security_group_id: string, more: object = {}): Blocks {
  const ports = { protocol: "tcp", from_port: 443, to_port: 443 };
  const rule = { security_group_id, type: "ingress", cidr_blocks: [EVERYONE], ...ports, ...more };
  return { aws_security_group_rule: { web: rule } };
}

const GROUP: Site = {
  owner: "aws_security_group.web",
  before: BARE,
  blocks: groupRule,
  after: inlineGroup([inlineRule({ description: "the same, said anew" })]),
};

const byName = (more: object = {}): Site => ({
  ...GROUP,
  blocks: () => groupRule("${aws_security_group.web.id}", more),
});

describeWithTerraform("a rule that a group makes anew while its block goes", () => {
  it("may be gone where the block names the group by an id", async () => {
    expect(await available(GROUP)).toBe("undetermined");
    expect(await available(GROUP, true)).toBe("undetermined");
  });

  it("stays where the block surely goes first", async () => {
    expect(await available(byName())).toBe("undetermined");
    expect(await available(byName(), true)).toBe("proved");
  });

  it("is gone where the block surely goes last", async () => {
    expect(await available(byName(CBD))).toBe("undetermined");
    expect(await available(byName(CBD), true)).toBe("refuted");
  });
});

const ENTRY = {
  ...{ ...ALL, rule_no: 100, action: "allow", cidr_block: EVERYONE, ipv6_cidr_block: "" },
  ...{ icmp_code: 0, icmp_type: 0 },
};

function acl(ingress: readonly object[]): Blocks {
  const shared = { vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.web.id}"] };
  const lists = ingress.length === 0 ? {} : { ingress, egress: [ENTRY] };
  return { aws_network_acl: { web: { ...shared, ...lists } } };
}

describeWithTerraform("an entry that its owner makes anew while its block goes", () => {
  it("may be gone: of a network ACL", async () => {
    const entry = { ...ALL, rule_number: 100, rule_action: "allow" };
    const site: Site = {
      owner: "aws_network_acl.web",
      before: acl([]),
      blocks: (network_acl_id) => ({
        aws_network_acl_rule: {
          in: { ...entry, network_acl_id, egress: false, cidr_block: "0.0.0.0/1" },
          out: { ...entry, network_acl_id, egress: true, cidr_block: EVERYONE },
        },
      }),
      after: acl([ENTRY]),
    };
    expect(await available(site)).not.toBe("proved");
    expect(await available(site, true)).not.toBe("proved");
  });

  it("may be gone: of a route table", async () => {
    const gateway_id = "${aws_internet_gateway.main.id}";
    const table = (more: object): Blocks => ({
      aws_route_table: { public: { vpc_id: "${aws_vpc.main.id}", ...more } },
      aws_route: { internet: {}, internet6: {} },
    });
    const own = { ...EMPTY_ROUTE, cidr_block: EVERYONE, gateway_id };
    const site: Site = {
      owner: "aws_route_table.public",
      before: { ...table({}), aws_internet_gateway: { other: { vpc_id: "${aws_vpc.main.id}" } } },
      blocks: (route_table_id) => ({
        aws_route: {
          internet: {},
          internet6: {},
          web: {
            ...{ route_table_id, destination_cidr_block: EVERYONE },
            gateway_id: "${aws_internet_gateway.other.id}",
          },
        },
      }),
      after: table({ route: [own] }),
    };
    expect(await available(site)).toBe("undetermined");
  });

  it("may be gone: of a prefix list", async () => {
    const list = (more: object): Blocks => ({
      aws_ec2_managed_prefix_list: {
        all: { name: "all", address_family: "IPv4", max_entries: 2, ...more },
      },
      ...inlineGroup([
        inlineRule({
          cidr_blocks: [],
          prefix_list_ids: ["${aws_ec2_managed_prefix_list.all.id}"],
        }),
      ]),
    });
    const site: Site = {
      owner: "aws_ec2_managed_prefix_list.all",
      before: list({}),
      blocks: (prefix_list_id) => ({
        aws_ec2_managed_prefix_list_entry: { all: { prefix_list_id, cidr: EVERYONE } },
      }),
      after: list({ entry: [{ cidr: EVERYONE, description: "the same, said anew" }] }),
    };
    expect(await available(site)).toBe("undetermined");
  });
});

const EMPTY_ROUTE = Object.fromEntries(
  `carrier_gateway_id core_network_arn destination_prefix_list_id egress_only_gateway_id
   ipv6_cidr_block local_gateway_id nat_gateway_id network_interface_id transit_gateway_id
   vpc_endpoint_id vpc_peering_connection_id`
    .split(/\s+/)
    .map((name) => [name, ""]),
);
