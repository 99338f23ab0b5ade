import { type Json, member } from "../../model/value";
import { type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";

/** Which packets a step may matter to; undefined: any. */
export interface Footprint {
  readonly sources: Readonly<Record<Family, CidrSet>>;
  /** Destination ports that it is about. @default any */
  readonly ports?: { readonly from: number; readonly to: number };
}

/** Addresses by which the types of single rules name their sources or destinations. */
const RULES: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_vpc_security_group_ingress_rule", ["cidr_ipv4", "cidr_ipv6"]],
  ["aws_security_group_rule", ["cidr_blocks", "ipv6_cidr_blocks"]],
  ["aws_network_acl_rule", ["cidr_block", "ipv6_cidr_block"]],
  ["aws_route", ["destination_cidr_block", "destination_ipv6_cidr_block"]],
  ["aws_ec2_managed_prefix_list_entry", ["cidr"]],
]);

/** What makes a rule about more than the addresses that it names. */
const OTHER_SOURCES = [
  "prefix_list_id",
  "prefix_list_ids",
  "referenced_security_group_id",
  "source_security_group_id",
  "destination_prefix_list_id",
  "self",
];

/** What the provider computes where it is not set: unknown, it is none where ranges are set. */
const COMPUTED = "source_security_group_id";

/** The footprint of an object that is one rule, by its known values. */
export function ruleFootprint(type: string, values: Json, unknown: Json): Footprint | undefined {
  const names = RULES.get(type);
  const open = (name: string) => unknown === true || (member(unknown, name) ?? false) !== false;
  const hasOther = OTHER_SOURCES.some(
    (name) => isSet(values, name) || (open(name) && name !== COMPUTED),
  );
  if (names === undefined || names.some(open) || hasOther) {
    return undefined;
  }
  const footprint = cidrFootprint(names.flatMap((name) => textsOf(member(values, name))));
  const ports =
    type.startsWith("aws_route") || type === "aws_network_acl_rule" ? undefined : portsOf(values);
  return footprint === undefined || ports === undefined || open("from_port") || open("to_port")
    ? footprint
    : { ...footprint, ports };
}

/** The footprint of ranges; undefined where one can't be read. */
export function cidrFootprint(texts: readonly string[]): Footprint | undefined {
  const parsed = texts.map((text) => parseCidrLoose(text));
  const cidrs = parsed.flatMap((each) => (each.ok ? [each.value] : []));
  if (texts.length === 0 || cidrs.length < texts.length) {
    return undefined;
  }
  const of = (family: Family) =>
    CidrSet.of(
      family,
      cidrs.filter((cidr) => cidr.family === family),
    );
  return { sources: { 4: of(4), 6: of(6) } };
}

/** Both footprints as one. */
export function joinFootprints(
  left: Footprint | undefined,
  right: Footprint | undefined,
): Footprint | undefined {
  if (left === undefined || right === undefined) {
    return undefined;
  }
  const sources = {
    4: left.sources[4].union(right.sources[4]),
    6: left.sources[6].union(right.sources[6]),
  };
  return left.ports === undefined || right.ports === undefined
    ? { sources }
    : {
        sources,
        ports: {
          from: Math.min(left.ports.from, right.ports.from),
          to: Math.max(left.ports.to, right.ports.to),
        },
      };
}

function isSet(values: Json, name: string): boolean {
  const value = member(values, name) ?? null;
  return !(value === null || value === "" || value === false) && textLength(value) !== 0;
}

function textLength(value: Json): number {
  return Array.isArray(value) ? value.length : 1;
}

/** Texts of a value or of a list. */
function textsOf(value: Json | undefined): readonly string[] {
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return items.filter((item): item is string => typeof item === "string" && item !== "");
}

function portsOf(values: Json): { from: number; to: number } | undefined {
  const protocol = member(values, "ip_protocol") ?? member(values, "protocol");
  const [from, to] = [member(values, "from_port"), member(values, "to_port")];
  const tcp = protocol === "tcp" || protocol === "6";
  return tcp && typeof from === "number" && typeof to === "number" && from >= 0 && from <= to
    ? { from, to }
    : undefined;
}
