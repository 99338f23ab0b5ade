import { type Blocks, blocks } from "../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";
import { checkBlocks, emptyTally } from "./packets-oracle";

afterAll(removeSandboxes);

/** What the random sites have found, each as small as it can be. */
async function verdicts(...parts: readonly Blocks[]): Promise<Readonly<Record<string, string>>> {
  const tally = emptyTally();
  await checkBlocks([{ seed: "found", site: blocks(...parts) }], tally);
  expect(tally.disagreements).toEqual([]);
  const words = [...tally.counts.keys()].map((key) => key.split(" "));
  const of = (input: string) =>
    ["availability", "exclusivity"]
      .map((law) => words.find(([from, about]) => from === input && about === law)?.[2])
      .join(", ");
  return { planned: of("planned"), after: of("after"), state: of("state") };
}

const all = (verdict: string) => ({ planned: verdict, after: verdict, state: verdict });

const subnet = (number: number, zone: string) => ({
  ...{ vpc_id: "${aws_vpc.s0.id}", cidr_block: `10.0.${number}.0/24` },
  availability_zone: `eu-west-1${zone}`,
});
const NETWORK: Blocks = {
  aws_vpc: { s0: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { a: subnet(1, "a"), b: subnet(2, "b") },
  aws_internet_gateway: { s0: { vpc_id: "${aws_vpc.s0.id}" } },
  aws_route: {
    s0: {
      route_table_id: "${aws_vpc.s0.main_route_table_id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.s0.id}",
    },
  },
};
const rule = (type: string, group: string, cidr: string) => ({
  ...{ type, from_port: 0, to_port: 65535, protocol: "tcp", cidr_blocks: [cidr] },
  security_group_id: `\${aws_security_group.${group}.id}`,
});
const GROUPS: Blocks = {
  aws_security_group: Object.fromEntries(
    ["lb", "app"].map((name) => [name, { name, vpc_id: "${aws_vpc.s0.id}" }]),
  ),
  aws_security_group_rule: {
    in: rule("ingress", "lb", "0.0.0.0/0"),
    out: rule("egress", "lb", "10.0.0.0/16"),
    leg: rule("ingress", "app", "0.0.0.0/0"),
  },
};
const SERVER = { ami: "ami-0123456789abcdef0", instance_type: "t3.micro" };
const serverIn = (name: string): Blocks => ({
  aws_instance: {
    s0: {
      ...SERVER,
      subnet_id: `\${aws_subnet.${name}.id}`,
      vpc_security_group_ids: ["${aws_security_group.app.id}"],
    },
  },
});
const record = (type: string, content: string): Blocks => ({
  cloudflare_dns_record: {
    s0: {
      ...{ zone_id: "0123456789abcdef0123456789abcdef", name: "s0.example.com", ttl: 1 },
      ...{ type, content, proxied: true },
    },
  },
});

/** A classic balancer in these subnets, whose health check is on the target's port. */
const classic = (subnets: readonly string[], cross: boolean): Blocks => ({
  aws_elb: {
    s0: {
      name: "s0",
      subnets: subnets.map((name) => `\${aws_subnet.${name}.id}`),
      security_groups: ["${aws_security_group.lb.id}"],
      cross_zone_load_balancing: cross,
      instances: ["${aws_instance.s0.id}"],
      listener: [
        { lb_port: 443, lb_protocol: "tcp", instance_port: 8080, instance_protocol: "tcp" },
      ],
    },
  },
  ...record("CNAME", "${aws_elb.s0.dns_name}"),
});

describeWithTerraform("a balancer sends nothing to a zone that it is not in", () => {
  it("so the target there is no target", async () => {
    expect(await verdicts(NETWORK, GROUPS, serverIn("b"), classic(["a"], true))).toEqual(
      all("refuted, proved"),
    );
  });

  it("and to one that it is in, from its own node where it isn't to cross zones", async () => {
    const found = verdicts(NETWORK, GROUPS, serverIn("b"), classic(["a", "b"], false));
    expect(await found).toEqual(all("proved, refuted"));
  });
});

/** An ACL on this subnet, with these rules for answers. */
const aclOn = (name: string, ...answers: readonly object[]): Blocks => ({
  aws_network_acl: { s0: { vpc_id: "${aws_vpc.s0.id}" } },
  aws_network_acl_association: {
    s0: { network_acl_id: "${aws_network_acl.s0.id}", subnet_id: `\${aws_subnet.${name}.id}` },
  },
  aws_network_acl_rule: Object.fromEntries(
    [{ egress: false, from_port: 443, to_port: 443 }, ...answers].map((part, at) => [
      `s0_${at}`,
      {
        ...{ network_acl_id: "${aws_network_acl.s0.id}", rule_number: 100 + at, protocol: "tcp" },
        ...{ egress: true, rule_action: "allow", cidr_block: "0.0.0.0/0", ...part },
      },
    ]),
  ),
});

describeWithTerraform("a zone of a balancer without a target", () => {
  it("is not led to, whatever its subnet stops", async () => {
    const found = verdicts(NETWORK, GROUPS, serverIn("a"), classic(["a", "b"], false), aclOn("b"));
    expect(await found).toEqual(all("undetermined, refuted"));
  });
});

describeWithTerraform("a network ACL that answers client ports below 1024 alone", () => {
  it("cuts the edge off, and lets in who chooses such a port", async () => {
    const { s0 } = serverIn("a").aws_instance as { readonly s0: object };
    const site: Blocks = {
      aws_instance: { s0 },
      aws_eip: { s0: { domain: "vpc", instance: "${aws_instance.s0.id}" } },
      ...record("A", "${aws_eip.s0.public_ip}"),
    };
    const low = aclOn("a", { from_port: 1, to_port: 442 });
    expect(await verdicts(NETWORK, GROUPS, site, low)).toEqual(all("refuted, refuted"));
  });
});

describeWithTerraform("a rule by ranges", () => {
  it("names no group after the apply either", async () => {
    const elsewhere = { aws_security_group_rule: { out: rule("egress", "lb", "10.0.1.0/24") } };
    const site = [NETWORK, GROUPS, elsewhere, serverIn("b"), classic(["a", "b"], true)];
    expect(await verdicts(...site)).toEqual(all("refuted, proved"));
  });
});

describeWithTerraform("an Elastic IP on the interface that an instance is given", () => {
  it("is the instance's in the state too", async () => {
    const network_interface_id = "${aws_network_interface.s0.id}";
    const site: Blocks = {
      aws_network_interface: {
        s0: {
          subnet_id: "${aws_subnet.a.id}",
          security_groups: ["${aws_security_group.app.id}"],
        },
      },
      aws_instance: {
        s0: { ...SERVER, network_interface: [{ device_index: 0, network_interface_id }] },
      },
      aws_eip: { s0: { domain: "vpc", network_interface: network_interface_id } },
      ...record("A", "${aws_eip.s0.public_ip}"),
    };
    expect(await verdicts(NETWORK, GROUPS, site)).toEqual(all("proved, refuted"));
  });
});
