import type { CloudState, Route } from "../cloud/state";
import { contains, familyOf, prefixLength } from "./addresses";
import { type Answer, PASSES, stopped } from "./answer";
import { prefixes } from "./filters";
import { all, one, type Subnet, subnetOf, text } from "./inventory";

interface Leads {
  readonly kind: string;
  readonly target: string;
  readonly table: string;
}

/** The route of the longest prefix; undefined where the subnet's table isn't the cloud's. */
function lead(cloud: CloudState, subnet: Subnet, address: string): Leads | undefined | "nowhere" {
  const table =
    cloud.associations[`table ${subnet.id}`]?.to ?? cloud.associations[`main ${subnet.vpc}`]?.to;
  if (table === undefined) return undefined;
  return leadOf(cloud, table, subnet.vpc, address) ?? "nowhere";
}

function leadOf(cloud: CloudState, table: string, vpc: string, to: string): Leads | undefined {
  const local = localRanges(cloud, vpc).map((cidr) => ({ cidr, kind: "local", target: "local" }));
  const written = Object.values(cloud.routes)
    .filter((route) => route.table === table)
    .flatMap((route) => ranges(cloud, route).map((cidr) => ({ ...route, cidr })));
  const [best] = [...local, ...written]
    .filter(({ cidr }) => contains(cidr, to))
    .sort((a, b) => prefixLength(b.cidr) - prefixLength(a.cidr));
  return best === undefined ? undefined : { kind: best.kind, target: best.target, table };
}

const ranges = (cloud: CloudState, { destination }: Route): readonly string[] =>
  destination.startsWith("pl-") ? prefixes(cloud, destination) : [destination];

function localRanges(cloud: CloudState, vpc: string): readonly string[] {
  const found = one(cloud, "aws_vpc", vpc);
  const more = all(cloud, "aws_vpc_ipv4_cidr_block_association")
    .filter(({ vpc_id }) => vpc_id === vpc)
    .map(({ cidr_block }) => text(cidr_block));
  return [text(found?.cidr_block), text(found?.ipv6_cidr_block), ...more].filter((c) => c !== "");
}

/** Whether replies from the subnet to a public address leave by an internet gateway of its VPC. */
export function leavesToInternet(cloud: CloudState, id: string, address: string): Answer {
  const subnet = subnetOf(cloud, id);
  const leads = lead(cloud, subnet, address);
  if (leads === undefined) return PASSES;
  if (leads === "nowhere") {
    return stopped("route", id, `no route from ${id} to ${address}`);
  }
  const { kind, target, table } = leads;
  const why = `the route to ${address} leads to ${target}`;
  if (kind !== "gateway_id" || !isInternetGateway(cloud, target)) {
    return stopped("route", table, why);
  }
  return attached(cloud, target, subnet.vpc)
    ? PASSES
    : stopped("route", table, `${why}, which is not attached to ${subnet.vpc}`);
}

/** One that the cloud doesn't hold, and never held, was there before. */
function isInternetGateway(cloud: CloudState, id: string): boolean {
  return id.startsWith("igw-") && cloud.gone[id] === undefined;
}

function attached(cloud: CloudState, gateway: string, vpc: string): boolean {
  const own = one(cloud, "aws_internet_gateway", gateway);
  const ties = all(cloud, "aws_internet_gateway_attachment").filter(
    ({ internet_gateway_id }) => internet_gateway_id === gateway,
  );
  if (own === undefined && ties.length === 0) return true;
  return text(own?.vpc_id) === vpc || ties.some(({ vpc_id }) => vpc_id === vpc);
}

/** What the VPC lets in from the internet before any subnet is asked. */
export function comesIn(cloud: CloudState, id: string, to: string): Answer {
  const subnet = subnetOf(cloud, id);
  const closed = all(cloud, "aws_vpc_block_public_access_options").some(
    ({ internet_gateway_block_mode: mode }) =>
      mode === "block-bidirectional" || mode === "block-ingress",
  );
  const excluded = all(cloud, "aws_vpc_block_public_access_exclusion").some(
    (e) =>
      e.internet_gateway_exclusion_mode === "allow-bidirectional" &&
      ((text(e.subnet_id) !== "" && e.subnet_id === id) ||
        (text(e.vpc_id) !== "" && e.vpc_id === subnet.vpc)),
  );
  if (closed && !excluded) {
    return stopped("block-public-access", subnet.vpc || id, "public access is blocked");
  }
  return gatewayTables(cloud, subnet, to);
}

/** A table on the gateway itself can send what comes in elsewhere. */
function gatewayTables(cloud: CloudState, subnet: Subnet, to: string): Answer {
  for (const { id, vpc_id } of all(cloud, "aws_internet_gateway")) {
    const table = cloud.associations[`table ${text(id)}`]?.to;
    if (table === undefined || vpc_id !== subnet.vpc || familyOf(to) !== 4) continue;
    const leads = leadOf(cloud, table, subnet.vpc, to);
    if (leads !== undefined && leads.kind !== "local" && leads.target !== "local") {
      return stopped("gateway", text(id), `its table ${table} sends ${to} to ${leads.target}`);
    }
  }
  return PASSES;
}

/** Whether packets between two places of a VPC stay in it. */
export function staysLocal(cloud: CloudState, from: string, to: string): Answer {
  const leads = lead(cloud, subnetOf(cloud, from), to);
  if (leads === undefined || leads === "nowhere") return PASSES;
  if (leads.kind === "local" || leads.target === "local") return PASSES;
  const why = `the route to ${to} leads to ${leads.target}`;
  return localRanges(cloud, subnetOf(cloud, from).vpc).some((cidr) => contains(cidr, to))
    ? stopped("route", leads.table, why)
    : PASSES;
}
