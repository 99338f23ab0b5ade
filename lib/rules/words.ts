import type { EdgeRanges } from "../edge/ranges";
import type { Hop } from "../model/hop";
import type { Family } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";

/** Addresses of the edge as a person knows them: whole ranges first by name, then their parts. */
export function namedRanges(set: CidrSet, ranges: EdgeRanges): readonly string[] {
  const named: string[] = [];
  let rest = set;
  for (const cidr of ranges.cidrs(set.family)) {
    const range = CidrSet.of(set.family, [cidr]);
    const part = range.intersect(set);
    named.push(...(part.equals(range) ? [cidr.text] : part.toCidrs()));
    rest = rest.minus(range);
  }
  return [...named, ...rest.toCidrs()];
}

/** `2 of 15 IPv4 ranges`, or how many of those that the configuration adds. */
export function shareOf(set: CidrSet, ranges: EdgeRanges): string {
  const all = ranges.cidrs(set.family);
  const hit = all.filter((cidr) => !CidrSet.of(set.family, [cidr]).intersect(set).isEmpty);
  const declared = set.minus(ranges.set(set.family)).toCidrs().length;
  const pinned = `${hit.length} of ${all.length} IPv${set.family} ranges`;
  const added = `${declared} declared IPv${set.family} range${declared === 1 ? "" : "s"}`;
  if (declared === 0) {
    return pinned;
  }
  return hit.length === 0 ? added : `${pinned} and ${added}`;
}

const HOP_NAMES: Readonly<Record<Hop["kind"], string>> = {
  address: "the address itself",
  filter: "filter",
  route: "route table",
  listener: "listener",
  proxy: "way to a target",
  unknown: "what lies before the origin",
};

/** How a person calls a hop. */
export function hopName({ name, kind }: Pick<Hop, "name" | "kind">): string {
  return name ?? HOP_NAMES[kind];
}

/** `IPv4` or `IPv6`. */
export function familyText(family: Family): string {
  return `IPv${family}`;
}
