import { type Case, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, server, ZONE } from "../hcl";

const cut = path("refuted", "proved");
const CAPTURES = ["route/captures-edge-range"];
const NO_ROUTE = ["route/no-internet-route"];
const BLOCKED = ["route/public-access-blocked"];

const SITE = server(ingress("local.edge4"));
const TGW = 'transit_gateway_id = "tgw-0123456789abcdef0"';
const IGW = "gateway_id = aws_internet_gateway.main.id";

const route = (
  label: string,
  cidr: string,
  target: string,
  table = "aws_route_table.public.id",
) => `
resource "aws_route" "${label}" {
  route_table_id         = ${table}
  destination_cidr_block = "${cidr}"
  ${target}
}`;

/** The site with another network than NETWORK. */
const inNetwork = (network: string) =>
  hcl(
    BASE,
    network,
    ZONE,
    instance("web"),
    eip("web"),
    record("aws_eip.web.public_ip"),
    group("web", ingress("local.edge4")),
  );

const withRoutes = (...routes: readonly string[]) =>
  inNetwork(hcl(NETWORK.replace(/resource "aws_route" "out" \{[^}]*\}/, ""), ...routes));
const bare = NETWORK.replace(/resource "aws_route_table" "public"[\s\S]*$/, "");
const NAT = `
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.a.id
}`;
const block = (mode: string) => `
resource "aws_vpc_block_public_access_options" "main" {
  internet_gateway_block_mode = "${mode}"
}`;
const exclusion = (mode: string, of = "subnet_id = aws_subnet.a.id") => `
resource "aws_vpc_block_public_access_exclusion" "web" {
  ${of}
  internet_gateway_exclusion_mode = "${mode}"
}`;

/** Where a server's answers go. */
export const ROUTES: readonly Case[] = [
  {
    name: "route/captures-172",
    after: hcl(SITE, route("other", "172.0.0.0/8", TGW)),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/captures-172-but-for-the-edge",
    after: hcl(SITE, route("other", "172.0.0.0/8", TGW), route("edge", "172.64.0.0/13", IGW)),
    paths: [PROVED],
  },
  {
    name: "route/captures-172-but-for-half-of-the-edge",
    after: hcl(SITE, route("other", "172.0.0.0/8", TGW), route("edge", "172.64.0.0/14", IGW)),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/private-172",
    after: hcl(SITE, route("other", "172.16.0.0/12", TGW)),
    paths: [PROVED],
  },
  {
    name: "route/captures-one-address",
    after: hcl(SITE, route("other", "162.159.255.255/32", TGW)),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/captures-next-to-the-edge",
    after: hcl(SITE, route("other", "162.160.0.0/16", TGW)),
    paths: [PROVED],
  },
  {
    name: "route/captures-by-peering",
    after: hcl(
      SITE,
      `
resource "aws_vpc_peering_connection" "other" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = "vpc-0123456789abcdef0"
}`,
      route(
        "other",
        "104.16.0.0/12",
        "vpc_peering_connection_id = aws_vpc_peering_connection.other.id",
      ),
    ),
    paths: [cut],
    rules: CAPTURES,
  },
  { name: "route/none", after: withRoutes(), paths: [cut], rules: NO_ROUTE },
  {
    name: "route/two-halves",
    after: withRoutes(route("low", "0.0.0.0/1", IGW), route("high", "128.0.0.0/1", IGW)),
    paths: [PROVED],
  },
  {
    name: "route/lower-half",
    after: withRoutes(route("low", "0.0.0.0/1", IGW)),
    paths: [cut],
    rules: NO_ROUTE,
  },
  {
    name: "route/nat",
    after: withRoutes(NAT, route("out", "0.0.0.0/0", "nat_gateway_id = aws_nat_gateway.main.id")),
    paths: [cut],
    rules: NO_ROUTE,
  },
  {
    name: "route/table-not-associated",
    after: inNetwork(NETWORK.replace(/resource "aws_route_table_association"[\s\S]*$/, "")),
    paths: [cut],
    rules: NO_ROUTE,
  },
  {
    name: "route/main-table",
    after: inNetwork(hcl(bare, route("out", "0.0.0.0/0", IGW, "aws_vpc.main.main_route_table_id"))),
    paths: [PROVED],
  },
  {
    name: "route/main-table-without-a-route",
    after: inNetwork(bare),
    paths: [cut],
    rules: NO_ROUTE,
  },
  {
    name: "route/another-main-table",
    after: inNetwork(
      NETWORK.replace(
        /resource "aws_route_table_association"[\s\S]*$/,
        `resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.public.id
}`,
      ),
    ),
    paths: [PROVED],
  },
  {
    name: "route/default-table-managed",
    after: inNetwork(
      hcl(
        bare,
        `
resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.main.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}`,
      ),
    ),
    paths: [PROVED],
  },
  {
    name: "route/inline-with-a-capture",
    after: inNetwork(
      NETWORK.replace(/resource "aws_route" "out" \{[^}]*\}/, "").replace(
        /resource "aws_route_table" "public" [^\n]*/,
        `resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
  route {
    cidr_block         = "188.114.0.0/16"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }
}`,
      ),
    ),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/vpc-in-the-edge",
    after: inNetwork(
      NETWORK.replace("10.0.0.0/16", "104.16.0.0/16").replace("10.0.1.0", "104.16.1.0"),
    ),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/second-range-in-the-edge",
    after: hcl(
      SITE,
      `
resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "131.0.72.0/24"
}`,
    ),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/captures-by-prefix-list",
    after: hcl(
      SITE,
      `
resource "aws_ec2_managed_prefix_list" "other" {
  name           = "other"
  address_family = "IPv4"
  max_entries    = 2
  entry { cidr = "10.9.0.0/16" }
  entry { cidr = "141.101.64.0/18" }
}
resource "aws_route" "other" {
  route_table_id             = aws_route_table.public.id
  destination_prefix_list_id = aws_ec2_managed_prefix_list.other.id
  transit_gateway_id         = "tgw-0123456789abcdef0"
}`,
    ),
    paths: [cut],
    rules: CAPTURES,
  },
  {
    name: "route/public-access-blocked",
    after: hcl(SITE, block("block-bidirectional")),
    paths: [cut],
    rules: BLOCKED,
  },
  {
    name: "route/public-access-in-blocked",
    after: hcl(SITE, block("block-ingress")),
    paths: [cut],
    rules: BLOCKED,
  },
  { name: "route/public-access-not-blocked", after: hcl(SITE, block("off")), paths: [PROVED] },
  {
    name: "route/public-access-excluded",
    after: hcl(SITE, block("block-bidirectional"), exclusion("allow-bidirectional")),
    paths: [PROVED],
  },
  {
    name: "route/public-access-excluded-for-egress",
    after: hcl(SITE, block("block-bidirectional"), exclusion("allow-egress")),
    paths: [cut],
    rules: BLOCKED,
  },
  {
    name: "route/public-access-excluded-by-vpc",
    after: hcl(
      SITE,
      block("block-ingress"),
      exclusion("allow-bidirectional", "vpc_id = aws_vpc.main.id"),
    ),
    paths: [PROVED],
  },
];
