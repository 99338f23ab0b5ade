import type { Decider } from "../../model/hop";
import { isExact } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { contains, type PortRange } from "../../net/port-range";
import { type AclEntry, matchingEntries, type Numbered } from "./aws-acl-entry";

/** A source, and the family that its number is of. */
interface Source {
  readonly family: Family;
  readonly source: bigint;
}

/** The rules of an ACL's direction that decide about a source, up to the first that surely does. */
export function aclDeciders(
  acl: string,
  entries: readonly AclEntry[],
  ports: PortRange,
  { family, source }: Source,
  way: "from" | "to" = "from",
): readonly Decider[] {
  const { matching, inOrder } = matchingEntries(entries, ports, family);
  const found: Decider[] = [];
  for (const each of matching.filter((one) => one.source.may.has(source))) {
    const sure = inOrder && each.certain && each.source.must.has(source);
    const { resource, numbers } = each.entry;
    const rule = numbers.from === numbers.to ? `rule ${numbers.from}` : "a rule of unknown number";
    found.push({ resource, rule, effect: each.effect, sure, text: entryText(each, way) });
    if (sure) {
      return found;
    }
  }
  const last = `no numbered rule of ${acl} matches: its last one, *, denies it`;
  return [...found, { resource: null, effect: "deny", sure: found.length === 0, text: last }];
}

/** The same of answers: for each run of client ports, where the runs differ. */
export function replyDeciders(
  acl: string,
  entries: readonly AclEntry[],
  pieces: readonly PortRange[],
  source: Source,
): readonly Decider[] {
  const runs: { ports: PortRange; deciders: readonly Decider[] }[] = [];
  for (const ports of pieces) {
    const deciders = aclDeciders(acl, entries, ports, source, "to");
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.deciders) === JSON.stringify(deciders)) {
      last.ports = { from: last.ports.from, to: ports.to };
    } else {
      runs.push({ ports, deciders });
    }
  }
  const [only, ...others] = runs;
  return only !== undefined && others.length === 0
    ? only.deciders
    : runs.flatMap(({ ports: { from, to }, deciders }) =>
        deciders.map((each) => ({
          ...each,
          text: `${each.text} (answers to client ports ${from}-${to})`,
        })),
      );
}

function entryText({ entry, source }: Numbered, way: "from" | "to"): string {
  const [cidr] = isExact(source) ? source.must.toCidrs() : [];
  const whom = entry.sensitive ? "a sensitive range" : (cidr ?? "a range known after apply");
  return `${trafficText(entry)} ${way} ${whom}`;
}

function trafficText({ protocol, from, to }: AclEntry): string {
  if (protocol === "all") {
    return "every protocol";
  }
  if (protocol === "unknown" || from === undefined || to === undefined) {
    return "traffic known after apply";
  }
  return contains({ from, to }, { from: 0, to: 65535 })
    ? "every TCP port"
    : portsText({ from, to });
}

/** `tcp/443` or `tcp/1024-65535`. */
export function portsText({ from, to }: PortRange): string {
  return from === to ? `tcp/${from}` : `tcp/${from}-${to}`;
}
