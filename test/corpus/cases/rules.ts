import { type Case, PROVED, path } from "../case";
import { EACH4, group, hcl, rule, SERVER } from "../hcl";

const cut = path("refuted", "proved");
const open = path("proved", "refuted");
const MISSES = ["firewall/misses-edge-range"];
const PORT = ["firewall/misses-port"];
const UNUSED = ["listener/port-not-proxied"];
const OTHERS = ["exposure/open-to-others"];
const without = (cidr: string) => `[for c in local.edge4 : c if c != "${cidr}"]`;
const BARE = hcl(SERVER, group("web"));

const web = (text: string) => hcl(BARE, text);
const sourceRule = (more: string) => `
resource "aws_security_group_rule" "edge" {
  security_group_id = aws_security_group.web.id
  ${more}
}`;
const older = (cidrs: string, more = "") =>
  sourceRule(`type        = "ingress"
  from_port   = 443
  to_port     = 443
  protocol    = "tcp"
  cidr_blocks = ${cidrs}
  ${more}`);

/** Rules as blocks of their own. */
export const RULES: readonly Case[] = [
  { name: "rule/for-each", after: web(rule("edge", EACH4)), paths: [PROVED] },
  {
    name: "rule/for-each-without-one",
    after: web(
      rule(
        "edge",
        'for_each          = setsubtract(local.edge4, ["190.93.240.0/20"])\n  cidr_ipv4         = each.value',
      ),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "rule/empty-for-each",
    after: web(rule("edge", "for_each          = toset([])\n  cidr_ipv4         = each.value")),
    paths: [cut],
    rules: ["firewall/empty-for-each"],
  },
  {
    name: "rule/count",
    after: web(
      rule(
        "edge",
        "count             = length(local.edge4)\n  cidr_ipv4         = local.edge4[count.index]",
      ),
    ),
    paths: [PROVED],
  },
  {
    name: "rule/count-one-short",
    after: web(
      rule(
        "edge",
        "count             = length(local.edge4) - 1\n  cidr_ipv4         = local.edge4[count.index]",
      ),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "rule/disabled-by-count",
    after: web(
      hcl(
        'variable "open" { default = false }',
        rule("edge", EACH4),
        rule("all", 'count             = var.open ? 1 : 0\n  cidr_ipv4         = "0.0.0.0/0"'),
      ),
    ),
    paths: [PROVED],
  },
  {
    name: "rule/enabled-by-count",
    after: web(
      hcl(
        'variable "open" { default = true }',
        rule("edge", EACH4),
        rule("all", 'count             = var.open ? 1 : 0\n  cidr_ipv4         = "0.0.0.0/0"'),
      ),
    ),
    paths: [open],
    rules: OTHERS,
  },
  {
    name: "rule/port-444",
    after: web(rule("edge", EACH4, { from: "444" })),
    paths: [cut],
    rules: UNUSED,
  },
  {
    name: "rule/all-protocols",
    after: web(rule("edge", EACH4, { protocol: "-1" })),
    paths: [PROVED],
  },
  {
    name: "rule/of-another-group",
    after: web(hcl(group("other"), rule("edge", EACH4, { of: "other" }))),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "rule/egress",
    after: web(rule("edge", EACH4).replace("_ingress_rule", "_egress_rule")),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "rule/referenced-group",
    after: web(
      hcl(
        group("office"),
        rule("edge", EACH4),
        rule("office", "referenced_security_group_id = aws_security_group.office.id"),
      ),
    ),
    paths: [PROVED],
  },
  { name: "rule/older-form", after: web(older("local.edge4")), paths: [PROVED] },
  {
    name: "rule/older-form-range-missing",
    after: web(older(without("162.158.0.0/15"))),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "rule/older-form-world",
    after: web(older('["0.0.0.0/0"]')),
    paths: [open],
    rules: OTHERS,
  },
  {
    name: "rule/older-form-egress",
    after: web(older("local.edge4").replace('"ingress"', '"egress"')),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "rule/older-form-world-by-ipv6-alone",
    after: web(older("local.edge4", 'ipv6_cidr_blocks = ["::/0"]')),
    paths: [PROVED],
  },
];
