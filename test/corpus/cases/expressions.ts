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
const moduleServer = (group_: string) =>
  instance("web").replace("aws_security_group.web.id", group_);

const EDGE_AND_OUTSIDE = hcl(
  SITE,
  group("web", ingress("local.edge4")),
  instance("web").replace("web.id]", 'web.id, "sg-0123456789abcdef0"]'),
);

/** Expressions, and what only apply can tell. */
export const EXPRESSIONS: readonly Case[] = [
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
];
