import fc from "fast-check";
import { type Blocks, NETWORK, reviewBlocks, webBlocks } from "../../support/aws-web";

const VPC = "${aws_vpc.main.id}";
const ROW = { rule_no: 1, action: "allow", protocol: "tcp", from_port: 1, to_port: 2 };

/** One of every block that is read. */
const BLOCKS: Blocks = {
  aws_network_acl: {
    web: {
      vpc_id: VPC,
      subnet_ids: ["${aws_subnet.web.id}"],
      ingress: [{ ...ROW, cidr_block: "0.0.0.0/0" }],
      egress: [{ ...ROW, ipv6_cidr_block: "::/0" }],
    },
  },
  aws_network_acl_rule: {
    x: {
      network_acl_id: "${aws_network_acl.web.id}",
      rule_number: 5,
      egress: false,
      protocol: "tcp",
      rule_action: "deny",
      cidr_block: "198.51.100.0/24",
      from_port: 1,
      to_port: 5,
    },
  },
  aws_default_network_acl: {
    d: { default_network_acl_id: "${aws_vpc.main.default_network_acl_id}" },
  },
  aws_network_acl_association: {
    a: { subnet_id: "${aws_subnet.web.id}", network_acl_id: "${aws_network_acl.web.id}" },
  },
  aws_main_route_table_association: {
    a: { vpc_id: VPC, route_table_id: "${aws_route_table.public.id}" },
  },
  aws_default_route_table: {
    d: {
      default_route_table_id: "${aws_vpc.main.default_route_table_id}",
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-0123456789abcdef0" }],
    },
  },
  aws_vpc_block_public_access_options: { o: { internet_gateway_block_mode: "off" } },
  aws_vpc_block_public_access_exclusion: {
    o: { vpc_id: VPC, internet_gateway_exclusion_mode: "allow-egress" },
  },
  aws_internet_gateway_attachment: {
    o: { vpc_id: VPC, internet_gateway_id: "${aws_internet_gateway.main.id}" },
  },
  aws_vpc_ipv4_cidr_block_association: { o: { vpc_id: VPC, cidr_block: "10.1.0.0/16" } },
  aws_ec2_managed_prefix_list: { o: { entry: [{ cidr: "10.0.0.0/8" }] } },
};

const JUNK: readonly unknown[] = [
  ...[null, true, false, 1e308, -1, 0.5, "", "-1", "99999999", "__proto__", "x".repeat(1000)],
  ...[[], [null], [[]], {}, [{}], { constructor: 1 }, ["${local.x}"], "${a.b.c}", "${var.x}"],
  ...["igw-0123456789abcdef0", "0.0.0.0/0", "::/0", "192.0.2.0/33", "${aws_vpc.main}"],
  ...["${aws_subnet.web[*].id}", "${aws_network_acl.web.id}", "${aws_network_acl_rule.x.id}"],
];

type Spot = readonly [holder: Record<string, unknown>, name: string];

/** Every attribute, nested ones too. */
function spotsIn(value: object, depth = 0): Spot[] {
  const holder = value as Record<string, unknown>;
  return Object.entries(holder).flatMap(([name, inner]): Spot[] => [
    ...(depth > 1 ? [[holder, name] as const] : []),
    ...(typeof inner === "object" && inner !== null ? spotsIn(inner, depth + 1) : []),
  ]);
}

it("answers whatever stands in the place of an attribute", () => {
  const change = fc.tuple(fc.nat(), fc.constantFrom(...JUNK));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.boolean(), (changes, six) => {
      const parts = structuredClone([NETWORK, BLOCKS]) as Blocks[];
      const spots = parts.flatMap((part) => spotsIn(part));
      for (const [at, junk] of changes) {
        const [holder, name] = spots[at % spots.length] ?? [{}, ""];
        holder[name] = junk;
      }
      const review = reviewBlocks(webBlocks({ family: six ? 6 : 4 }), ...parts);
      expect(review.paths).toHaveLength(1);
    }),
    { seed: 5, numRuns: Number(process.env.ORACLE_RUNS ?? 300) },
  );
});
