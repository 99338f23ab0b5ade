import { type Case, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, ZONE } from "../hcl";

const cut = path("refuted", "proved");
const MISSES = ["firewall/misses-edge-range"];
const SITE = hcl(BASE, NETWORK, ZONE, record("aws_eip.web.public_ip"), eip("web"));

const FIREWALL = `
variable "vpc_id" { type = string }
variable "ranges" { type = list(string) }
resource "aws_security_group" "web" {
  name_prefix = "web"
  vpc_id      = var.vpc_id
}
resource "aws_vpc_security_group_ingress_rule" "edge" {
  for_each          = toset(var.ranges)
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}
output "group_id" { value = aws_security_group.web.id }
`;
const call = (ranges: string, name = "firewall", more = "") => `
module "${name}" {
  source = "./firewall"
  vpc_id = aws_vpc.main.id
  ranges = ${ranges}
  ${more}
}`;
const moduleServer = (group_: string) =>
  instance("web").replace("aws_security_group.web.id", group_);
const files = { "firewall/main.tf": FIREWALL };

/** What is written with modules, dynamic blocks and conditions, and what only apply can tell. */
export const HIDDEN: readonly Case[] = [
  {
    name: "module/firewall",
    files,
    after: hcl(SITE, call("local.edge4"), moduleServer("module.firewall.group_id")),
    paths: [PROVED],
  },
  {
    name: "module/firewall-without-a-range",
    files,
    after: hcl(SITE, call("slice(local.edge4, 0, 12)"), moduleServer("module.firewall.group_id")),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "module/two-calls-and-the-wrong-one",
    files,
    after: hcl(
      SITE,
      call("local.edge4"),
      call('["131.0.72.0/22"]', "other"),
      moduleServer("module.other.group_id"),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "module/for-each",
    files,
    after: hcl(
      SITE,
      call("each.value", "firewall", "for_each = { edge = local.edge4, none = [] }"),
      moduleServer('module.firewall["edge"].group_id'),
    ),
    paths: [PROVED],
  },
  {
    name: "module/for-each-and-the-wrong-one",
    files,
    after: hcl(
      SITE,
      call("each.value", "firewall", "for_each = { edge = local.edge4, none = [] }"),
      moduleServer('module.firewall["none"].group_id'),
    ),
    paths: [cut],
    rules: ["firewall/empty-for-each"],
  },
  {
    name: "module/nested",
    files: {
      ...files,
      "site/main.tf": `
variable "vpc_id" { type = string }
variable "ranges" { type = list(string) }
module "firewall" {
  source = "../firewall"
  vpc_id = var.vpc_id
  ranges = var.ranges
}
output "group_id" { value = module.firewall.group_id }
`,
    },
    after: hcl(
      SITE,
      call("local.edge4", "site").replace("./firewall", "./site"),
      moduleServer("module.site.group_id"),
    ),
    paths: [PROVED],
  },
  {
    name: "module/server-inside",
    files: {
      "server/main.tf": `
variable "subnet_id" { type = string }
variable "group_ids" { type = list(string) }
resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = var.subnet_id
  vpc_security_group_ids = var.group_ids
}
resource "aws_eip" "web" {
  domain   = "vpc"
  instance = aws_instance.web.id
}
output "address" { value = aws_eip.web.public_ip }
`,
    },
    after: hcl(
      BASE,
      NETWORK,
      ZONE,
      group("web", ingress("slice(local.edge4, 2, 15)")),
      `
module "server" {
  source    = "./server"
  subnet_id = aws_subnet.a.id
  group_ids = [aws_security_group.web.id]
}`,
      record("module.server.address"),
    ),
    paths: [cut],
    rules: MISSES,
  },
];
