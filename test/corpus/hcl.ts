import { EDGE } from "./oracle/view";

/** Parts of a configuration, joined. */
export const hcl = (...parts: readonly string[]): string => `${parts.join("\n")}\n`;

const list = (texts: readonly string[]): string => `[${texts.map((t) => `"${t}"`).join(", ")}]`;

/** Providers, and the edge as locals. */
export const BASE = `
terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
provider "aws" { region = "eu-west-1" }
provider "cloudflare" { api_token = "x" }
locals {
  edge4 = ${list(EDGE[4])}
  edge6 = ${list(EDGE[6])}
}`;

/** A VPC with a public subnet for each zone. */
export const NETWORK = `
resource "aws_vpc" "main" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "public" { vpc_id = aws_vpc.main.id }
resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.public.id
}`;

export const SUBNET_B = `
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.public.id
}`;

export const ROUTE6 = `
resource "aws_route" "out6" {
  route_table_id              = aws_route_table.public.id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main.id
}`;

/** The zone, in a mode in which the edge opens 443 alone. */
export const ZONE = zone("strict", { always_use_https: "on", ssl_automatic_mode: "custom" });

export function zone(ssl: string, settings: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries({ ssl, ...settings }).map(
    ([id, value]) => `
resource "cloudflare_zone_setting" "${id}" {
  zone_id    = cloudflare_zone.main.id
  setting_id = "${id}"
  value      = "${value}"
}`,
  );
  return `
resource "cloudflare_zone" "main" {
  account = { id = "0123456789abcdef0123456789abcdef" }
  name    = "example.com"
}${parts.join("")}`;
}

/** A proxied record; `content` is an expression. */
export function record(content: string, more: Readonly<Record<string, string>> = {}): string {
  const { label = "www", name = "www.example.com", type = "A", proxied = "true", rest = "" } = more;
  return `
resource "cloudflare_dns_record" "${label}" {
  zone_id = cloudflare_zone.main.id
  name    = "${name}"
  type    = "${type}"
  content = ${content}
  proxied = ${proxied}
  ttl     = 1
  ${rest}
}`;
}

/** An instance with a group and an Elastic IP. */
export function instance(name: string, group = name, more = ""): string {
  return `
resource "aws_instance" "${name}" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.${group}.id]
  ${more}
}`;
}

export function eip(name: string, target = name): string {
  return `
resource "aws_eip" "${name}" {
  domain   = "vpc"
  instance = aws_instance.${target}.id
}`;
}

/** A group; `body` has its inline rules. */
export function group(name: string, body = "", vpc = "aws_vpc.main.id"): string {
  return `
resource "aws_security_group" "${name}" {
  name   = "${name}"
  vpc_id = ${vpc}
  ${body}
}`;
}

/** An inline rule; sources are an expression. */
export function ingress(cidrs: string, more: Readonly<Record<string, string>> = {}): string {
  const { from = "443", to = from, protocol = "tcp", kind = "ingress", rest = "" } = more;
  return `${kind} {
    from_port   = ${from}
    to_port     = ${to}
    protocol    = "${protocol}"
    cidr_blocks = ${cidrs}
    ${rest}
  }`;
}

/** One rule block, or one for each of several. */
export function rule(label: string, source: string, more: Readonly<Record<string, string>> = {}) {
  const { from = "443", to = from, protocol = "tcp", of = "web", rest = "" } = more;
  const ports = protocol === "-1" ? "" : `from_port         = ${from}\n  to_port           = ${to}`;
  return `
resource "aws_vpc_security_group_ingress_rule" "${label}" {
  security_group_id = aws_security_group.${of}.id
  ip_protocol       = "${protocol}"
  ${ports}
  ${source}
  ${rest}
}`;
}

export const EACH4 = "for_each          = toset(local.edge4)\n  cidr_ipv4         = each.value";
export const EACH6 = "for_each          = toset(local.edge6)\n  cidr_ipv6         = each.value";
export const CBD = "lifecycle { create_before_destroy = true }";

/** One server behind an Elastic IP with a record, but for what filters it. */
export const SERVER = hcl(
  BASE,
  NETWORK,
  ZONE,
  instance("web"),
  eip("web"),
  record("aws_eip.web.public_ip"),
);

/** The same with a group that has this inline. */
export const server = (...rules: readonly string[]): string =>
  hcl(SERVER, group("web", rules.join("\n  ")));
