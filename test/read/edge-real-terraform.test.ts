import { EDGE_4, reviewOf, verdicts } from "../support/plan";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const HEAD = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
provider "aws" { region = "eu-west-1" }
provider "cloudflare" { api_token = "x" }
resource "cloudflare_zone" "main" {
  name    = "example.com"
  account = { id = "0" }
}
resource "cloudflare_zone_setting" "all" {
  for_each   = { ssl = "strict", always_use_https = "on", ssl_automatic_mode = "custom" }
  zone_id    = cloudflare_zone.main.id
  setting_id = each.key
  value      = each.value
}
resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ${JSON.stringify(EDGE_4)}
  }
}
resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = "subnet-1"
  vpc_security_group_ids = [aws_security_group.web.id]
}
resource "aws_eip" "web" {
  instance = aws_instance.web.id
  domain   = "vpc"
}
`;

const RECORD = `
resource "cloudflare_dns_record" "www" {
  zone_id = cloudflare_zone.main.id
  name    = "www.example.com"
  type    = "A"
  ttl     = 1
  proxied = true
  content = aws_eip.web.public_ip
}
`;

const BALANCER = `
resource "cloudflare_load_balancer_pool" "a" {
  account_id = "0"
  name       = "a"
  origins    = [{ name = "o", address = aws_eip.web.public_ip }]
}
resource "cloudflare_load_balancer" "www" {
  zone_id       = cloudflare_zone.main.id
  name          = "www.example.com"
  proxied       = true
  default_pools = [cloudflare_load_balancer_pool.a.id]
  fallback_pool = cloudflare_load_balancer_pool.a.id
  region_pools  = { WNAM = [cloudflare_load_balancer_pool.a.id] }
}
`;

const ruleset = (phase: string, action: string, expression: string, parameters: string) => `
resource "cloudflare_ruleset" "x" {
  zone_id = cloudflare_zone.main.id
  name    = "x"
  kind    = "zone"
  phase   = "${phase}"
  rules = [{
    action            = "${action}"
    expression        = ${JSON.stringify(expression)}
    action_parameters = ${parameters}
  }]
}
`;

const TUNNEL = `
resource "cloudflare_zero_trust_tunnel_cloudflared" "t" {
  account_id = "0"
  name       = "t"
}
resource "cloudflare_zero_trust_tunnel_cloudflared_config" "t" {
  account_id = "0"
  tunnel_id  = cloudflare_zero_trust_tunnel_cloudflared.t.id
  config     = { ingress = [{ hostname = "other.example.com", service = "http://localhost:1" }, { service = "http_status:404" }] }
}
resource "cloudflare_dns_record" "app" {
  zone_id = cloudflare_zone.main.id
  name    = "app.example.com"
  type    = "CNAME"
  ttl     = 1
  proxied = true
  content = "\${cloudflare_zero_trust_tunnel_cloudflared.t.id}.cfargotunnel.com"
}
`;

const PROVED = ["www.example.com IPv4 tcp/443: proved, proved"];

/** What is told of the paths; that there is one origin or no alert is another matter. */
const rulesOf = ({ findings }: ReturnType<typeof reviewOf>) =>
  findings.map((finding) => finding.rule).filter((rule) => !rule.startsWith("resilience/"));

describeWithTerraform("Cloudflare's side in real plans", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ["a load balancer", BALANCER, PROVED, []],
    ["a load balancer beside a record", RECORD + BALANCER, PROVED, []],
    [
      "an origin rule",
      RECORD +
        ruleset(
          "http_request_origin",
          "route",
          'http.host eq "www.example.com"',
          "{ origin = { port = 8443 } }",
        ),
      ["www.example.com IPv4 tcp/8443: refuted, proved"],
      ["firewall/misses-port"],
    ],
    [
      "an origin rule for another name",
      RECORD +
        ruleset(
          "http_request_origin",
          "route",
          'http.host eq "api.example.com"',
          "{ origin = { port = 8443 } }",
        ),
      PROVED,
      [],
    ],
    [
      "a configuration rule for a path",
      RECORD +
        ruleset(
          "http_config_settings",
          "set_config",
          'starts_with(http.request.uri.path, "/old/")',
          '{ ssl = "flexible" }',
        ),
      [...PROVED, "www.example.com IPv4 tcp/80: refuted, proved"],
      ["firewall/misses-port"],
    ],
    [
      "a page rule",
      `${RECORD}resource "cloudflare_page_rule" "x" {
        zone_id = cloudflare_zone.main.id
        target  = "*example.com/*"
        status  = "active"
        actions = { cache_level = "bypass" }
      }`,
      PROVED,
      [],
    ],
    ["a tunnel", RECORD + TUNNEL, PROVED, ["listener/tunnel-without-ingress"]],
  ])("%s: the same before and after the apply", async (_, more, expected, rules) => {
    const box = newSandbox({ configuration: HEAD + more });
    const plan = await box.plan();
    const first = reviewOf([await box.show(plan)]);
    expect([verdicts(first), rulesOf(first)]).toEqual([expected, rules]);
    await box.apply(plan);
    const again = reviewOf([await box.show(await box.plan())]);
    expect([verdicts(again), rulesOf(again)]).toEqual([expected, rules]);
  });
});
