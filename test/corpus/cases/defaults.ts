import { type Case, PROVED, path } from "../case";
import {
  BASE,
  EACH4,
  eip,
  hcl,
  ingress,
  instance,
  NETWORK,
  record,
  rule,
  SUBNET_B,
  ZONE,
} from "../hcl";

const cut = path("refuted", "proved");
const MISSES = ["firewall/misses-edge-range"];
const NONE = ["firewall/misses-port"];
const bare = (name: string) => instance(name).replace(/vpc_security_group_ids.*\n/, "");
const SITE = hcl(BASE, NETWORK, ZONE, bare("web"), eip("web"), record("aws_eip.web.public_ip"));
const BY_VPC = rule("edge", EACH4).replace(
  "aws_security_group.web.id",
  "aws_vpc.main.default_security_group_id",
);
const managed = (body = "") => `
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
  ${body}
}`;
const SELF = ingress("[]", { from: "0", protocol: "-1", rest: "self = true" });
const OUT = ingress('["0.0.0.0/0"]', { from: "0", protocol: "-1", kind: "egress" });

const BALANCED = hcl(
  BASE,
  NETWORK,
  SUBNET_B,
  ZONE,
  record("aws_lb.web.dns_name", { type: "CNAME" }),
  bare("app"),
  `
resource "aws_lb" "web" {
  name    = "web"
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.id
}`,
);

/** What a VPC has where nothing names a security group. */
export const DEFAULTS: readonly Case[] = [
  { name: "default/group-of-a-new-vpc", after: SITE, paths: [cut], rules: NONE },
  { name: "default/group-with-rules-by-the-vpc", after: hcl(SITE, BY_VPC), paths: [PROVED] },
  {
    name: "default/group-managed",
    after: hcl(SITE, managed(ingress("local.edge4"))),
    paths: [PROVED],
  },
  {
    name: "default/group-managed-and-open",
    after: hcl(SITE, managed(ingress('["0.0.0.0/0"]'))),
    paths: [path("proved", "refuted")],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "default/group-managed-without-rules",
    after: hcl(SITE, managed()),
    paths: [cut],
    rules: NONE,
  },
  {
    name: "default/group-named",
    after: hcl(
      BASE,
      NETWORK,
      ZONE,
      instance("web").replace(
        "aws_security_group.web.id",
        "aws_vpc.main.default_security_group_id",
      ),
      eip("web"),
      record("aws_eip.web.public_ip"),
      managed(ingress("local.edge4")),
    ),
    paths: [PROVED],
  },
  {
    name: "default/balancer-and-target",
    after: hcl(BALANCED, managed(hcl(ingress("local.edge4"), SELF, OUT))),
    paths: [PROVED],
  },
  {
    name: "default/balancer-and-target-by-the-vpc",
    after: hcl(BALANCED, BY_VPC),
    paths: [PROVED],
  },
  {
    name: "default/balancer-without-itself",
    after: hcl(BALANCED, managed(hcl(ingress("local.edge4"), OUT))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "default/group-deployed",
    before: hcl(SITE, managed(ingress("local.edge4"))),
    after: hcl(SITE.replace("t3.micro", "t3.small"), managed(ingress("local.edge4"))),
    paths: [path("proved", "proved", { rollout: "refuted" })],
    rules: ["rollout/cut-off-during-apply"],
  },
  {
    name: "default/group-loses-a-range",
    before: hcl(SITE, managed(ingress("local.edge4"))),
    after: hcl(SITE, managed(ingress("slice(local.edge4, 0, 14)"))),
    paths: [path("refuted", "proved", { rollout: "proved" })],
    rules: MISSES,
  },
];
