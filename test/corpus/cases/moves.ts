import { type Case, path } from "../case";
import { BASE, eip, group, hcl, ingress, instance, NETWORK, record, ZONE } from "../hcl";
import { proved, refuted, to } from "./rollouts";

const EDGE = "local.edge4";
const LOCKED = group("web", ingress(EDGE));
const NEXT = hcl(instance("next", "web"));
const SITE = hcl(BASE, NETWORK, ZONE, LOCKED, instance("web"));
const WWW = record("aws_eip.web.public_ip");
const NEXT_WWW = record("aws_eip.next.public_ip");
const ASSOCIATION = (target: string) =>
  `resource "aws_eip_association" "web" {\n  allocation_id = aws_eip.web.id\n  instance_id = aws_instance.${target}.id\n}`;
const BARE_EIP = 'resource "aws_eip" "web" { domain = "vpc" }';

/** Records and addresses that move. */
export const MOVES: readonly Case[] = [
  {
    name: "move/record-to-a-server-that-stays",
    before: hcl(SITE, NEXT, eip("web"), eip("next"), WWW),
    after: hcl(SITE, NEXT, eip("web"), eip("next"), NEXT_WWW),
    ...proved,
  },
  {
    name: "move/record-to-a-new-server",
    before: hcl(SITE, eip("web"), WWW),
    after: hcl(SITE, NEXT, eip("web"), eip("next"), NEXT_WWW),
    ...proved,
  },
  {
    name: "move/record-and-the-old-server-goes",
    before: hcl(SITE, eip("web"), WWW),
    after: hcl(
      SITE.replaceAll('"aws_instance" "web"', '"aws_instance" "next"'),
      eip("next"),
      NEXT_WWW,
    ),
    ...refuted,
  },
  {
    name: "move/address-by-update",
    before: hcl(SITE, NEXT, eip("web"), WWW),
    after: hcl(SITE, NEXT, eip("web", "next"), WWW),
    ...refuted,
  },
  {
    name: "move/address-by-association",
    before: hcl(SITE, NEXT, BARE_EIP, ASSOCIATION("web"), WWW),
    after: hcl(SITE, NEXT, BARE_EIP, ASSOCIATION("next"), WWW),
    ...refuted,
  },
  {
    name: "move/from-address-to-alias",
    before: hcl(
      SITE,
      eip("web"),
      WWW,
      record("aws_eip.web.public_ip", { label: "o", name: "o.example.com", proxied: "false" }),
    ),
    after: hcl(
      SITE,
      eip("web"),
      record('"o.example.com"', { type: "CNAME" }),
      record("aws_eip.web.public_ip", { label: "o", name: "o.example.com", proxied: "false" }),
    ),
    ...refuted,
  },
  {
    name: "move/record-renamed-in-place",
    before: hcl(SITE, eip("web"), WWW),
    after: hcl(
      SITE,
      eip("web"),
      record("aws_eip.web.public_ip", { label: "site" }),
      "moved {\n  from = cloudflare_dns_record.www\n  to   = cloudflare_dns_record.site\n}",
    ),
    ...proved,
  },
  {
    name: "move/hostname-added",
    before: hcl(SITE, eip("web"), WWW),
    after: hcl(
      SITE,
      eip("web"),
      WWW,
      record("aws_eip.web.public_ip", { label: "app", name: "app.example.com" }),
    ),
    paths: [
      to("proved"),
      path("proved", "proved", { hostname: "app.example.com", rollout: "notOwed" }),
    ],
  },
  {
    name: "move/record-proxied-at-last",
    before: hcl(SITE, eip("web"), record("aws_eip.web.public_ip", { proxied: "false" })),
    after: hcl(SITE, eip("web"), WWW),
    // Nothing is owed, since the edge served nothing before.
    paths: [path("proved", "proved", { rollout: "notOwed" })],
  },
  {
    name: "move/unrelated-resource",
    before: hcl(SITE, eip("web"), WWW),
    after: hcl(SITE, eip("web"), WWW, group("other", ingress('["0.0.0.0/0"]'))),
    ...proved,
  },
];
