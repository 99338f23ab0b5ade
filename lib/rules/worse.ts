import { edgeRanges } from "../edge/ranges";
import { type Family, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import { globallyReachable } from "../net/special-purpose";
import type { Finding } from "./finding";
import type { PathReport } from "./review-types";

/** The statement that findings of a rule refute, if they refute one. */
export type Refutes = "availability" | "exclusivity" | "rollout";

/** What a finding is about, by the group of its rule. */
export function refutedBy({ rule }: Pick<Finding, "rule">): Refutes | undefined {
  const [group = ""] = rule.split("/");
  return GROUPS.get(group);
}

const GROUPS: ReadonlyMap<string, Refutes> = new Map([
  ["dns", "availability"],
  ["firewall", "availability"],
  ["listener", "availability"],
  ["route", "availability"],
  ["tls", "availability"],
  ["exposure", "exclusivity"],
  ["ranges", "exclusivity"],
  ["rollout", "rollout"],
]);

/** Is the statement refuted now, and was not before, or for fewer addresses? */
export function isWorse(
  head: PathReport,
  base: PathReport | undefined,
  statement: Refutes,
): boolean {
  if (head[statement]?.verdict !== "refuted") {
    return false;
  }
  if (base?.[statement]?.verdict !== "refuted") {
    return true;
  }
  const [now, then] = [addressesOf(head, statement), addressesOf(base, statement)];
  const more = setOf(head.family, now).minus(setOf(head.family, then));
  // Addresses that are sensitive are in no list: there may be more of them.
  const hidden = now.length === 0 && then.length > 0;
  return hidden || !(statement === "exclusivity" ? others(more) : more).isEmpty;
}

/** A list of others may be filled up with what is Cloudflare's or nobody's. */
function others(set: CidrSet): CidrSet {
  return set.intersect(globallyReachable(set.family)).minus(edgeRanges().set(set.family));
}

function addressesOf(path: PathReport, statement: Refutes): readonly string[] {
  switch (statement) {
    case "availability":
      return path.availability.missing;
    case "exclusivity":
      return path.exclusivity.others;
    case "rollout":
      return path.rollout?.witness?.cutOff ?? [];
  }
}

function setOf(family: Family, texts: readonly string[]): CidrSet {
  const cidrs = texts.flatMap((text) => {
    const parsed = parseCidr(text);
    return parsed.ok && parsed.value.family === family ? [parsed.value] : [];
  });
  return CidrSet.of(family, cidrs);
}
