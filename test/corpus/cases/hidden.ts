import { type Case, PROVED, path } from "../case";
import {
  BASE,
  EACH4,
  eip,
  group,
  hcl,
  ingress,
  instance,
  NETWORK,
  record,
  rule,
  SERVER,
  server,
  ZONE,
} from "../hcl";

const cut = path("refuted", "proved");
const MISSES = ["firewall/misses-edge-range"];
const SITE = hcl(BASE, NETWORK, ZONE, record("aws_eip.web.public_ip"), eip("web"));
const OTHER = 'resource "aws_eip" "other" { domain = "vpc" }';

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

const EDGE_AND_OUTSIDE = hcl(
  SITE,
  group("web", ingress("local.edge4")),
  instance("web").replace("web.id]", 'web.id, "sg-0123456789abcdef0"]'),
);

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
  {
    name: "expression/dynamic-blocks",
    after: hcl(
      SERVER,
      group(
        "web",
        `dynamic "ingress" {
    for_each = local.edge4
    content {
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }`,
      ),
    ),
    paths: [PROVED],
  },
  {
    name: "expression/dynamic-blocks-with-a-filter",
    after: hcl(
      SERVER,
      group(
        "web",
        `dynamic "ingress" {
    for_each = [for c in local.edge4 : c if !startswith(c, "198.")]
    content {
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }`,
      ),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "expression/condition-on-a-variable",
    after: hcl(
      'variable "lock" { default = true }',
      server(ingress('var.lock ? local.edge4 : ["0.0.0.0/0"]')),
    ),
    paths: [PROVED],
  },
  {
    name: "expression/rules-in-chunks",
    after: hcl(
      SERVER,
      group("web"),
      `
resource "aws_security_group_rule" "edge" {
  count             = 3
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = chunklist(local.edge4, 5)[count.index]
}`,
    ),
    paths: [PROVED],
  },
  {
    name: "expression/servers-by-for-each",
    after: hcl(
      BASE,
      NETWORK,
      ZONE,
      group("web", ingress("local.edge4")),
      group("open", ingress('["0.0.0.0/0"]')),
      `
resource "aws_instance" "web" {
  for_each               = { a = aws_security_group.web.id, b = aws_security_group.open.id }
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [each.value]
}
resource "aws_eip" "web" {
  for_each = aws_instance.web
  domain   = "vpc"
  instance = each.value.id
}`,
      record('aws_eip.web["a"].public_ip'),
    ),
    paths: [path("undetermined", "undetermined", { reasons: ["aws/elastic-ip-holder"] })],
  },
  {
    name: "unknown/one-more-source",
    after: hcl(
      server(ingress("local.edge4")),
      OTHER,
      group("extra"),
      rule("more", 'cidr_ipv4 = "${aws_eip.other.public_ip}/32"', { of: "extra" }),
    ).replace(
      "[aws_security_group.web.id]",
      "[aws_security_group.web.id, aws_security_group.extra.id]",
    ),
    paths: [
      path("proved", "undetermined", { reasons: ["aws/groups-unknown", "aws/source-unknown"] }),
    ],
  },
  {
    name: "unknown/the-only-source",
    after: hcl(server(), OTHER, rule("more", 'cidr_ipv4 = "${aws_eip.other.public_ip}/32"')),
    paths: [
      path("undetermined", "undetermined", {
        reasons: ["aws/groups-unknown", "aws/source-unknown"],
      }),
    ],
  },
  {
    name: "unknown/one-more-source-on-port-444",
    after: hcl(
      server(),
      OTHER,
      rule("edge", EACH4),
      rule("more", 'cidr_ipv4 = "${aws_eip.other.public_ip}/32"', { from: "444" }),
    ),
    paths: [PROVED],
  },
  {
    name: "unknown/group-outside-the-input",
    after: hcl(SITE, moduleServer('"sg-0123456789abcdef0"')),
    paths: [path("undetermined", "undetermined", { reasons: ["aws/group-outside"] })],
  },
  {
    name: "unknown/edge-and-a-group-outside-the-input",
    after: EDGE_AND_OUTSIDE,
    // A plan doesn't show the literal: the assumption `binding/list-of-ids` says so.
    paths: [PROVED],
  },
  {
    name: "unknown/edge-and-a-group-outside-the-input-deployed",
    before: EDGE_AND_OUTSIDE,
    after: EDGE_AND_OUTSIDE.replace("t3.micro", "t3.small"),
    paths: [path("proved", "undetermined", { rollout: "refuted", reasons: ["aws/group-outside"] })],
    rules: ["rollout/cut-off-during-apply"],
  },
  {
    name: "unknown/subnet-outside-the-input",
    after: hcl(
      BASE,
      ZONE,
      group("web", ingress("local.edge4"), '"vpc-0123456789abcdef0"'),
      instance("web").replace("aws_subnet.a.id", '"subnet-0123456789abcdef0"'),
      eip("web"),
      record("aws_eip.web.public_ip"),
    ),
    paths: [PROVED],
  },
  {
    name: "unknown/default-group",
    after: hcl(SITE, instance("web").replace(/vpc_security_group_ids.*\n/, "")),
    paths: [path("undetermined", "undetermined", { reasons: ["aws/default-security-group"] })],
  },
];
