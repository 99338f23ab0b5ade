import { type Case, PROVED, path } from "../case";
import { group, hcl, ingress, SERVER, server } from "../hcl";

const cut = path("refuted", "proved");
const open = path("proved", "refuted");
const wrong = path("refuted", "refuted");
const MISSES = ["firewall/misses-edge-range"];
const PORT = ["firewall/misses-port"];
const UNUSED = ["listener/port-not-proxied"];
const SUPERSET = ["ranges/superset"];
const OTHERS = ["exposure/open-to-others"];
const EDGE = "local.edge4";
const without = (cidr: string) => `[for c in local.edge4 : c if c != "${cidr}"]`;
const instead = (cidr: string, ...others: readonly string[]) =>
  `concat(${without(cidr)}, [${others.map((c) => `"${c}"`).join(", ")}])`;
const and = (...cidrs: readonly string[]) =>
  `concat(local.edge4, [${cidrs.map((c) => `"${c}"`).join(", ")}])`;
const BARE = hcl(SERVER, group("web"));

/** A group's rules inline: what is right, what is wrong, and what is nearly either. */
export const GROUPS: readonly Case[] = [
  { name: "group/inline", after: server(ingress(EDGE)), paths: [PROVED] },
  {
    name: "group/inline-range-missing",
    after: server(ingress(without("131.0.72.0/22"))),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "group/first-range-missing",
    after: server(ingress(without("103.21.244.0/22"))),
    paths: [cut],
    rules: MISSES,
  },
  { name: "group/empty", after: BARE, paths: [cut], rules: PORT },
  {
    name: "group/half-of-a-range",
    after: server(ingress(instead("173.245.48.0/20", "173.245.48.0/21"))),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "group/twice-a-range",
    after: server(ingress(instead("173.245.48.0/20", "173.245.48.0/19"))),
    paths: [open],
    rules: SUPERSET,
  },
  {
    name: "group/range-in-halves",
    after: server(ingress(instead("173.245.48.0/20", "173.245.48.0/21", "173.245.56.0/21"))),
    paths: [PROVED],
  },
  {
    name: "group/range-in-halves-with-a-hole",
    after: server(ingress(instead("173.245.48.0/20", "173.245.48.0/21", "173.245.60.0/22"))),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "group/superset-with-warp",
    after: server(ingress(and("104.16.0.0/12"))),
    paths: [open],
    rules: SUPERSET,
  },
  {
    name: "group/superset-instead",
    after: server(ingress(instead("104.24.0.0/14", "104.16.0.0/12"))),
    paths: [open],
    rules: SUPERSET,
  },
  {
    name: "group/overlapping-ranges",
    after: server(ingress(and("104.16.0.0/14", "172.64.0.0/14", "131.0.72.0/23"))),
    paths: [PROVED],
  },
  { name: "group/world", after: server(ingress('["0.0.0.0/0"]')), paths: [open], rules: OTHERS },
  {
    name: "group/two-halves-of-the-world",
    after: server(ingress('["0.0.0.0/1", "128.0.0.0/1"]')),
    paths: [open],
    rules: OTHERS,
  },
  {
    name: "group/lower-half-of-the-world",
    after: server(ingress('["0.0.0.0/1"]')),
    paths: [wrong],
    rules: [...MISSES, ...OTHERS],
  },
  {
    name: "group/edge-and-one-stranger",
    after: server(ingress(and("198.41.64.0/24"))),
    paths: [open],
    rules: OTHERS,
  },
  {
    name: "group/edge-and-private-sources",
    after: server(ingress(and("10.0.0.0/8", "192.168.0.0/16", "100.64.0.0/10"))),
    paths: [PROVED],
  },
  {
    name: "group/port-444",
    after: server(ingress(EDGE, { from: "444" })),
    paths: [cut],
    rules: UNUSED,
  },
  {
    name: "group/port-80",
    after: server(ingress(EDGE, { from: "80" })),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "group/port-444-to-the-world",
    after: server(ingress(EDGE), ingress('["0.0.0.0/0"]', { from: "444" })),
    paths: [PROVED],
  },
  {
    name: "group/port-range",
    after: server(ingress(EDGE, { from: "440", to: "450" })),
    paths: [PROVED],
  },
  {
    name: "group/port-range-just-below",
    after: server(ingress(EDGE, { from: "400", to: "442" })),
    paths: [cut],
    rules: UNUSED,
  },
  {
    name: "group/port-range-to-the-world",
    after: server(ingress(EDGE), ingress('["0.0.0.0/0"]', { from: "0", to: "65535" })),
    paths: [open],
    rules: OTHERS,
  },
  {
    name: "group/all-protocols",
    after: server(ingress(EDGE, { from: "0", protocol: "-1" })),
    paths: [PROVED],
  },
  {
    name: "group/protocol-by-number",
    after: server(ingress(EDGE, { protocol: "6" })),
    paths: [PROVED],
  },
  {
    name: "group/udp",
    after: server(ingress(EDGE, { protocol: "udp" })),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "group/udp-to-the-world",
    after: server(ingress(EDGE), ingress('["0.0.0.0/0"]', { protocol: "udp" })),
    paths: [PROVED],
  },
  {
    name: "group/icmp-to-the-world",
    after: server(
      ingress(EDGE),
      ingress('["0.0.0.0/0"]', { from: "-1", to: "-1", protocol: "icmp" }),
    ),
    paths: [PROVED],
  },
  {
    name: "group/egress-instead",
    after: server(ingress(EDGE, { kind: "egress" })),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "group/egress-to-the-world",
    after: server(
      ingress(EDGE),
      ingress('["0.0.0.0/0"]', { from: "0", protocol: "-1", kind: "egress" }),
    ),
    paths: [PROVED],
  },
  {
    name: "group/range-in-a-description",
    after: server(
      ingress(without("131.0.72.0/22"), { rest: 'description = "131.0.72.0/22 as well"' }),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "group/ssh-to-the-world",
    after: server(ingress(EDGE), ingress('["0.0.0.0/0"]', { from: "22" })),
    paths: [PROVED],
  },
  {
    name: "group/itself",
    after: server(ingress(EDGE), ingress("[]", { rest: "self = true" })),
    paths: [PROVED],
  },
  {
    name: "group/itself-alone",
    after: server(ingress("[]", { rest: "self = true" })),
    paths: [cut],
    rules: PORT,
  },
  {
    name: "group/ipv6-ranges-alone",
    after: server(ingress("[]", { rest: "ipv6_cidr_blocks = local.edge6" })),
    paths: [cut],
    rules: ["firewall/misses-family"],
  },
];
