import { formatAddress } from "../../net/cidr";
import { globallyReachable } from "../../net/special-purpose";
import type { ProvedPath } from "../../prove/verdict";
import { type Draft, defineRule } from "../rule";

/** Somebody besides Cloudflare and the declared exceptions gets in. */
export const openToOthers = defineRule({
  id: "exposure/open-to-others",
  severity: "warning",
  title: "Others than Cloudflare reach the origin",
  check: (context) => {
    const groups = new Map<string, number[]>();
    context.proved.forEach((proved, index) => {
      if (proved.exclusivity.verdict === "refuted") {
        const key = JSON.stringify([
          proved.path.flow.input,
          subjectOf(proved),
          othersOf(proved),
          proved.exclusivity.locked,
        ]);
        const group = groups.get(key) ?? [];
        group.push(index);
        groups.set(key, group);
      }
    });
    return [...groups.values()].flatMap((paths): Draft[] => {
      const first = context.proved[paths[0] ?? -1];
      return first === undefined ? [] : [draft(first, paths, context.config.gate)];
    });
  },
});

function draft(proved: ProvedPath, paths: readonly number[], gate: readonly string[]): Draft {
  const { others, locked, sensitive } = proved.exclusivity;
  const subject = subjectOf(proved);
  const { family } = proved.path.flow;
  const everyone = others !== undefined && isEveryone(others, family);
  const who = everyone ? "anyone" : sensitive ? "others" : `others (${othersOf(proved)})`;
  return {
    subject,
    paths,
    severity: locked || gate.includes("exclusivity") ? "error" : "warning",
    witness:
      sensitive || others === undefined ? null : formatAddress(family, others.lowest() ?? 0n),
    what: `${subject} lets ${who} in besides Cloudflare, on this address, port and family`,
    why: locked
      ? "The rules are meant to admit Cloudflare alone, but whoever knows the address gets past its WAF, rate limits and access rules."
      : "This is no outage, but whoever knows the address gets past Cloudflare's WAF, rate limits and access rules.",
    fix: "remove the rules that admit other sources, or declare those sources with a reason: as `exceptions` of the construct, or in originproof.config.json",
  };
}

function isEveryone(
  others: NonNullable<ProvedPath["exclusivity"]["others"]>,
  family: 4 | 6,
): boolean {
  // All but Cloudflare: more than nine tenths of what is reachable is "anyone" to a reader.
  return others.count * 10n > globallyReachable(family).count * 9n;
}

/** The filter, or of several resources the ones whose rules admit others. */
function subjectOf(proved: ProvedPath): string {
  const filters = proved.path.route.hops.filter((hop) => hop.kind === "filter");
  // A group may be listed twice on one machine.
  const resources = [...new Set(filters.flatMap((hop) => hop.resources))];
  if (resources.length < 2) {
    return resources[0] ?? proved.path.flow.record;
  }
  const { others } = proved.exclusivity;
  const admitting = filters
    .flatMap((hop) => hop.admissions)
    .filter(({ bounds }) => others !== undefined && !bounds.must.intersect(others).isEmpty)
    .map(({ resource }) => resource);
  return [...new Set(admitting.length === 0 ? resources : admitting)].join(", ");
}

/** The first few blocks of them. */
function othersOf(proved: ProvedPath): string {
  const cidrs = proved.exclusivity.others?.toCidrs() ?? [];
  return cidrs.slice(0, 3).join(", ") + (cidrs.length > 3 ? ", …" : "");
}
