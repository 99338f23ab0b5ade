import { formatAddress } from "../../net/cidr";
import { globallyReachable } from "../../net/special-purpose";
import type { ProvedPath } from "../../prove/verdict";
import { supersetsOf } from "../ranges/superset";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { blocksOf } from "../source-blocks";
import { exposureSubject } from "./subject";

/** Somebody besides Cloudflare and the declared exceptions gets in. */
export const openToOthers = defineRule({
  id: "exposure/open-to-others",
  severity: "warning",
  title: "Others than Cloudflare reach the origin",
  check: (context) => {
    const groups = new Map<string, number[]>();
    context.proved.forEach((proved, index) => {
      // Ranges around Cloudflare's have a finding that says so.
      if (proved.exclusivity.verdict === "refuted" && supersetsOf(proved, context) === undefined) {
        const key = JSON.stringify([
          proved.path.flow.input,
          exposureSubject(proved),
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
      return first === undefined ? [] : [draft(first, paths, context)];
    });
  },
});

function draft(proved: ProvedPath, paths: readonly number[], context: RuleContext): Draft {
  const { others, locked, sensitive } = proved.exclusivity;
  const subject = exposureSubject(proved);
  const { family } = proved.path.flow;
  const everyone = others !== undefined && isEveryone(others, family);
  const who = everyone
    ? `anyone${halvesIn(proved, context)}`
    : sensitive
      ? "others"
      : `others (${othersOf(proved)})`;
  return {
    subject,
    paths,
    severity: locked || context.config.gate.includes("exclusivity") ? "error" : "warning",
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

/** The first few blocks of them. */
function othersOf(proved: ProvedPath): string {
  const cidrs = proved.exclusivity.others?.toCidrs() ?? [];
  return cidrs.slice(0, 3).join(", ") + (cidrs.length > 3 ? ", …" : "");
}

/** Blocks that are the whole internet together, none of them alone: easily overlooked. */
function halvesIn(proved: ProvedPath, context: RuleContext): string {
  const { family } = proved.path.flow;
  const blocks = proved.exclusivity.sensitive
    ? []
    : blocksOf(exposureSubject(proved), family, context);
  const wide = blocks.filter(({ prefix }) => prefix < 8);
  return wide.length < 2 || wide.some(({ prefix }) => prefix === 0)
    ? ""
    : ` (${wide.map(({ text }) => text).join(" and ")} together)`;
}
