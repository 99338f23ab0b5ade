import type { AclEntry, CloudState, Permission } from "../cloud/state";
import { contains, familyOf } from "./addresses";
import { type Answer, anyOf, PASSES, stopped } from "./answer";
import { blocks, one, text } from "./inventory";

/** One end of a connection: an address and the groups of its interface, where AWS knows them. */
export interface Peer {
  readonly address: string;
  readonly groups?: readonly string[];
}

const TCP = ["tcp", "6", "-1"];

/** The groups of an interface are one filter: one permission of any suffices. */
export function groupsAdmit(
  cloud: CloudState,
  groups: readonly string[],
  direction: Permission["direction"],
  peer: Peer,
  port: number,
): Answer {
  const fits = (p: Permission) =>
    groups.includes(p.group) &&
    p.direction === direction &&
    TCP.includes(p.protocol) &&
    (p.protocol === "-1" || (p.from <= port && port <= p.to)) &&
    sourceFits(cloud, p, peer);
  if (cloud.permissions.some(fits)) return PASSES;
  const way = direction === "ingress" ? `from ${peer.address}` : `to ${peer.address}`;
  const id = groups.join(", ") || "no group";
  return stopped("security-group", id, `no ${direction} rule admits tcp/${port} ${way}`);
}

function sourceFits(cloud: CloudState, { kind, source }: Permission, peer: Peer): boolean {
  if (kind === "group") return peer.groups?.includes(source) === true;
  if (kind === "prefix-list") {
    return prefixes(cloud, source).some((cidr) => contains(cidr, peer.address));
  }
  return contains(source, peer.address);
}

/** The ranges of a prefix list. */
export function prefixes(cloud: CloudState, list: string): readonly string[] {
  const found = one(cloud, "aws_ec2_managed_prefix_list", list);
  return blocks(found?.entry).map(({ cidr }) => text(cidr));
}

/** The first entry that fits decides; without one the ACL denies. */
export function aclAdmits(
  cloud: CloudState,
  subnet: string,
  egress: boolean,
  peer: string,
  port: number,
): Answer {
  const acl = cloud.associations[`acl ${subnet}`]?.to;
  // A subnet that was there before has its VPC's default ACL, which admits everything.
  if (acl === undefined) return PASSES;
  const first = entriesOf(cloud, acl, egress).find((entry) => entryFits(entry, peer, port));
  if (first?.action === "allow") return PASSES;
  const rule = first === undefined ? "no rule fits" : `rule ${first.number} denies`;
  const way = egress ? `to ${peer}` : `from ${peer}`;
  return stopped("network-acl", acl, `${rule}: tcp/${port} ${way} at ${subnet}`);
}

function entriesOf(cloud: CloudState, acl: string, egress: boolean): readonly AclEntry[] {
  return Object.values(cloud.entries)
    .filter((entry) => entry.acl === acl && entry.egress === egress)
    .sort((a, b) => a.number - b.number);
}

function entryFits({ protocol, cidr, from, to }: AclEntry, peer: string, port: number): boolean {
  if (!contains(cidr, peer)) return false;
  return protocol === "-1" || (protocol === "6" && from <= port && port <= to);
}

/** The first port that a system chooses by itself for a client. */
const FIRST_CHOSEN = 1024;

/** By each port that a client's system may choose; to get in somehow, a client may take another. */
export function byClientPort(cloud: CloudState, way: (clientPort: number) => Answer): Answer {
  const chosen = anyOf(clientPorts(cloud).map(way), PASSES);
  if (chosen.always) return chosen;
  const lower = aclLimits(cloud).filter((port) => port > 1 && port < FIRST_CHOSEN);
  return anyOf([chosen, ...[...new Set([1, ...lower])].map(way)], chosen);
}

/** Client ports at which an ACL may decide otherwise: all others are treated like one of these. */
export function clientPorts(cloud: CloudState): readonly number[] {
  const inside = aclLimits(cloud).filter((port) => port > FIRST_CHOSEN && port < 65535);
  return [...new Set([FIRST_CHOSEN, 65535, ...inside])];
}

const aclLimits = (cloud: CloudState): readonly number[] =>
  Object.values(cloud.entries)
    .filter(({ protocol }) => protocol === "6")
    .flatMap(({ from, to }) => [from - 1, from, to, to + 1]);

export const sameFamily = (a: string, b: string): boolean => familyOf(a) === familyOf(b);
