import { type Case, PROVED, path } from "../case";
import { BASE, group, hcl, ingress, instance, NETWORK, record, SUBNET_B, ZONE, zone } from "../hcl";

const cut = path("refuted", "proved");
const EVERYWHERE = ingress('["0.0.0.0/0"]', { from: "0", protocol: "-1", kind: "egress" });
const FROM_LB = ingress("[]", {
  from: "8080",
  rest: "security_groups = [aws_security_group.lb.id]",
});
const PARTS = hcl(BASE, NETWORK, SUBNET_B, ZONE);
const WWW = record("aws_lb.web.dns_name", { type: "CNAME" });
const LB_GROUP = group("lb", `${ingress("local.edge4")}\n  ${EVERYWHERE}`);
const APP_GROUP = group("app", FROM_LB);
const SUBNETS = "[aws_subnet.a.id, aws_subnet.b.id]";

interface Balancer {
  readonly type?: string;
  readonly groups?: string;
  readonly subnets?: string;
  readonly more?: string;
}
const lb = ({
  type = "application",
  groups = "[aws_security_group.lb.id]",
  subnets = SUBNETS,
  more = "",
}: Balancer = {}) => `
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "${type}"
  subnets            = ${subnets}
  ${groups === "" ? "" : `security_groups    = ${groups}`}
  ${more}
}`;
const listener = (port = 443, protocol = "HTTPS", label = "https", more = "") => `
resource "aws_lb_listener" "${label}" {
  load_balancer_arn = aws_lb.web.arn
  port              = ${port}
  protocol          = "${protocol}"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
  ${more}
}`;
const targetGroup = (protocol = "HTTP", more = "") => `
resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 8080
  protocol = "${protocol}"
  vpc_id   = aws_vpc.main.id
  ${more}
}`;
const attachment = (target = "aws_instance.app.id", more = "") => `
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = ${target}
  ${more}
}`;
const APP = hcl(instance("app"), attachment());
const HTTP = hcl(PARTS, WWW, LB_GROUP, targetGroup());
const SITE = hcl(HTTP, lb(), listener(), APP);
const acl = (subnet: string, from: number) => `
resource "aws_network_acl" "app" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.${subnet}.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = ${from}
    to_port    = 65535
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}`;
const FLEET = `
resource "aws_launch_template" "app" {
  name                   = "app"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.app.id]
}
resource "aws_autoscaling_group" "app" {
  name                = "app"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
  target_group_arns   = [aws_lb_target_group.app.arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}`;

/** Application, network and classic balancers, with both legs. */
export const BALANCERS: readonly Case[] = [
  { name: "alb/locked", after: hcl(SITE, APP_GROUP), paths: [PROVED] },
  {
    name: "alb/target-closed",
    after: hcl(SITE, group("app")),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/target-on-another-port",
    after: hcl(SITE, group("app", FROM_LB.replaceAll("8080", "8081"))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/target-admits-another-group",
    after: hcl(SITE, group("other"), group("app", FROM_LB.replace("lb.id", "other.id"))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/target-admits-the-subnets",
    after: hcl(SITE, group("app", ingress('["10.0.1.0/24", "10.0.2.0/24"]', { from: "8080" }))),
    paths: [PROVED],
  },
  {
    name: "alb/target-admits-one-subnet",
    after: hcl(SITE, group("app", ingress('["10.0.1.0/24"]', { from: "8080" }))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/without-egress",
    after: hcl(
      PARTS,
      WWW,
      group("lb", ingress("local.edge4")),
      targetGroup(),
      lb(),
      listener(),
      APP,
      APP_GROUP,
    ),
    paths: [cut],
    rules: ["listener/balancer-without-egress"],
  },
  {
    name: "alb/range-missing",
    after: hcl(
      PARTS,
      WWW,
      group("lb", `${ingress("slice(local.edge4, 0, 14)")}\n  ${EVERYWHERE}`),
      targetGroup(),
      lb(),
      listener(),
      APP,
      APP_GROUP,
    ),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "alb/open",
    after: hcl(
      PARTS,
      WWW,
      group("lb", `${ingress('["0.0.0.0/0"]')}\n  ${EVERYWHERE}`),
      targetGroup(),
      lb(),
      listener(),
      APP,
      APP_GROUP,
    ),
    paths: [path("proved", "refuted")],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "alb/no-listener",
    after: hcl(HTTP, lb(), listener(8443), APP, APP_GROUP),
    paths: [cut],
    rules: ["listener/no-listener"],
  },
  {
    name: "alb/plain-listener",
    after: hcl(HTTP, lb(), listener(443, "HTTP"), APP, APP_GROUP),
    paths: [cut],
    rules: ["tls/plain-listener"],
  },
  {
    name: "alb/tls-listener-under-flexible",
    after: hcl(
      BASE,
      NETWORK,
      SUBNET_B,
      zone("flexible", { ssl_automatic_mode: "custom" }),
      WWW,
      group("lb", `${ingress("local.edge4", { from: "80" })}\n  ${EVERYWHERE}`),
      targetGroup(),
      lb(),
      listener(80),
      APP,
      APP_GROUP,
    ),
    paths: [path("refuted", "proved", { port: 80 })],
    rules: ["tls/listener-expects-tls"],
  },
  {
    name: "alb/plain-listener-under-flexible",
    after: hcl(
      BASE,
      NETWORK,
      SUBNET_B,
      zone("flexible", { ssl_automatic_mode: "custom" }),
      WWW,
      group("lb", `${ingress("local.edge4", { from: "80" })}\n  ${EVERYWHERE}`),
      targetGroup(),
      lb(),
      listener(80, "HTTP"),
      APP,
      APP_GROUP,
    ),
    paths: [path("proved", "proved", { port: 80 })],
  },
  {
    name: "alb/internal",
    after: hcl(HTTP, lb({ more: "internal = true" }), listener(), APP, APP_GROUP),
    paths: [cut],
    rules: ["dns/special-purpose-address"],
  },
  {
    name: "alb/targets-by-address",
    after: hcl(
      HTTP.replace(
        "vpc_id   = aws_vpc.main.id",
        'vpc_id   = aws_vpc.main.id\n  target_type = "ip"',
      ),
      lb(),
      listener(),
      instance("app"),
      attachment("aws_instance.app.private_ip"),
      APP_GROUP,
    ),
    paths: [PROVED],
  },
  {
    name: "alb/fleet",
    after: hcl(HTTP, lb(), listener(), FLEET, APP_GROUP),
    paths: [PROVED],
  },
  {
    name: "alb/fleet-closed",
    after: hcl(HTTP, lb(), listener(), FLEET, group("app", ingress("local.edge4"))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/no-target",
    after: hcl(HTTP, lb(), listener(), APP_GROUP),
    paths: [path("undetermined", "proved", { reasons: ["aws/no-target"] })],
  },
  {
    name: "alb/acl-of-one-subnet",
    after: hcl(SITE, APP_GROUP, acl("a", 1024)),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "alb/acl-of-one-subnet-deployed",
    before: hcl(SITE, APP_GROUP),
    after: hcl(SITE, APP_GROUP, acl("a", 1024)),
    paths: [path("refuted", "proved", { rollout: "notOwed" })],
    rules: ["firewall/misses-port"],
  },
  {
    name: "alb/acl-of-the-target-alone",
    after: hcl(
      HTTP,
      lb({ subnets: "[aws_subnet.b.id, aws_subnet.c.id]" }),
      SUBNET_B.replaceAll('"b"', '"c"')
        .replaceAll("subnet.b", "subnet.c")
        .replace("10.0.2.", "10.0.3.")
        .replace("1b", "1a"),
      listener(),
      APP,
      APP_GROUP,
      acl("a", 8081),
    ),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/fixed-response",
    after: hcl(
      PARTS,
      WWW,
      LB_GROUP,
      lb(),
      `
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}`,
    ),
    paths: [PROVED],
  },
];
