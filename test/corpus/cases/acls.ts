import { type Case, PROVED, path } from "../case";
import { hcl, ingress, server } from "../hcl";

const cut = path("refuted", "proved");
const open = path("proved", "refuted");
const MISSES = ["firewall/misses-edge-range"];
const REPLIES = ["firewall/acl-drops-replies"];
const OTHERS = ["exposure/open-to-others"];

const LOCKED = server(ingress("local.edge4"));
const OPEN = server(ingress('["0.0.0.0/0"]'));

interface Entry {
  readonly no: number;
  readonly action?: string;
  readonly cidr?: string;
  readonly protocol?: string;
  readonly from?: number;
  readonly to?: number;
}

const entry = (direction: string, { no, ...more }: Entry) => {
  const { action = "allow", cidr = "0.0.0.0/0", protocol = "tcp", from = 443, to = from } = more;
  const ports = protocol === "-1" ? [0, 0] : [from, to];
  return `${direction} {
    rule_no    = ${no}
    action     = "${action}"
    protocol   = "${protocol}"
    cidr_block = "${cidr}"
    from_port  = ${ports[0]}
    to_port    = ${ports[1]}
  }`;
};
const BACK: Entry = { no: 100, from: 1024, to: 65535 };

const acl = (
  inward: readonly Entry[],
  outward: readonly Entry[] = [BACK],
  subnets = "[aws_subnet.a.id]",
) => `
resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = ${subnets}
  ${inward.map((each) => entry("ingress", each)).join("\n  ")}
  ${outward.map((each) => entry("egress", each)).join("\n  ")}
}`;
const FROM_EDGE = `
resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  dynamic "ingress" {
    for_each = EDGE
    content {
      rule_no    = 100 + ingress.key
      action     = "allow"
      protocol   = "tcp"
      cidr_block = ingress.value
      from_port  = 443
      to_port    = 443
    }
  }
  ${entry("egress", BACK)}
}`;
const aclRule = (label: string, each: Entry, egress = false) => {
  const { no, action = "allow", cidr = "0.0.0.0/0", protocol = "tcp", from = 443 } = each;
  return `
resource "aws_network_acl_rule" "${label}" {
  network_acl_id = aws_network_acl.main.id
  egress         = ${egress}
  rule_number    = ${no}
  rule_action    = "${action}"
  protocol       = "${protocol}"
  cidr_block     = "${cidr}"
  from_port      = ${from}
  to_port        = ${each.to ?? from}
}`;
};
const ALLOW: Entry = { no: 100 };
const DENY = "deny";

/** Numbered rules, in both directions. */
export const ACLS: readonly Case[] = [
  { name: "acl/both-ways", after: hcl(LOCKED, acl([ALLOW])), paths: [PROVED] },
  {
    name: "acl/deny-before-allow",
    after: hcl(LOCKED, acl([ALLOW, { no: 90, action: DENY, cidr: "131.0.72.0/22" }])),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/deny-after-allow",
    after: hcl(LOCKED, acl([ALLOW, { no: 110, action: DENY, cidr: "131.0.72.0/22" }])),
    paths: [PROVED],
  },
  {
    name: "acl/deny-of-more-than-the-edge",
    after: hcl(LOCKED, acl([ALLOW, { no: 50, action: DENY, cidr: "172.0.0.0/8" }])),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/deny-of-strangers",
    after: hcl(LOCKED, acl([ALLOW, { no: 50, action: DENY, cidr: "172.0.0.0/10" }])),
    paths: [PROVED],
  },
  {
    name: "acl/allowed-again-before-a-deny",
    after: hcl(
      LOCKED,
      acl([
        ALLOW,
        { no: 90, action: DENY, cidr: "172.64.0.0/13" },
        { no: 80, cidr: "172.64.0.0/13" },
      ]),
    ),
    paths: [PROVED],
  },
  {
    name: "acl/half-allowed-again-before-a-deny",
    after: hcl(
      LOCKED,
      acl([
        ALLOW,
        { no: 90, action: DENY, cidr: "172.64.0.0/13" },
        { no: 80, cidr: "172.68.0.0/14" },
      ]),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/deny-of-port-444",
    after: hcl(LOCKED, acl([ALLOW, { no: 50, action: DENY, from: 444 }])),
    paths: [PROVED],
  },
  {
    name: "acl/deny-of-udp",
    after: hcl(LOCKED, acl([ALLOW, { no: 50, action: DENY, protocol: "udp" }])),
    paths: [PROVED],
  },
  {
    name: "acl/deny-of-everything",
    after: hcl(LOCKED, acl([ALLOW, { no: 50, action: DENY, protocol: "-1" }])),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "acl/allow-of-port-444",
    after: hcl(LOCKED, acl([{ no: 100, from: 444 }])),
    paths: [cut],
    rules: ["listener/port-not-proxied"],
  },
  {
    name: "acl/replies-from-32768",
    after: hcl(LOCKED, acl([ALLOW], [{ no: 100, from: 32768, to: 65535 }])),
    paths: [cut],
    rules: REPLIES,
  },
  {
    name: "acl/replies-to-60999",
    after: hcl(LOCKED, acl([ALLOW], [{ no: 100, from: 1024, to: 60999 }])),
    paths: [cut],
    rules: REPLIES,
  },
  {
    name: "acl/replies-but-for-one-port",
    after: hcl(LOCKED, acl([ALLOW], [BACK, { no: 50, action: DENY, from: 8080 }])),
    paths: [cut],
    rules: REPLIES,
  },
  {
    name: "acl/replies-but-below-1024",
    after: hcl(LOCKED, acl([ALLOW], [BACK, { no: 50, action: DENY, from: 0, to: 1023 }])),
    paths: [PROVED],
  },
  {
    name: "acl/no-replies",
    after: hcl(LOCKED, acl([ALLOW], [])),
    paths: [cut],
    rules: REPLIES,
  },
  {
    name: "acl/replies-on-443",
    after: hcl(LOCKED, acl([ALLOW], [{ no: 100, from: 443 }])),
    paths: [cut],
    rules: REPLIES,
  },
  {
    name: "acl/locks-an-open-group",
    after: hcl(OPEN, FROM_EDGE.replace("EDGE", "local.edge4")),
    paths: [PROVED],
  },
  {
    name: "acl/locks-an-open-group-without-a-range",
    after: hcl(OPEN, FROM_EDGE.replace("EDGE", "slice(local.edge4, 0, 14)")),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/locks-replies-alone",
    after: hcl(OPEN, acl([ALLOW], [{ ...BACK, cidr: "172.64.0.0/13" }])),
    paths: [path("refuted", "proved")],
    rules: REPLIES,
  },
  {
    name: "acl/denies-some-strangers",
    after: hcl(OPEN, acl([ALLOW, { no: 50, action: DENY, cidr: "0.0.0.0/2" }])),
    paths: [open],
    rules: OTHERS,
  },
  { name: "acl/of-no-subnet", after: hcl(LOCKED, acl([], [], "[]")), paths: [PROVED] },
  {
    name: "acl/empty",
    after: hcl(LOCKED, acl([], [])),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "acl/rule-blocks",
    after: hcl(
      LOCKED,
      'resource "aws_network_acl" "main" {\n  vpc_id = aws_vpc.main.id\n  subnet_ids = [aws_subnet.a.id]\n}',
      aclRule("in", ALLOW),
      aclRule("out", BACK, true),
    ),
    paths: [PROVED],
  },
  {
    name: "acl/rule-blocks-with-a-deny",
    after: hcl(
      LOCKED,
      'resource "aws_network_acl" "main" {\n  vpc_id = aws_vpc.main.id\n  subnet_ids = [aws_subnet.a.id]\n}',
      aclRule("in", ALLOW),
      aclRule("deny", { no: 99, action: DENY, cidr: "190.93.0.0/16" }),
      aclRule("out", BACK, true),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/associated",
    after: hcl(
      LOCKED,
      'resource "aws_network_acl" "main" {\n  vpc_id = aws_vpc.main.id\n}',
      aclRule("in", { no: 100, cidr: "104.16.0.0/12" }),
      aclRule("out", BACK, true),
      'resource "aws_network_acl_association" "a" {\n  network_acl_id = aws_network_acl.main.id\n  subnet_id = aws_subnet.a.id\n}',
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "acl/default-emptied",
    after: hcl(
      LOCKED,
      'resource "aws_default_network_acl" "main" {\n  default_network_acl_id = aws_vpc.main.default_network_acl_id\n}',
    ),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
];
