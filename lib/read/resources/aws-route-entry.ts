import type { Assumption, Reason } from "../../model/hop";
import { knownString } from "../../model/value";
import { type Bounds, type Effect, exactly, unknownBounds } from "../../net/bounds";
import { type Cidr, type Family, parseCidrLoose, widthOf } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { attribute, type Block } from "../attributes";
import type { Binding } from "../binding";
import type { GatewayTarget, InternetGateways } from "./aws-internet-gateway";
import type { PrefixLists } from "./aws-prefix-list";

/** A route for one family: where packets to some addresses go. */
export interface RouteEntry {
  /** Terraform address of the block that holds it. */
  readonly resource: string;
  /** As a person writes it; of an unknown one, words. */
  readonly destination: string;
  /** The prefix lengths that it may have: the longest that fits decides. */
  readonly prefix: { readonly from: number; readonly to: number };
  /** Of equal prefixes the lower rank decides: local, static, by a prefix list. */
  readonly rank: number;
  readonly source: Bounds;
  /** `allow`: to an internet gateway of the VPC. */
  readonly effect: Effect;
  readonly certain: boolean;
  readonly target: string;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** Routes with the longest prefix first, and whether that tells for all which is read before. */
export function inOrderOfPrefix(entries: readonly RouteEntry[]): {
  readonly sorted: readonly RouteEntry[];
  readonly inOrder: boolean;
} {
  const sorted = [...entries].sort(
    (left, right) => right.prefix.to - left.prefix.to || left.rank - right.rank,
  );
  const named = sorted.map((entry) => `${entry.destination} ${entry.rank}`);
  const inOrder =
    new Set(named).size === named.length &&
    sorted.every((entry) => entry.prefix.from === entry.prefix.to);
  return { sorted, inOrder };
}

/** Where routes are read: what their targets and prefix lists are looked up in. */
export interface RouteContext {
  readonly gateways: InternetGateways;
  readonly prefixLists: PrefixLists;
  /** The VPC of the subnet that uses them. */
  readonly vpc: Binding;
  readonly family: Family;
}

/** They take packets away from the internet gateway, or let none in. */
const ELSEWHERE: readonly (readonly [attribute: string, name: string])[] = [
  ["egress_only_gateway_id", "an egress-only internet gateway"],
  ["nat_gateway_id", "a NAT gateway"],
  ["transit_gateway_id", "a transit gateway"],
  ["vpc_peering_connection_id", "a VPC peering connection"],
];

/** What lies behind them may lead to the internet: appliances, firewalls, other networks. */
const UNREAD: readonly (readonly [attribute: string, name: string])[] = [
  ["carrier_gateway_id", "a carrier gateway"],
  ["core_network_arn", "a core network"],
  ["instance_id", "an instance"],
  ["local_gateway_id", "a local gateway"],
  ["network_interface_id", "a network interface"],
  ["odb_network_arn", "an ODB network"],
  ["vpc_endpoint_id", "a VPC endpoint"],
];

/** Reads an element of `route`, or an `aws_route`: none if it is about the other family. */
export function readRoute(
  block: Block,
  certain: boolean,
  context: RouteContext,
): readonly RouteEntry[] {
  const { family } = context;
  const name = family === 4 ? "cidr_block" : "ipv6_cidr_block";
  const resource = block.instance.address;
  const shared = { resource, certain, ...targetOf(block, context) };
  const value = [name, `destination_${name}`].map((each) => attribute(block, each));
  const set = value.find(
    (each) => each.kind === "unknown" || (each.kind === "known" && each.value !== ""),
  );
  if (set !== undefined) {
    const parsed = parseCidrLoose(knownString(set) ?? "");
    return parsed.ok && parsed.value.family === family
      ? [{ ...shared, ...known(parsed.value, 0) }]
      : [{ ...shared, ...unknown(resource, family, shared.reasons) }];
  }
  const list = attribute(block, "destination_prefix_list_id");
  if (list.kind === "unset" || (list.kind === "known" && list.value === "")) {
    return [];
  }
  const listed = context.prefixLists.admitted(block, "destination_prefix_list_id", family);
  const entries = listed.cidrs.map((cidr) => ({ ...shared, ...known(cidr, 1) }));
  return listed.reasons.length === 0
    ? entries
    : [
        ...entries,
        { ...shared, ...unknown(resource, family, [...shared.reasons, ...listed.reasons]) },
      ];
}

/** The route to the VPC itself, which every table has. */
export function localRoute(resource: string, cidr: Cidr): RouteEntry {
  const none = { reasons: [], assumptions: [] };
  const target = "the VPC itself";
  return { resource, certain: true, effect: "deny", target, ...known(cidr, -1), ...none };
}

/**
 * The route that the main table of an account's default VPC has from the start.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export function firstRoutes(resource: string, family: Family): readonly RouteEntry[] {
  const everyone = parseCidrLoose("0.0.0.0/0");
  if (family === 6 || !everyone.ok) {
    return [];
  }
  const text = `the subnets of ${resource} route to an internet gateway`;
  const assumptions = [{ id: "aws/public-subnet", subject: resource, text }];
  const target = "the internet gateway of the default VPC";
  const route = { resource, certain: true, effect: "allow", target, reasons: [] } as const;
  return [{ ...route, assumptions, ...known(everyone.value, 0) }];
}

/** The route to a VPC whose range only apply can tell. */
export function unknownLocalRoute(resource: string, family: Family): RouteEntry {
  const text = `the range of ${resource} is known after apply`;
  const reason = { id: "aws/vpc-range-unknown", subject: resource, text };
  return {
    resource,
    certain: true,
    effect: "deny",
    target: "the VPC itself",
    assumptions: [],
    ...unknown(resource, family, []),
    reasons: [reason],
  };
}

function known(
  cidr: Cidr,
  rank: number,
): Pick<RouteEntry, "destination" | "prefix" | "rank" | "source"> {
  return {
    destination: cidr.text,
    prefix: { from: cidr.prefix, to: cidr.prefix },
    rank,
    source: exactly(CidrSet.of(cidr.family, [cidr])),
  };
}

function unknown(
  resource: string,
  family: Family,
  reasons: readonly Reason[],
): Pick<RouteEntry, "destination" | "prefix" | "rank" | "source" | "reasons"> {
  const text = `the destination of a route in ${resource} is known after apply`;
  return {
    destination: "a destination known after apply",
    prefix: { from: 0, to: widthOf(family) },
    rank: 0,
    source: unknownBounds(family),
    reasons: [...reasons, { id: "aws/route-unknown", subject: resource, text }],
  };
}

type Target = Pick<RouteEntry, "effect" | "target" | "reasons" | "assumptions">;

function targetOf(block: Block, { gateways, vpc }: RouteContext): Target {
  const resource = block.instance.address;
  const named = (list: typeof UNREAD) =>
    list.filter(([name]) => {
      const value = attribute(block, name);
      return value.kind === "unknown" || (value.kind === "known" && value.value !== "");
    });
  const gateway = gateways.target(block, vpc);
  const [elsewhere, unread] = [named(ELSEWHERE), named(UNREAD)];
  const [first, ...others] = [...elsewhere, ...unread];
  if (first === undefined) {
    return gatewayRoute(resource, gateway);
  }
  if (unread.length === 0 && gateway.kind === "unset") {
    const target = elsewhere.map(([, words]) => words).join(" or ");
    return { effect: "deny", target, reasons: [], assumptions: [] };
  }
  const [, words] = first;
  const alone = others.length === 0 && gateway.kind === "unset";
  const text = alone
    ? `${resource} leads to ${words}, and what is behind it is not read`
    : `where a route of ${resource} leads to is known after apply`;
  return open(resource, alone ? words : "a target known after apply", text);
}

function gatewayRoute(resource: string, gateway: GatewayTarget): Target {
  switch (gateway.kind) {
    case "internet": {
      const { name, assumptions } = gateway;
      return { effect: "allow", target: name, reasons: [], assumptions };
    }
    case "elsewhere":
      return { effect: "deny", target: gateway.name, reasons: [], assumptions: [] };
    case "unknown": {
      const text = `where a route of ${resource} leads to can't be told (${gateway.name})`;
      return open(resource, gateway.name, text);
    }
    case "unset":
      return open(
        resource,
        "nothing that is read",
        `a route of ${resource} has a target of a kind that is not read`,
      );
  }
}

function open(resource: string, target: string, text: string): Target {
  const reason = { id: "aws/route-target", subject: resource, text };
  return { effect: "unknown", target, reasons: [reason], assumptions: [] };
}
