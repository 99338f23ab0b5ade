import type { Review } from "originproof/review";
import { changed, configuration, group, site } from "../../support/balancer";
import { idsOf, reviewOf, verdicts } from "../../support/plan";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";

const PATH = "www.example.com IPv4 tcp/443";

afterAll(removeSandboxes);

/** The review of a plan that real terraform makes. */
async function planned(written: string | object): Promise<Review> {
  const box = newSandbox({ configuration: written });
  return reviewOf([await box.show(await box.plan())]);
}

/** The review of a plan that changes nothing, after an apply. */
async function applied(written: string | object): Promise<Review> {
  const box = newSandbox({ configuration: written });
  await box.apply();
  return reviewOf([await box.show(await box.plan())]);
}

const HCL = `
terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
locals {
  edge = [
    "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22", "104.16.0.0/13", "104.24.0.0/14",
    "108.162.192.0/18", "131.0.72.0/22", "141.101.64.0/18", "162.158.0.0/15", "172.64.0.0/13",
    "173.245.48.0/20", "188.114.96.0/20", "190.93.240.0/20", "197.234.240.0/22", "198.41.128.0/17",
  ]
  zone = "0123456789abcdef0123456789abcdef"
}
resource "cloudflare_zone_setting" "x" {
  for_each   = { ssl = "strict", always_use_https = "on", ssl_automatic_mode = "custom" }
  zone_id    = local.zone
  setting_id = each.key
  value      = each.value
}
resource "cloudflare_dns_record" "www" {
  zone_id = local.zone
  name    = "www.example.com"
  type    = "CNAME"
  content = aws_lb.web.dns_name
  proxied = true
  ttl     = 1
}
resource "aws_lb" "web" {
  name            = "web"
  security_groups = [aws_security_group.lb.id]
  subnets         = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
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
  vpc_id   = "vpc-0123456789abcdef0"
}
resource "aws_lb_target_group_attachment" "app" {
  count            = 2
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app[count.index].id
}
resource "aws_instance" "app" {
  count                  = 2
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = "subnet-0aaaaaaaaaaaaaaa1"
  vpc_security_group_ids = [aws_security_group.app.id]
}
resource "aws_security_group" "lb" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_vpc_security_group_ingress_rule" "edge" {
  for_each          = toset(local.edge)
  security_group_id = aws_security_group.lb.id
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
resource "aws_security_group" "app" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_vpc_security_group_ingress_rule" "app" {
  security_group_id            = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.lb.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}
`;
const EGRESS = `
resource "aws_vpc_security_group_egress_rule" "app" {
  security_group_id            = aws_security_group.lb.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}
`;

const PUBLIC = `
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
${["a", "b"]
  .map(
    (name, index) => `
resource "aws_subnet" "${name}" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${index}.0/24"
}
resource "aws_route_table_association" "${name}" {
  subnet_id      = aws_subnet.${name}.id
  route_table_id = aws_route_table.main.id
}`,
  )
  .join("")}
`;

describeWithTerraform("a balancer in a plan of real terraform", () => {
  it("is proved where its configuration is JSON", async () => {
    const found = await planned(configuration(site()));
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
    expect(idsOf(found).assumptions).not.toContain("binding/list-of-ids");
  });

  it("is refuted without egress where its configuration is JSON", async () => {
    const lb = { ...site().aws_security_group?.lb, egress: undefined };
    const blocks = { ...site(), aws_security_group: { ...site().aws_security_group, lb } };
    const found = await planned(configuration(blocks));
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    expect(found.findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      "listener/balancer-without-egress aws_security_group.lb",
    ]);
  });

  it("is proved and refuted where the references of HCL are candidates", async () => {
    const open = await planned(HCL + EGRESS);
    expect(verdicts(open)).toEqual([`${PATH}: proved, proved`]);
    const closed = await planned(HCL);
    expect(verdicts(closed)).toEqual([`${PATH}: refuted, proved`]);
    expect(closed.findings[0]).toMatchObject({
      rule: "listener/balancer-without-egress",
      subject: "aws_security_group.lb",
    });
    expect(idsOf(closed).assumptions).toContain("binding/list-of-ids");
  });

  it("rests on what its list of subnets looks like: a literal beside them does not show", async () => {
    const three = '[aws_subnet.a.id, aws_subnet.b.id, "subnet-0aaaaaaaaaaaaaaa3"]';
    const two = '["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]';
    const found = await planned((HCL + EGRESS).replace(two, three) + PUBLIC);
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
    const listed = found.paths[0]?.assumptions.filter(({ id }) => id === "binding/list-of-ids");
    expect(listed?.map(({ subject }) => subject)).toContain("aws_lb.web");
  });

  it("is refuted where a target listens to another port", async () => {
    const found = await planned((HCL + EGRESS).replace("port     = 8080", "port     = 9090"));
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
  });

  it("is the same after the apply, when everything is known", async () => {
    expect(verdicts(await applied(HCL + EGRESS))).toEqual([`${PATH}: proved, proved`]);
    const closed = await applied(HCL);
    expect(verdicts(closed)).toEqual([`${PATH}: refuted, proved`]);
    expect(idsOf(closed).assumptions).not.toContain("binding/list-of-ids");
    const json = changed(site(), { aws_security_group: { app: group([], []) } });
    expect(verdicts(await applied(configuration(json)))).toEqual([`${PATH}: refuted, proved`]);
  });

  it("of the network kind passes clients on, or not", async () => {
    const network = (HCL + EGRESS)
      .replace('name            = "web"', 'name = "web"\n  load_balancer_type = "network"')
      .replace('protocol          = "HTTPS"', 'protocol = "TCP"')
      .replace('protocol = "HTTP"', 'protocol = "TCP"');
    expect(verdicts(await planned(network))).toEqual([`${PATH}: proved, proved`]);
    const bare = network.replace("security_groups = [aws_security_group.lb.id]", "");
    // Neither clients nor the balancer's addresses are admitted by its targets.
    const found = await planned(bare);
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    expect(found.findings[0]?.subject).toBe("aws_security_group.app");
  });
});

const SUBNETS = `
resource "aws_subnet" "x" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = each.value
}
resource "aws_network_acl" "x" {
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = [aws_subnet.x["a"].id]
}
resource "aws_network_acl_rule" "in" {
  network_acl_id = aws_network_acl.x.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 8080
  to_port        = 8080
}
resource "aws_network_acl_rule" "out" {
  network_acl_id = aws_network_acl.x.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.0.0/8"
  from_port      = 1024
  to_port        = 65535
}
`;

describeWithTerraform("the network ACL between a balancer and its target", () => {
  const apart = (HCL + EGRESS + SUBNETS)
    .replaceAll('"subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"', 'aws_subnet.x["b"].id')
    .replaceAll('"subnet-0aaaaaaaaaaaaaaa1"', 'aws_subnet.x["a"].id');

  it("lets the second leg through both ways", async () => {
    expect(verdicts(await planned(apart))).toEqual([`${PATH}: proved, proved`]);
  });

  it("closes it where the answers don't come out", async () => {
    const closed = apart.replace('cidr_block     = "10.0.0.0/8"', 'cidr_block = "10.0.9.0/24"');
    const found = await planned(closed);
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    expect(found.findings[0]?.rule).toBe("listener/second-leg-closed");
    expect(found.findings[0]?.what).toContain("network ACL");
  });

  it("does not filter within one subnet", async () => {
    const one = apart
      .replaceAll('aws_subnet.x["b"].id', 'aws_subnet.x["a"].id')
      .replace('cidr_block     = "10.0.0.0/8"', 'cidr_block = "0.0.0.0/0"')
      .replace(
        "from_port      = 8080\n  to_port        = 8080\n}\nresource",
        "from_port = 443\n  to_port = 443\n}\nresource",
      );
    const found = await planned(one);
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
  });
});
