import { type Case, type ExpectedPath, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK } from "../hcl";

const cut = path("refuted", "proved");
const LOCK = group("web", ingress("local.edge4"));
const on = (port: number, verdict: "proved" | "refuted" = "proved"): ExpectedPath =>
  path(verdict, "proved", { port });

/** The older provider: names, `value`, settings in one block. */
const older = (firewall: string, settings: string) =>
  hcl(
    BASE,
    NETWORK,
    instance("web"),
    eip("web"),
    firewall,
    `
resource "cloudflare_zone" "main" {
  account_id = "0123456789abcdef0123456789abcdef"
  zone       = "example.com"
}
resource "cloudflare_zone_settings_override" "main" {
  zone_id = cloudflare_zone.main.id
  settings {
    ${settings}
  }
}
resource "cloudflare_record" "www" {
  zone_id = cloudflare_zone.main.id
  name    = "www"
  type    = "A"
  value   = aws_eip.web.public_ip
  proxied = true
}`,
  );
const V4 = { cloudflare: 4 } as const;

export const OLDER: readonly Case[] = [
  {
    name: "older/full-with-a-redirect",
    options: V4,
    after: older(LOCK, 'ssl = "full"\n    always_use_https = "on"'),
    paths: [PROVED],
  },
  {
    name: "older/full",
    options: V4,
    after: older(LOCK, 'ssl = "full"\n    always_use_https = "off"'),
    paths: [on(80, "refuted"), on(443)],
    rules: ["firewall/misses-port"],
  },
  {
    name: "older/range-missing",
    options: V4,
    after: older(
      group("web", ingress("slice(local.edge4, 0, 14)")),
      'ssl = "strict"\n    always_use_https = "on"',
    ),
    paths: [cut],
    rules: ["firewall/misses-edge-range"],
  },
];
