import { type Case, path } from "../case";
import { BASE, CBD, group, hcl, ingress, instance, NETWORK, record, SUBNET_B, ZONE } from "../hcl";
import { proved, refuted } from "./rollouts";

const EVERYWHERE = ingress('["0.0.0.0/0"]', { from: "0", protocol: "-1", kind: "egress" });
const FROM_LB = ingress("[]", {
  from: "8080",
  rest: "security_groups = [aws_security_group.lb.id]",
});
const balancer = (groups = "[aws_security_group.lb.id]") => `
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "application"
  subnets            = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups    = ${groups}
}`;
const listener = (target = "app", port = 443) => `
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = ${port}
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.${target}.arn
  }
}`;
const targets = (name = "app", target = "app", more = "") => `
resource "aws_lb_target_group" "${name}" {
  name     = "${name}"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_target_group_attachment" "${name}" {
  target_group_arn = aws_lb_target_group.${name}.arn
  target_id        = aws_instance.${target}.id
  ${more}
}`;
const PARTS = hcl(
  BASE,
  NETWORK,
  SUBNET_B,
  ZONE,
  record("aws_lb.web.dns_name", { type: "CNAME" }),
  group("lb", `${ingress("local.edge4")}\n  ${EVERYWHERE}`),
  instance("app"),
);
const APP = group("app", FROM_LB);
const SITE = hcl(PARTS, balancer(), listener(), targets(), APP);
const NEXT = instance("next", "app");
const FROM_SUBNETS = ingress('["10.0.0.0/16"]', { from: "8080" });
const SERVICE = `
resource "aws_ecs_cluster" "main" { name = "main" }
resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = "[]"
}
resource "aws_ecs_service" "app" {
  name            = "app"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets         = [aws_subnet.a.id, aws_subnet.b.id]
    security_groups = [aws_security_group.app.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = 8080
  }
}`;
const BY_SERVICE = hcl(PARTS, balancer(), listener(), targets(), SERVICE)
  .replace(/resource "aws_lb_target_group_attachment" "app" \{[^}]*\}/, "")
  .replace('protocol = "HTTP"', 'protocol = "HTTP"\n  target_type = "ip"');
const listenerRule = (target: string) => `
resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.${target}.arn
  }
  condition {
    path_pattern { values = ["/api/*"] }
  }
}`;

/** Balancers with services and rules, and balancers that change. */
export const BALANCER_CHANGES: readonly Case[] = [
  { name: "alb/service", after: hcl(BY_SERVICE, APP), paths: [path("proved", "proved")] },
  {
    name: "alb/service-closed",
    after: hcl(BY_SERVICE, group("app", ingress("local.edge4"))),
    paths: [path("refuted", "proved")],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "alb/listener-rule",
    after: hcl(SITE, NEXT, targets("api", "next"), listenerRule("api")),
    paths: [path("proved", "proved")],
  },
  {
    name: "alb/listener-rule-to-a-closed-target",
    after: hcl(SITE, group("next"), instance("next"), targets("api", "next"), listenerRule("api")),
    paths: [path("refuted", "proved")],
    rules: ["listener/second-leg-closed"],
  },
  {
    name: "balancer/nothing-but-tags",
    before: SITE,
    after: SITE.replace(
      'name               = "web"',
      'name               = "web"\n  tags = { a = "b" }',
    ),
    ...proved,
  },
  {
    name: "balancer/group-added",
    before: hcl(SITE, group("more")),
    after: hcl(
      PARTS,
      balancer("[aws_security_group.lb.id, aws_security_group.more.id]"),
      ...[listener(), targets(), APP, group("more")],
    ),
    ...proved,
  },
  {
    name: "balancer/target-admits-in-another-way",
    before: SITE,
    after: hcl(PARTS, balancer(), listener(), targets(), group("app", FROM_SUBNETS)),
    ...refuted,
  },
  {
    name: "balancer/target-admits-in-both-ways",
    before: SITE,
    after: hcl(
      PARTS,
      balancer(),
      listener(),
      targets(),
      group("app", `${FROM_LB}\n  ${FROM_SUBNETS}`),
    ),
    ...proved,
  },
  {
    name: "balancer/target-registered-elsewhere",
    before: hcl(SITE, NEXT),
    after: hcl(PARTS, balancer(), listener(), targets("app", "next"), APP, NEXT),
    ...refuted,
  },
  {
    name: "balancer/target-registered-elsewhere-new-first",
    before: hcl(PARTS, balancer(), listener(), targets("app", "app", CBD), APP, NEXT),
    after: hcl(PARTS, balancer(), listener(), targets("app", "next", CBD), APP, NEXT),
    ...proved,
  },
  {
    name: "balancer/listener-to-another-target-group",
    before: hcl(SITE, NEXT, targets("api", "next")),
    after: hcl(PARTS, balancer(), listener("api"), targets(), APP, NEXT, targets("api", "next")),
    ...proved,
  },
  {
    name: "balancer/listener-to-a-new-target-group",
    before: SITE,
    after: hcl(PARTS, balancer(), listener("api"), targets(), APP, NEXT, targets("api", "next")),
    ...refuted,
  },
];
