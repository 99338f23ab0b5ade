import { parseInput, reviewInputs } from "originproof/review";
import { EDGE_4, idsOf, verdicts } from "../support/plan";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const PROVIDERS = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
`;

/** A network as modules of the registry write it: flags choose, `element` picks. */
const network = (table: string) => `${PROVIDERS}
variable "several_tables" {
  type    = bool
  default = false
}
variable "table" {
  type    = string
  default = null
}
variable "usual" {
  type     = string
  nullable = false
  default  = "rtb-0123456789abcdef0"
}
variable "subnets" { type = list(string) }
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
resource "aws_subnet" "public" {
  count      = length(var.subnets)
  vpc_id     = aws_vpc.this.id
  cidr_block = var.subnets[count.index]
}
resource "aws_route_table" "public" {
  count  = var.several_tables ? length(var.subnets) : 1
  vpc_id = aws_vpc.this.id
}
resource "aws_route_table" "closed" { vpc_id = aws_vpc.this.id }
resource "aws_route" "public" {
  count                  = length(aws_route_table.public)
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}
resource "aws_route_table_association" "public" {
  count          = length(var.subnets)
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = ${table}
}
output "subnets" { value = aws_subnet.public[*].id }
output "vpc" { value = aws_vpc.this.id }
`;

const BALANCER = `${PROVIDERS}
variable "internal" {
  type    = bool
  default = null
}
variable "family" {
  type    = string
  default = null
}
variable "subnets" { type = list(string) }
variable "groups" { type = list(string) }
resource "aws_lb" "this" {
  internal        = var.internal
  ip_address_type = var.family
  subnets         = var.subnets
  security_groups = var.groups
}
resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/1"
  default_action {
    type = "fixed-response"
    fixed_response { content_type = "text/plain" }
  }
}
output "name" { value = aws_lb.this.dns_name }
`;

const main = (inputs: { readonly network?: string; readonly balancer?: string }) => `${PROVIDERS}
provider "aws" { region = "eu-west-1" }
provider "cloudflare" { api_token = "x" }
module "network" {
  source  = "./network"
  subnets = ["10.0.1.0/24", "10.0.2.0/24"]
  ${inputs.network ?? ""}
}
resource "aws_security_group" "web" {
  vpc_id = module.network.vpc
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ${JSON.stringify(EDGE_4)}
  }
}
variable "nothing" { default = null }
module "balancer" {
  source  = "./balancer"
  subnets = module.network.subnets
  groups  = [aws_security_group.web.id]
  ${inputs.balancer ?? ""}
}
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
resource "cloudflare_dns_record" "www" {
  zone_id = cloudflare_zone.main.id
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 1
  proxied = true
  content = module.balancer.name
}
`;

const ONE = "element(aws_route_table.public[*].id, var.several_tables ? count.index : 0)";

async function reviewed(table: string, inputs: Parameters<typeof main>[0] = {}) {
  const box = newSandbox({
    configuration: main(inputs),
    files: { "network/main.tf": network(table), "balancer/main.tf": BALANCER },
  });
  const plan = await box.show(await box.plan());
  const review = reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);
  const lines = verdicts(review).map((line) => line.replace(/^[^:]*: /, ""));
  return [...lines, ...idsOf(review).reasons].join("; ");
}

describeWithTerraform("variables of modules", () => {
  it.each<[string, string, Parameters<typeof main>[0]]>([
    ["left at their defaults", ONE, {}],
    ["given as constants", ONE, { network: "several_tables = false" }],
    ["several, of a table each", ONE, { network: "several_tables = true" }],
    ["null by another variable", ONE, { balancer: "internal = var.nothing" }],
    ["null beside a name", "coalesce(var.table, aws_route_table.public[0].id)", {}],
  ])("are known where plan JSON has them: %s", async (_, table, inputs) => {
    expect(await reviewed(table, inputs)).toBe("proved, proved");
  });

  it.each<[string, string, Parameters<typeof main>[0], string]>([
    [
      "a flag chooses one of two tables",
      "var.several_tables ? aws_route_table.public[0].id : aws_route_table.closed.id",
      {},
      "aws/route-table-unknown",
    ],
    [
      "a text may be the table",
      "var.table == aws_vpc.this.id ? aws_route_table.public[0].id : var.table",
      { network: 'table = "rtb-0123456789abcdef0"' },
      "aws/route-table-unknown",
    ],
    [
      "null means a default",
      "var.usual == aws_vpc.this.id ? aws_route_table.public[0].id : var.usual",
      { network: "usual = null" },
      "aws/route-table-unknown",
    ],
    [
      "a value is known after apply",
      ONE,
      { balancer: "internal = module.network.vpc == null" },
      "aws/balancer-not-read",
    ],
  ])("don't tell where %s", async (_, table, inputs, reason) => {
    expect(await reviewed(table, inputs)).toBe(`undetermined, proved; ${reason}`);
  });
});
