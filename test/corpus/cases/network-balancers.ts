import { type Case, PROVED, path } from "../case";
import { BASE, group, hcl, ingress, instance, NETWORK, record, SUBNET_B, ZONE } from "../hcl";

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

/** A network balancer, with groups of its own or without. */
const network = (app: string, more: Partial<Balancer> = {}, tg = targetGroup("TCP")) =>
  hcl(
    PARTS,
    WWW,
    lb({ type: "network", more: "enable_cross_zone_load_balancing = true", ...more }),
    listener(443, "TCP"),
    tg,
    APP,
    LB_GROUP,
    group("app", app),
  );
const classic = (protocol = "https", more = "") => `
resource "aws_elb" "web" {
  name            = "web"
  subnets         = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups = [aws_security_group.lb.id]
  instances       = [aws_instance.app.id]
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 443
    lb_protocol       = "${protocol}"
    ${protocol === "https" ? 'ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"' : ""}
  }
  health_check {
    target              = "TCP:8080"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
  ${more}
}`;
const CLASSIC = hcl(
  PARTS,
  record("aws_elb.web.dns_name", { type: "CNAME" }),
  LB_GROUP,
  instance("app"),
);

const FROM_EDGE_AND_PROBES = ingress('concat(local.edge4, ["10.0.0.0/16"])', { from: "8080" });

/** Network and classic balancers. */
export const NETWORK_BALANCERS: readonly Case[] = [
  {
    name: "nlb/client-address-preserved",
    after: network(FROM_EDGE_AND_PROBES, { groups: "" }),
    paths: [PROVED],
  },
  {
    name: "nlb/probes-closed",
    after: network(ingress("local.edge4", { from: "8080" }), { groups: "" }),
    // The packet view doesn't ask whether targets are healthy.
    paths: [
      path("undetermined", "proved", {
        reasons: ["aws/groups-unknown", "aws/health-check-closed"],
      }),
    ],
    rules: ["resilience/health-check-closed"],
  },
  {
    name: "nlb/client-address-preserved-and-a-range-missing",
    after: network(ingress("slice(local.edge4, 1, 15)", { from: "8080" }), { groups: "" }),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "nlb/client-address-preserved-and-open",
    after: network(ingress('["0.0.0.0/0"]', { from: "8080" }), { groups: "" }),
    paths: [path("proved", "refuted")],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "nlb/client-address-preserved-and-subnets-admitted",
    after: network(ingress('["10.0.0.0/16"]', { from: "8080" }), { groups: "" }),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "nlb/client-address-not-preserved",
    after: network(
      ingress('["10.0.0.0/16"]', { from: "8080" }),
      { groups: "" },
      targetGroup("TCP", "preserve_client_ip = false"),
    ),
    paths: [path("proved", "refuted")],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "nlb/with-groups",
    after: network(
      ingress("[]", { from: "8080", rest: "security_groups = [aws_security_group.lb.id]" }),
    ),
    paths: [PROVED],
  },
  {
    name: "nlb/with-groups-that-miss-a-range",
    after: network(FROM_LB).replace(
      "cidr_blocks = local.edge4",
      "cidr_blocks = slice(local.edge4, 3, 15)",
    ),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
  { name: "classic/locked", after: hcl(CLASSIC, classic(), APP_GROUP), paths: [PROVED] },
  {
    name: "classic/plain-listener",
    after: hcl(CLASSIC, classic("http"), APP_GROUP),
    paths: [cut],
    rules: ["tls/plain-listener"],
  },
  {
    name: "classic/target-closed",
    after: hcl(CLASSIC, classic(), group("app", ingress("local.edge4"))),
    paths: [cut],
    rules: ["listener/second-leg-closed"],
  },
  { name: "classic/tcp", after: hcl(CLASSIC, classic("tcp"), APP_GROUP), paths: [PROVED] },
];
