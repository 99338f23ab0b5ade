import { type Case, path } from "../case";
import {
  BASE,
  eip,
  group,
  hcl,
  ingress,
  instance,
  NETWORK,
  record,
  SUBNET_B,
  ZONE,
  zone,
} from "../hcl";
import { proved, refuted } from "./rollouts";

const EDGE = "local.edge4";
const LOCKED = group("web", ingress(EDGE));
const SITE = hcl(BASE, NETWORK, ZONE, LOCKED, instance("web"));
const WWW = record("aws_eip.web.public_ip");

const entry = (label: string, no: number, action: string, cidr: string, egress = false) => `
resource "aws_network_acl_rule" "${label}" {
  network_acl_id = aws_network_acl.main.id
  egress         = ${egress}
  rule_number    = ${no}
  rule_action    = "${action}"
  protocol       = "-1"
  cidr_block     = "${cidr}"
  from_port      = 0
  to_port        = 0
}`;
const ACL = hcl(
  'resource "aws_network_acl" "main" {\n  vpc_id = aws_vpc.main.id\n  subnet_ids = [aws_subnet.a.id]\n}',
  entry("in", 100, "allow", "0.0.0.0/0"),
  entry("out", 100, "allow", "0.0.0.0/0", true),
);
const WEB = hcl(SITE, eip("web"), WWW);
const route = (label: string, cidr: string, target: string) => `
resource "aws_route" "${label}" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "${cidr}"
  ${target}
}`;
const TGW = 'transit_gateway_id = "tgw-0123456789abcdef0"';
const IGW = "gateway_id = aws_internet_gateway.main.id";
const BOTH = group("web", `${ingress(EDGE)}\n  ${ingress(EDGE, { from: "80" })}`);
const CUSTOM = { always_use_https: "on", ssl_automatic_mode: "custom" };
const inMode = (ssl: string, firewall: string) =>
  hcl(BASE, NETWORK, zone(ssl, CUSTOM), firewall, instance("web"), eip("web"), WWW);
const PORT_80 = path("proved", "proved", { port: 80, rollout: "proved" });

/** Network ACLs, routes and settings that change. */
export const NETWORK_CHANGES: readonly Case[] = [
  {
    name: "network/acl-deny-and-allow-before-it",
    before: hcl(WEB, ACL),
    after: hcl(
      WEB,
      ACL,
      entry("deny", 90, "deny", "172.64.0.0/13"),
      entry("allow", 80, "allow", "172.64.0.0/13"),
    ),
    ...refuted,
  },
  {
    name: "network/acl-deny-after-allow",
    before: hcl(WEB, ACL),
    after: hcl(WEB, ACL, entry("deny", 110, "deny", "172.64.0.0/13")),
    ...proved,
  },
  {
    name: "network/acl-deny-that-waits",
    before: hcl(WEB, ACL),
    after: hcl(
      WEB,
      ACL,
      entry("allow", 80, "allow", "172.64.0.0/13"),
      entry("deny", 90, "deny", "172.64.0.0/13").replace(
        "egress  ",
        "depends_on     = [aws_network_acl_rule.allow]\n  egress  ",
      ),
    ),
    ...proved,
  },
  {
    name: "network/acl-allow-replaced",
    before: hcl(WEB, ACL),
    after: hcl(WEB, ACL.replace("rule_number    = 100", "rule_number    = 200")),
    ...refuted,
  },
  {
    name: "network/acl-given-to-the-subnet",
    before: WEB,
    after: hcl(WEB, ACL),
    ...refuted,
  },
  {
    name: "network/capture-and-back",
    before: WEB,
    after: hcl(WEB, route("other", "172.0.0.0/8", TGW), route("edge", "172.64.0.0/13", IGW)),
    ...refuted,
  },
  {
    name: "network/capture-that-waits",
    before: WEB,
    after: hcl(
      WEB,
      route("other", "172.0.0.0/8", `${TGW}\n  depends_on = [aws_route.edge]`),
      route("edge", "172.64.0.0/13", IGW),
    ),
    ...proved,
  },
  {
    name: "network/private-capture",
    before: WEB,
    after: hcl(WEB, route("other", "172.16.0.0/12", TGW)),
    ...proved,
  },
  {
    name: "network/default-route-in-halves",
    before: WEB,
    after: hcl(
      WEB.replace(/resource "aws_route" "out" \{[^}]*\}/, ""),
      route("low", "0.0.0.0/1", IGW),
      route("high", "128.0.0.0/1", IGW),
    ),
    ...refuted,
  },
  {
    name: "network/second-subnet",
    before: WEB,
    after: hcl(WEB, SUBNET_B),
    ...proved,
  },
  {
    name: "mode/strict-to-full",
    before: inMode("strict", LOCKED),
    after: inMode("full", LOCKED),
    ...proved,
  },
  {
    name: "mode/strict-to-flexible-with-both-ports-open",
    before: inMode("strict", BOTH),
    after: inMode("flexible", BOTH),
    paths: [PORT_80],
  },
  {
    name: "mode/strict-to-flexible-while-ports-change",
    before: inMode("strict", LOCKED),
    after: inMode("flexible", group("web", ingress(EDGE, { from: "80" }))),
    paths: [path("proved", "proved", { port: 80, rollout: "refuted" })],
    rules: ["rollout/cut-off-during-apply"],
  },
  {
    name: "mode/flexible-to-strict-while-443-opens",
    before: inMode("flexible", group("web", ingress(EDGE, { from: "80" }))),
    after: inMode("strict", BOTH),
    ...refuted,
  },
];
