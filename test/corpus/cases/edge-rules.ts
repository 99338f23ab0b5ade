import { type Case, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, server, ZONE } from "../hcl";

const cut = path("refuted", "proved");
const LOCK = group("web", ingress("local.edge4"));
const MACHINE = hcl(BASE, NETWORK, instance("web"), eip("web"));
const WWW = record("aws_eip.web.public_ip");
const SITE = server(ingress("local.edge4"));
const POOL = (address: string, more = "") => `
resource "cloudflare_load_balancer_pool" "web" {
  account_id = "0123456789abcdef0123456789abcdef"
  name       = "web"
  origins    = [{ name = "web", address = ${address} ${more} }]
}
resource "cloudflare_load_balancer" "www" {
  zone_id       = cloudflare_zone.main.id
  name          = "www.example.com"
  proxied       = true
  default_pools = [cloudflare_load_balancer_pool.web.id]
  fallback_pool = cloudflare_load_balancer_pool.web.id
}`;
const ruleset = (phase: string, action: string, expression: string, parameters: string) => `
resource "cloudflare_ruleset" "rules" {
  zone_id = cloudflare_zone.main.id
  kind    = "zone"
  name    = "rules"
  phase   = "${phase}"
  rules = [{
    action            = "${action}"
    expression        = ${JSON.stringify(expression)}
    enabled           = true
    action_parameters = ${parameters}
  }]
}`;
const originPort = (expression: string, port = 8443) =>
  ruleset("http_request_origin", "route", expression, `{ origin = { port = ${port} } }`);
const PORTS = group(
  "web",
  `${ingress("local.edge4")}\n  ${ingress("local.edge4", { from: "8443" })}`,
);
const LOCKED_8443 = hcl(MACHINE, ZONE, WWW, group("web", ingress("local.edge4", { from: "8443" })));

/** Pools and rules of the edge. */
export const EDGE_RULES: readonly Case[] = [
  {
    name: "pool/locked",
    after: hcl(MACHINE, ZONE, LOCK, POOL("aws_eip.web.public_ip")),
    paths: [PROVED],
  },
  {
    name: "pool/closed",
    after: hcl(
      MACHINE,
      ZONE,
      group("web", ingress("slice(local.edge4, 0, 5)")),
      POOL("aws_eip.web.public_ip"),
    ),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "pool/shadows-a-record",
    after: hcl(
      MACHINE,
      ZONE,
      LOCK,
      group("shut"),
      instance("shut"),
      eip("shut"),
      record("aws_eip.shut.public_ip"),
      POOL("aws_eip.web.public_ip"),
    ),
    paths: [PROVED],
  },
  {
    name: "rule/origin-port",
    after: hcl(LOCKED_8443, originPort('http.host eq "www.example.com"')),
    paths: [path("proved", "proved", { port: 8443 })],
    portsByHand: true,
  },
  {
    name: "rule/origin-port-closed",
    after: hcl(SITE, originPort('http.host eq "www.example.com"')),
    paths: [path("refuted", "proved", { port: 8443 })],
    portsByHand: true,
    rules: ["firewall/misses-port"],
  },
  {
    name: "rule/origin-port-of-another-host",
    after: hcl(SITE, originPort('http.host eq "app.example.com"')),
    paths: [PROVED],
  },
  {
    name: "rule/origin-port-of-some-paths",
    after: hcl(MACHINE, ZONE, WWW, PORTS, originPort('starts_with(http.request.uri.path, "/api")')),
    paths: [path("proved", "proved"), path("proved", "proved", { port: 8443 })],
    portsByHand: true,
  },
  {
    name: "rule/origin-port-of-some-paths-closed",
    after: hcl(SITE, originPort('starts_with(http.request.uri.path, "/api")')),
    paths: [path("proved", "proved"), path("refuted", "proved", { port: 8443 })],
    portsByHand: true,
    rules: ["firewall/misses-port"],
  },
  {
    name: "rule/page-rule-flexible",
    after: hcl(
      SITE,
      `
resource "cloudflare_page_rule" "ssl" {
  zone_id  = cloudflare_zone.main.id
  target   = "www.example.com/*"
  priority = 1
  status   = "active"
  actions  = { ssl = "flexible" }
}`,
    ),
    paths: [path("refuted", "proved", { port: 80 })],
    portsByHand: true,
    rules: ["firewall/misses-port"],
  },
  {
    name: "rule/page-rule-disabled",
    after: hcl(
      SITE,
      `
resource "cloudflare_page_rule" "ssl" {
  zone_id  = cloudflare_zone.main.id
  target   = "www.example.com/*"
  priority = 1
  status   = "disabled"
  actions  = { ssl = "flexible" }
}`,
    ),
    paths: [PROVED],
  },
  {
    name: "rule/configuration-mode",
    after: hcl(
      SITE,
      ruleset(
        "http_config_settings",
        "set_config",
        'http.host in {"www.example.com" "app.example.com"}',
        '{ ssl = "flexible" }',
      ),
    ),
    paths: [path("refuted", "proved", { port: 80 })],
    portsByHand: true,
    rules: ["firewall/misses-port"],
  },
];
