import type { Blocks } from "../support/aws-web";
import { EDGE_4, EDGE_6 } from "../support/plan";
import type { Dice, Facets } from "./dice";
import { ref, SUBNETS } from "./random-network";

interface Entry {
  readonly egress: boolean;
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly protocol: string;
  readonly cidr: string;
  readonly from: number;
  readonly to: number;
}

const PORTS = [
  [443, 443],
  [1, 442],
  [0, 65535],
  [1024, 65535],
  [32768, 65535],
  [8080, 8080],
] as const;
const RANGES = [
  ...EDGE_4.slice(0, 3),
  ...["172.64.0.0/13", "172.64.0.0/14", "131.0.72.0/23", "104.0.0.0/8", "8.8.8.0/24"],
  ...["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/16", "10.0.1.0/24", "::/0"],
  ...EDGE_6.slice(0, 1),
];

/** No network ACL, or one with entries in both directions, in any of the forms. */
export function randomAcl(site: string, facets: Facets): Blocks {
  const form = facets
    .of("acl fixed")
    .pick(["none", "none", "inline", "inline", "rules", "rules", "default"] as const);
  if (form === "none") return {};
  const entries = [...side(facets, false), ...side(facets, true)];
  const vpc_id = ref(`aws_vpc.${site}.id`);
  const held = SUBNETS.filter((name) => facets.of(`acl subnet ${name}`).chance(0.8));
  const ids = held.map((name) => ref(`aws_subnet.${site}${name}.id`));
  const lists = {
    ingress: entries.filter(({ egress }) => !egress).map(inList),
    egress: entries.filter(({ egress }) => egress).map(inList),
  };
  if (form === "default") {
    const default_network_acl_id = ref(`aws_vpc.${site}.default_network_acl_id`);
    const lifecycle = { ignore_changes: ["subnet_ids"] };
    return { aws_default_network_acl: { [site]: { default_network_acl_id, lifecycle, ...lists } } };
  }
  if (form === "inline") {
    return { aws_network_acl: { [site]: { vpc_id, subnet_ids: ids, ...lists } } };
  }
  return {
    aws_network_acl: { [site]: { vpc_id } },
    aws_network_acl_association: Object.fromEntries(
      held.map((name, at) => [
        `${site}${name}`,
        { network_acl_id: ref(`aws_network_acl.${site}.id`), subnet_id: ids[at] },
      ]),
    ),
    aws_network_acl_rule: Object.fromEntries(entries.map((each) => alone(site, each))),
  };
}

/** Mostly open, with a few that deny or allow before and after. */
function side(facets: Facets, egress: boolean): readonly Entry[] {
  const way = egress ? "out" : "in";
  const base = baseOf(facets.of(`acl ${way}`), egress);
  const numbers = [20, 40, 60, 80, 90, 120, 140];
  const extras = numbers.flatMap((number) => {
    const dice = facets.of(`acl ${way} ${number}`);
    return dice.chance(0.16) ? [extra(dice, number, egress)] : [];
  });
  return [...base, ...extras];
}

function baseOf(dice: Dice, egress: boolean): readonly Entry[] {
  const all = { egress, action: "allow", protocol: "-1", from: 0, to: 0 } as const;
  const open = [
    { ...all, number: 100, cidr: "0.0.0.0/0" },
    { ...all, number: 101, cidr: "::/0" },
  ];
  const tcp = { protocol: "tcp", from: egress ? 1024 : 443, to: egress ? 65535 : 443 };
  const narrow = open.map((entry) => ({ ...entry, ...tcp }));
  const replies = { ...all, number: 110, cidr: "0.0.0.0/0", protocol: "tcp", to: 65535 };
  const both = [...narrow, { ...replies, from: 1024 }];
  const shut = [{ ...all, number: 100, cidr: "10.0.0.0/8" }];
  return dice.pick([open, open, open, both, both, narrow, shut]);
}

function extra(dice: Dice, number: number, egress: boolean): Entry {
  const action = dice.pick(["allow", "deny", "deny"] as const);
  const protocol = dice.pick(["-1", "tcp", "tcp", "udp"]);
  const [from, to] = protocol === "-1" ? [0, 0] : dice.pick(PORTS);
  return { egress, number, action, protocol, cidr: dice.pick(RANGES), from, to };
}

const PROTOCOLS: Readonly<Record<string, string>> = { tcp: "6", udp: "17" };

function inList({ number, action, protocol, cidr, from, to }: Entry): object {
  const six = cidr.includes(":");
  return {
    ...{ rule_no: number, action, protocol: PROTOCOLS[protocol] ?? protocol },
    ...{ from_port: from, to_port: to, icmp_code: 0, icmp_type: 0 },
    ...{ cidr_block: six ? "" : cidr, ipv6_cidr_block: six ? cidr : "" },
  };
}

function alone(site: string, entry: Entry): readonly [string, object] {
  const { egress, number, action, cidr, from, to } = entry;
  // Names and numbers of protocols mean the same.
  const protocol = number % 40 === 0 ? (PROTOCOLS[entry.protocol] ?? "-1") : entry.protocol;
  const body = {
    ...{ network_acl_id: ref(`aws_network_acl.${site}.id`), egress, protocol },
    ...{ rule_number: number, rule_action: action, from_port: from, to_port: to },
    [cidr.includes(":") ? "ipv6_cidr_block" : "cidr_block"]: cidr,
  };
  return [`${site}_${egress ? "out" : "in"}_${number}`, body];
}
