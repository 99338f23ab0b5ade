import { type Case, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, ZONE } from "../hcl";

const cut = path("refuted", "proved");
const MISSES = ["firewall/misses-edge-range"];
const SPECIAL = ["dns/special-purpose-address"];
const LOCK = group("web", ingress("local.edge4"));
const PARTS = hcl(BASE, NETWORK, ZONE, LOCK);
const PUBLIC = "associate_public_ip_address = true";

const nic = (name: string, groups: string) => `
resource "aws_network_interface" "${name}" {
  subnet_id       = aws_subnet.a.id
  security_groups = ${groups}
}`;
const NIC_EIP = `
resource "aws_eip" "web" {
  domain            = "vpc"
  network_interface = aws_network_interface.web.id
}`;

/** Who has the address that a record leads to, and the groups of that interface. */
export const ADDRESSES: readonly Case[] = [
  {
    name: "address/own-public-address",
    after: hcl(PARTS, instance("web", "web", PUBLIC), record("aws_instance.web.public_ip")),
    paths: [PROVED],
  },
  {
    name: "address/own-public-name",
    after: hcl(
      PARTS.replace('"10.0.0.0/16"', '"10.0.0.0/16"\n  enable_dns_hostnames = true'),
      instance("web", "web", PUBLIC),
      record("aws_instance.web.public_dns", { type: "CNAME" }),
    ),
    paths: [PROVED],
  },
  {
    name: "address/private",
    after: hcl(PARTS, instance("web"), record("aws_instance.web.private_ip")),
    paths: [cut],
    rules: SPECIAL,
  },
  {
    name: "address/private-literal",
    after: hcl(PARTS, record('"10.0.1.7"')),
    paths: [cut],
    rules: SPECIAL,
  },
  {
    name: "address/of-a-nat-gateway",
    after: hcl(
      PARTS,
      'resource "aws_eip" "nat" { domain = "vpc" }',
      'resource "aws_nat_gateway" "main" {\n  allocation_id = aws_eip.nat.id\n  subnet_id = aws_subnet.a.id\n}',
      record("aws_eip.nat.public_ip"),
    ),
    paths: [cut],
    rules: SPECIAL,
  },
  {
    name: "address/elastic-by-association",
    after: hcl(
      PARTS,
      instance("web"),
      'resource "aws_eip" "web" { domain = "vpc" }',
      'resource "aws_eip_association" "web" {\n  allocation_id = aws_eip.web.id\n  instance_id = aws_instance.web.id\n}',
      record("aws_eip.web.public_ip"),
    ),
    paths: [PROVED],
  },
  {
    name: "address/elastic-of-nobody",
    after: hcl(
      PARTS,
      'resource "aws_eip" "web" { domain = "vpc" }',
      record("aws_eip.web.public_ip"),
    ),
    paths: [path("undetermined", "undetermined", { reasons: ["aws/elastic-ip-holder"] })],
  },
  {
    name: "address/elastic-by-name",
    after: hcl(
      PARTS,
      instance("web"),
      eip("web"),
      record("aws_eip.web.public_dns", { type: "CNAME" }),
    ),
    paths: [PROVED],
  },
  {
    name: "address/public-name-in-a-vpc-without-names",
    after: hcl(
      PARTS,
      instance("web", "web", PUBLIC),
      record("aws_instance.web.public_dns", { type: "CNAME" }),
    ),
    paths: [
      path("undetermined", "undetermined", { reasons: ["origin/not-read"] }),
      path("undetermined", "undetermined", { family: 6, reasons: ["origin/not-read"] }),
    ],
  },
  {
    name: "address/interface",
    after: hcl(
      PARTS,
      nic("web", "[aws_security_group.web.id]"),
      NIC_EIP,
      record("aws_eip.web.public_ip"),
    ),
    paths: [PROVED],
  },
  {
    name: "address/interface-with-another-group",
    after: hcl(
      PARTS,
      group("other"),
      nic("web", "[aws_security_group.other.id]"),
      NIC_EIP,
      record("aws_eip.web.public_ip"),
    ),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "address/outside-the-input",
    after: hcl(PARTS, record('"198.51.100.7"')),
    paths: [path("undetermined", "undetermined", { reasons: ["origin/outside-input"] })],
    hidden: "the server is no part of the input",
  },
  {
    name: "address/of-cloudflare",
    after: hcl(PARTS, record('"104.16.0.1"')),
    paths: [cut],
    rules: ["dns/points-to-cloudflare"],
  },
  {
    name: "address/two-servers",
    after: hcl(
      PARTS,
      ...[instance("web"), eip("web"), record("aws_eip.web.public_ip")],
      ...[
        instance("next", "web"),
        eip("next"),
        record("aws_eip.next.public_ip", { label: "next" }),
      ],
    ),
    paths: [
      path("proved", "proved", { origin: "aws_eip.web" }),
      path("proved", "proved", { origin: "aws_eip.next" }),
    ],
  },
  {
    name: "address/two-servers-and-one-closed",
    after: hcl(
      PARTS,
      group("next", ingress("slice(local.edge4, 0, 7)")),
      ...[instance("web"), eip("web"), record("aws_eip.web.public_ip")],
      ...[instance("next"), eip("next"), record("aws_eip.next.public_ip", { label: "next" })],
    ),
    paths: [
      path("proved", "proved", { origin: "aws_eip.web" }),
      path("refuted", "proved", { origin: "aws_eip.next" }),
    ],
    rules: MISSES,
  },
];
