import { type Case, path } from "../case";
import { BASE, group, hcl, ingress, instance, NETWORK, ROUTE6, record, ZONE } from "../hcl";

const proved = path("proved", "proved", { family: 6 });
const cut = path("refuted", "proved", { family: 6 });
const open = path("proved", "refuted", { family: 6 });

const PARTS = hcl(
  BASE,
  NETWORK.replace(
    'cidr_block        = "10.0.1.0/24"',
    'cidr_block        = "10.0.1.0/24"\n  ipv6_cidr_block   = "2001:db8:0:1::/64"',
  ),
  ZONE,
  instance("web", "web", "ipv6_address_count     = 1\n  associate_public_ip_address = true"),
);
const AAAA = record("aws_instance.web.ipv6_addresses[0]", { type: "AAAA", label: "www6" });
const from = (cidrs: string) =>
  group("web", ingress("[]", { rest: `ipv6_cidr_blocks = ${cidrs}` }));
const SITE = hcl(PARTS, AAAA, ROUTE6);

/** The same by IPv6. */
export const IPV6: readonly Case[] = [
  { name: "ipv6/edge", after: hcl(SITE, from("local.edge6")), paths: [proved] },
  {
    name: "ipv6/range-missing",
    after: hcl(SITE, from('[for c in local.edge6 : c if c != "2c0f:f248::/32"]')),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "ipv6/ipv4-alone",
    after: hcl(SITE, group("web", ingress("local.edge4"))),
    paths: [cut],
    rules: ["firewall/misses-family"],
  },
  {
    name: "ipv6/ipv4-world",
    after: hcl(SITE, group("web", ingress('["0.0.0.0/0"]'))),
    paths: [cut],
    rules: ["firewall/misses-family"],
  },
  {
    name: "ipv6/world",
    after: hcl(SITE, from('["::/0"]')),
    paths: [open],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "ipv6/global-unicast",
    after: hcl(SITE, from('["2000::/3"]')),
    paths: [open],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "ipv6/twice-a-range",
    after: hcl(SITE, from('concat(local.edge6, ["2400:cb00::/31"])')),
    paths: [open],
    rules: ["ranges/superset"],
  },
  {
    name: "ipv6/private-and-documentation-sources",
    after: hcl(SITE, from('concat(local.edge6, ["fc00::/7", "2001:db8::/32", "fe80::/10"])')),
    paths: [proved],
  },
  {
    name: "ipv6/no-route",
    after: hcl(PARTS, AAAA, from("local.edge6")),
    paths: [cut],
    rules: ["route/no-internet-route"],
  },
  {
    name: "ipv6/egress-only-gateway",
    after: hcl(
      PARTS,
      AAAA,
      from("local.edge6"),
      'resource "aws_egress_only_internet_gateway" "main" { vpc_id = aws_vpc.main.id }',
      ROUTE6.replace(
        "gateway_id                  = aws_internet",
        "egress_only_gateway_id      = aws_egress_only_internet",
      ),
    ),
    paths: [cut],
    rules: ["route/no-internet-route"],
  },
  {
    name: "ipv6/captured",
    after: hcl(
      SITE,
      from("local.edge6"),
      `
resource "aws_route" "other" {
  route_table_id              = aws_route_table.public.id
  destination_ipv6_cidr_block = "2606:4700::/32"
  transit_gateway_id          = "tgw-0123456789abcdef0"
}`,
    ),
    paths: [cut],
    rules: ["route/captures-edge-range"],
  },
  {
    name: "ipv6/acl-without-ipv6",
    after: hcl(
      SITE,
      from("local.edge6"),
      `
resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}`,
    ),
    paths: [cut],
    rules: ["firewall/misses-family"],
  },
  {
    name: "ipv6/beside-ipv4",
    after: hcl(
      SITE,
      record("aws_instance.web.public_ip"),
      group("web", ingress("local.edge4", { rest: "ipv6_cidr_blocks = local.edge6" })),
    ),
    paths: [proved, path("proved", "proved")],
  },
  {
    name: "ipv6/beside-ipv4-and-forgotten",
    after: hcl(SITE, record("aws_instance.web.public_ip"), group("web", ingress("local.edge4"))),
    paths: [cut, path("proved", "proved")],
    rules: ["firewall/misses-family"],
  },
  {
    name: "ipv6/dual-stack-host-with-an-a-record",
    after: hcl(
      PARTS,
      ROUTE6,
      record("aws_instance.web.public_ip"),
      group("web", ingress("local.edge4")),
    ),
    paths: [path("proved", "proved")],
  },
];
