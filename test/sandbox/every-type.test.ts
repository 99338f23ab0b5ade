import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";

afterAll(removeSandboxes);

const NETWORK = `
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = "a" }
}
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_route_table" "inline" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table" "bare" { vpc_id = aws_vpc.main.id }
resource "aws_route" "out" {
  route_table_id         = aws_route_table.bare.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.inline.id
}
resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_network_acl" "bare" { vpc_id = aws_vpc.main.id }
resource "aws_network_acl_rule" "in" {
  network_acl_id = aws_network_acl.bare.id
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}
resource "aws_network_acl_association" "b" {
  network_acl_id = aws_network_acl.bare.id
  subnet_id      = aws_subnet.b.id
}`;

const FILTERS = `
resource "aws_ec2_managed_prefix_list" "edge" {
  name           = "edge"
  address_family = "IPv4"
  max_entries    = 5
  entry {
    cidr        = "131.0.72.0/22"
    description = "edge"
  }
}
resource "aws_ec2_managed_prefix_list" "bare" {
  name           = "bare"
  address_family = "IPv4"
  max_entries    = 5
}
resource "aws_ec2_managed_prefix_list_entry" "one" {
  prefix_list_id = aws_ec2_managed_prefix_list.bare.id
  cidr           = "131.0.72.0/22"
}
resource "aws_security_group" "inline" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    cidr_blocks     = ["131.0.72.0/22", "103.21.244.0/22"]
    prefix_list_ids = [aws_ec2_managed_prefix_list.edge.id]
    self            = true
  }
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_security_group" "bare" { vpc_id = aws_vpc.main.id }
resource "aws_security_group_rule" "in" {
  security_group_id = aws_security_group.bare.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["131.0.72.0/22"]
}
resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = aws_security_group.bare.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_vpc_security_group_ingress_rule" "list" {
  security_group_id = aws_security_group.bare.id
  ip_protocol       = "udp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_ec2_managed_prefix_list.edge.id
  tags              = { Name = "edge" }
}`;

const SERVERS = `
data "aws_ami" "linux" {
  owners      = ["amazon"]
  most_recent = true
}
resource "aws_instance" "web" {
  ami                    = data.aws_ami.linux.id
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.a.id
  ipv6_address_count     = 1
  vpc_security_group_ids = [aws_security_group.inline.id]
  user_data              = "#!/bin/sh"
  root_block_device { volume_size = 10 }
  tags = { Name = "web" }
}
resource "aws_eip" "web" { domain = "vpc" }
resource "aws_eip_association" "web" {
  allocation_id = aws_eip.web.id
  instance_id   = aws_instance.web.id
}
resource "aws_network_interface" "extra" {
  subnet_id = aws_subnet.a.id
}
resource "aws_network_interface_sg_attachment" "extra" {
  security_group_id    = aws_security_group.bare.id
  network_interface_id = aws_network_interface.extra.id
}
resource "aws_lb" "web" {
  name            = "web"
  subnets         = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups = [aws_security_group.bare.id]
}
resource "aws_lb_target_group" "web" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/x"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.https.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
  condition {
    path_pattern { values = ["/api/*"] }
  }
}`;

const EDGE = `
data "cloudflare_ip_ranges" "edge" {}
resource "cloudflare_zone" "zone" {
  account = { id = "0123456789abcdef0123456789abcdef" }
  name    = "example.com"
}
resource "cloudflare_dns_record" "srv" {
  zone_id = cloudflare_zone.zone.id
  name    = "_sip._tcp.example.com"
  type    = "SRV"
  ttl     = 300
  data    = { priority = 1, weight = 2, port = 5060, target = "sip.example.com" }
}
resource "cloudflare_healthcheck" "tcp" {
  zone_id    = cloudflare_zone.zone.id
  name       = "tcp"
  address    = aws_eip.web.public_ip
  type       = "TCP"
  tcp_config = { port = 443 }
}
resource "cloudflare_notification_policy_webhooks" "hook" {
  account_id = "0123456789abcdef0123456789abcdef"
  name       = "hook"
  url        = "https://example.com/hook"
}
resource "cloudflare_load_balancer_pool" "pool" {
  account_id = "0123456789abcdef0123456789abcdef"
  name       = "pool"
  origins    = [{ name = "web", address = aws_eip.web.public_ip }]
}
resource "cloudflare_ruleset" "rules" {
  zone_id = cloudflare_zone.zone.id
  kind    = "zone"
  name    = "rules"
  phase   = "http_request_dynamic_redirect"
  rules = [{
    action     = "block"
    expression = "true"
  }]
}
output "ranges" { value = data.cloudflare_ip_ranges.edge.ipv4_cidrs }`;

describeWithTerraform("the sandbox knows the types that the examples use", () => {
  it("plans, applies, plans no change and destroys all of them", async () => {
    const providers = Object.entries(PROVIDERS.required_providers)
      .map(([name, { source }]) => `    ${name} = { source = "${source}" }`)
      .join("\n");
    const box = newSandbox({
      configuration: [
        `terraform {\n  required_providers {\n${providers}\n  }\n}`,
        'provider "aws" {\n  region = "eu-west-1"\n  default_tags { tags = { Team = "web" } }\n}',
        NETWORK,
        FILTERS,
        SERVERS,
        EDGE,
      ].join("\n"),
    });
    await box.apply();
    const again = await box.plan();
    expect(again.changes ? await box.run("show", "-no-color", again.file) : "no change").toBe(
      "no change",
    );
    await box.apply(undefined, "-refresh-only");
    expect((await box.plan()).changes).toBe(false);
    await box.destroy();
    expect(await box.show()).not.toHaveProperty("values");
  });
});
