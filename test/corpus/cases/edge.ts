import { type Case, type ExpectedPath, PROVED, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, ZONE, zone } from "../hcl";

const cut = path("refuted", "proved");
const LOCK = group("web", ingress("local.edge4"));
const BOTH = group("web", `${ingress("local.edge4")}\n  ${ingress("local.edge4", { from: "80" })}`);
const MACHINE = hcl(BASE, NETWORK, instance("web"), eip("web"));
const WWW = record("aws_eip.web.public_ip");
const CUSTOM = { ssl_automatic_mode: "custom" };
const on = (port: number, verdict: "proved" | "refuted" = "proved"): ExpectedPath =>
  path(verdict, "proved", { port });
const inMode = (
  ssl: string,
  firewall: string,
  settings: Readonly<Record<string, string>> = CUSTOM,
) => hcl(MACHINE, zone(ssl, settings), firewall, WWW);

/** Cloudflare's own side: modes, records, rules, load balancers. */
export const EDGE_SIDE: readonly Case[] = [
  { name: "mode/full-on-both-ports", after: inMode("full", BOTH), paths: [on(80), on(443)] },
  {
    name: "mode/full-with-port-80-closed",
    after: inMode("full", LOCK),
    paths: [on(80, "refuted"), on(443)],
    rules: ["firewall/misses-port"],
  },
  {
    name: "mode/full-with-a-redirect",
    after: inMode("full", LOCK, { ...CUSTOM, always_use_https: "on" }),
    paths: [on(443)],
  },
  {
    name: "mode/flexible-on-80",
    after: inMode("flexible", group("web", ingress("local.edge4", { from: "80" }))),
    paths: [on(80)],
  },
  {
    name: "mode/flexible-on-443",
    after: inMode("flexible", LOCK),
    paths: [on(80, "refuted")],
    rules: ["firewall/misses-port"],
  },
  {
    name: "mode/off-on-80",
    after: inMode("off", group("web", ingress("local.edge4", { from: "80" }))),
    paths: [on(80)],
  },
  {
    name: "mode/origin-pull",
    after: inMode("origin_pull", LOCK),
    paths: [on(443)],
  },
  {
    name: "mode/zone-outside-the-input",
    after: hcl(MACHINE, BOTH, WWW).replace(
      "cloudflare_zone.main.id",
      '"0123456789abcdef0123456789abcdef"',
    ),
    paths: [on(80), on(443)],
    portsByHand: true,
  },
  {
    name: "mode/zone-outside-the-input-with-port-80-closed",
    after: hcl(MACHINE, LOCK, WWW).replace(
      "cloudflare_zone.main.id",
      '"0123456789abcdef0123456789abcdef"',
    ),
    paths: [
      path("undetermined", "proved", { port: 80, reasons: ["flow/only-possible"] }),
      path("proved", "proved", { port: 443 }),
    ],
    portsByHand: true,
  },
  {
    name: "record/dns-only",
    after: hcl(MACHINE, ZONE, LOCK, record("aws_eip.web.public_ip", { proxied: "false" })),
    paths: [],
  },
  {
    name: "record/one-proxied-of-two",
    after: hcl(
      MACHINE,
      ZONE,
      LOCK,
      WWW,
      instance("next", "web"),
      eip("next"),
      record("aws_eip.next.public_ip", { label: "next", proxied: "false" }),
    ),
    paths: [
      path("proved", "proved", { origin: "aws_eip.web" }),
      path("proved", "proved", { origin: "aws_eip.next" }),
    ],
  },
  {
    name: "record/alias-within-the-zone",
    after: hcl(
      MACHINE,
      ZONE,
      LOCK,
      record("aws_eip.web.public_ip", {
        label: "origin",
        name: "origin.example.com",
        proxied: "false",
      }),
      record('"origin.example.com"', { type: "CNAME" }),
    ),
    paths: [PROVED],
    rules: ["exposure/dns-only-record"],
  },
  {
    name: "record/alias-of-a-closed-origin",
    after: hcl(
      MACHINE,
      ZONE,
      group("web"),
      record("aws_eip.web.public_ip", {
        label: "origin",
        name: "origin.example.com",
        proxied: "false",
      }),
      record("cloudflare_dns_record.origin.name", { type: "CNAME" }),
    ),
    paths: [cut],
    rules: ["firewall/misses-port"],
  },
  {
    name: "record/wildcard",
    after: hcl(MACHINE, ZONE, LOCK, record("aws_eip.web.public_ip", { name: "*.example.com" })),
    paths: [path("proved", "proved", { hostname: "*.example.com" })],
  },
  {
    name: "record/named-host-under-a-wildcard",
    after: hcl(
      MACHINE,
      ZONE,
      LOCK,
      record("aws_eip.web.public_ip", { label: "any", name: "*.example.com" }),
      group("shut"),
      instance("shut"),
      eip("shut"),
      record("aws_eip.shut.public_ip"),
    ),
    paths: [cut, path("proved", "proved", { hostname: "*.example.com" })],
    rules: ["firewall/misses-port"],
  },
  {
    name: "record/originless-with-a-worker",
    after: hcl(
      MACHINE,
      ZONE,
      LOCK,
      record('"192.0.2.0"'),
      'resource "cloudflare_workers_route" "www" {\n  zone_id = cloudflare_zone.main.id\n  pattern = "www.example.com/*"\n  script = "www"\n}',
    ),
    paths: [],
  },
  {
    name: "record/originless-unserved",
    after: hcl(MACHINE, ZONE, LOCK, record('"192.0.2.0"')),
    paths: [],
    rules: ["dns/originless-unserved"],
  },
  {
    name: "record/apex",
    after: hcl(MACHINE, ZONE, LOCK, record("aws_eip.web.public_ip", { name: "example.com" })),
    paths: [path("proved", "proved", { hostname: "example.com" })],
  },
];
