import { type Case, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, server, ZONE } from "../hcl";

const LOCKED = group("web", ingress("local.edge4"));
const SITE = server(ingress("local.edge4"));
const WWW = record("aws_eip.web.public_ip");
const US = 'provider "aws" {\n  alias  = "us"\n  region = "us-east-1"\n}';

/** Every resource of AWS below, by another provider and name. */
const abroad = (text: string) =>
  text
    .replace(
      /resource "(aws_\w+)" "(\w+)" \{ ([^\n]*) \}$/gm,
      'resource "$1" "us_$2" {\n  provider = aws.us\n  $3\n}',
    )
    .replace(
      /resource "(aws_\w+)" "(?!us_)(\w+)" \{\n/g,
      'resource "$1" "us_$2" {\n  provider = aws.us\n',
    )
    .replace(/\b(aws_\w+)\.(\w+)/g, "$1.us_$2");

/** A hostname for each of many servers' names. */
const many = (count: number, group_: string) =>
  hcl(
    BASE,
    NETWORK,
    ZONE,
    group_,
    instance("web"),
    eip("web"),
    `
resource "cloudflare_dns_record" "many" {
  count   = ${count}
  zone_id = cloudflare_zone.main.id
  name    = "h\${count.index}.example.com"
  type    = "A"
  content = aws_eip.web.public_ip
  proxied = true
  ttl     = 1
}`,
  );
const hosts = (count: number, verdict: "proved" | "refuted") =>
  [...Array(count).keys()].map((index) =>
    path(verdict, "proved", { hostname: `h${index}.example.com` }),
  );
const DATA = `
data "aws_vpc" "main" { id = "vpc-0123456789abcdef0" }`;

/** Several regions, data sources, tunnels, and large inputs. */
export const MORE: readonly Case[] = [
  {
    name: "region/two",
    after: hcl(
      SITE,
      US,
      abroad(hcl(NETWORK, LOCKED, instance("web"), eip("web"))),
      record("aws_eip.us_web.public_ip", { label: "us" }),
    ),
    paths: [
      path("proved", "proved", { origin: "aws_eip.web" }),
      path("proved", "proved", { origin: "aws_eip.us_web" }),
    ],
  },
  {
    name: "region/two-and-one-closed",
    after: hcl(
      SITE,
      US,
      abroad(
        hcl(
          NETWORK,
          group("web", ingress("slice(local.edge4, 4, 15)")),
          instance("web"),
          eip("web"),
        ),
      ),
      record("aws_eip.us_web.public_ip", { label: "us" }),
    ),
    paths: [
      path("proved", "proved", { origin: "aws_eip.web" }),
      path("refuted", "proved", { origin: "aws_eip.us_web" }),
    ],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "data/vpc",
    after: hcl(
      BASE,
      DATA,
      NETWORK.replace(/resource "aws_vpc" "main" \{[^}]*\}/, "").replaceAll(
        "aws_vpc.main",
        "data.aws_vpc.main",
      ),
      ZONE,
      group("web", ingress("local.edge4"), "data.aws_vpc.main.id"),
      instance("web"),
      eip("web"),
      WWW,
    ),
    paths: [PROVED],
  },
  { name: "large/200-hostnames", after: many(200, LOCKED), paths: hosts(200, "proved") },
  {
    name: "large/1000-hostnames-and-a-range-missing",
    after: many(1000, group("web", ingress("slice(local.edge4, 0, 14)"))),
    paths: hosts(1000, "refuted"),
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "large/60-groups-of-which-one-counts",
    after: hcl(
      SITE,
      `
resource "aws_security_group" "many" {
  count  = 60
  name   = "many-\${count.index}"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}`,
    ),
    paths: [PROVED],
  },
];
