import { type Case, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, SUBNET_B, ZONE } from "../hcl";
import { proved, refuted } from "./rollouts";

const EVERYWHERE = ingress('["0.0.0.0/0"]', { from: "0", protocol: "-1", kind: "egress" });
const FROM_EDGE = ingress("local.edge4");
const FROM_LB = ingress("[]", {
  from: "8080",
  rest: "security_groups = [aws_security_group.lb.id]",
});

/** A site behind a balancer, but for the rules of the leg to its target. */
const balanced = (lb: string, app: string, ...more: readonly string[]) =>
  hcl(
    ...[BASE, NETWORK, SUBNET_B, ZONE, record("aws_lb.web.dns_name", { type: "CNAME" })],
    ...[group("lb", lb), group("app", app), instance("app"), ...more],
    `
resource "aws_lb" "web" {
  name            = "web"
  subnets         = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups = [aws_security_group.lb.id]
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

/** A rule of one group that names the other. */
const legRule = (kind: "ingress" | "egress", label: string, last = 8080) => {
  const [own, other] = kind === "ingress" ? ["app", "lb"] : ["lb", "app"];
  return `
resource "aws_vpc_security_group_${kind}_rule" "${label}" {
  security_group_id            = aws_security_group.${own}.id
  referenced_security_group_id = aws_security_group.${other}.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = ${last}
}`;
};
const WIDER = legRule("ingress", "wider", 8081);
const admitted = (...rules: readonly string[]) =>
  balanced(`${FROM_EDGE}\n  ${EVERYWHERE}`, "", ...rules);
const letOut = (...rules: readonly string[]) => balanced(FROM_EDGE, FROM_LB, ...rules);

/** Records that name each other within their zone. */
const named = (label: string) =>
  hcl(
    ...[BASE, NETWORK, ZONE, group("web", FROM_EDGE), instance("web"), eip("web")],
    ...[instance("next", "web"), eip("next")],
    record('"origin.example.com"', { name: "www", type: "CNAME" }),
    record(`aws_eip.${label}.public_ip`, { label, name: "origin", proxied: "false" }),
  );

/** Rules that are the only way from a balancer to its target, and records by names without a zone. */
export const NAMES_AND_LEGS: readonly Case[] = [
  {
    name: "alb/leg-rule-by-another-block",
    before: admitted(legRule("ingress", "old")),
    after: admitted(legRule("ingress", "new", 8081)),
    ...refuted,
  },
  {
    name: "alb/leg-rule-beside-another",
    before: admitted(legRule("ingress", "old"), WIDER),
    after: admitted(WIDER),
    ...proved,
  },
  {
    name: "alb/leg-rule-deleted",
    before: admitted(legRule("ingress", "old")),
    after: admitted(),
    paths: [path("refuted", "proved", { rollout: "notOwed" })],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/way-out-by-another-block",
    before: letOut(legRule("egress", "old")),
    after: letOut(legRule("egress", "new", 8081)),
    ...refuted,
  },
  {
    name: "alb/way-out-deleted",
    before: letOut(legRule("egress", "old")),
    after: letOut(),
    paths: [path("refuted", "proved", { rollout: "notOwed" })],
    rules: ["listener/balancer-without-egress"],
  },
  { name: "names/within-the-zone", before: named("web"), after: named("web"), ...proved },
  {
    name: "names/record-by-another-block",
    before: named("web"),
    after: named("next"),
    ...refuted,
  },
];
