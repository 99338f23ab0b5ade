import { type Family, formatAddress, parseCidr } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { ProvedPath } from "../../prove/verdict";
import { push } from "../../read/lookup";
import { exposureSubject } from "../exposure/subject";
import { type Draft, defineRule, type RuleContext } from "../rule";

/** A list of Cloudflare's ranges that is too wide: an old one, or one that was rounded up. */
export const superset = defineRule({
  id: "ranges/superset",
  severity: "warning",
  title: "A firewall admits ranges around Cloudflare's, or ranges that Cloudflare gave up",
  check: (context) => {
    const groups = new Map<string, number[]>();
    context.proved.forEach((proved, index) => {
      const wide = supersetsOf(proved, context);
      if (wide !== undefined) {
        const { input } = proved.path.flow;
        const { locked } = proved.exclusivity;
        push(groups, JSON.stringify([input, exposureSubject(proved), wide, locked]), index);
      }
    });
    return [...groups.values()].flatMap((paths): Draft[] => {
      const first = context.proved[paths[0] ?? -1];
      return first === undefined ? [] : [draft(first, paths, context)];
    });
  },
});

function draft(proved: ProvedPath, paths: readonly number[], context: RuleContext): Draft {
  const { others, locked } = proved.exclusivity;
  const { family } = proved.path.flow;
  const wide = supersetsOf(proved, context) ?? [];
  const shown = wide.slice(0, 3).join(", ") + (wide.length > 3 ? ", …" : "");
  const old = others !== undefined && !others.intersect(givenUp(family)).isEmpty;
  const whose = old
    ? "Cloudflare took 104.28.0.0/14 off its list in 2021: users of its WARP and Gateway products come from there, anybody among them."
    : "The rest of them are others' addresses.";
  return {
    subject: exposureSubject(proved),
    paths,
    severity: locked || context.config.gate.includes("exclusivity") ? "error" : "warning",
    witness: others === undefined ? null : formatAddress(family, others.lowest() ?? 0n),
    what: `${exposureSubject(proved)} admits more than Cloudflare's ranges: ${shown}`,
    why: `${whose} Whoever comes from there and knows the address gets past Cloudflare's WAF, rate limits and access rules.`,
    fix: "admit the ranges of Cloudflare's list as they are; in cdktf, build the rules from EdgeRanges.pinned()",
  };
}

/** Blocks wider than this are no list of Cloudflare's, but a source of their own. */
const WIDEST: Readonly<Record<Family, number>> = { 4: 8, 6: 16 };

/**
 * What Cloudflare took off its list. Guides still print 104.16.0.0/12, which holds it.
 *
 * @see https://www.cloudflare.com/ips/ (April 2021)
 */
const GIVEN_UP = ["104.28.0.0/14"];

function givenUp(family: Family): CidrSet {
  const parsed = GIVEN_UP.map(parseCidr).flatMap((cidr) => (cidr.ok ? [cidr.value] : []));
  return CidrSet.of(
    family,
    parsed.filter((cidr) => cidr.family === family),
  );
}

/**
 * The ranges that are too wide, where they are all that lets others in; else undefined, and the
 * finding is that the origin is open to others.
 */
export function supersetsOf(
  { exclusivity, path }: ProvedPath,
  context: Pick<RuleContext, "edge">,
): readonly string[] | undefined {
  const { others, sensitive, verdict } = exclusivity;
  const { family } = path.flow;
  if (verdict !== "refuted" || others === undefined || sensitive) {
    return undefined;
  }
  const edge = context.edge(family);
  const wide = wideBlocks(others.union(edge), edge);
  const explained = CidrSet.of(family, wide).union(givenUp(family));
  if (!others.minus(explained).isEmpty) {
    return undefined;
  }
  const hit = wide.map(({ text }) => text);
  return hit.length > 0 ? hit : others.toCidrs();
}

/** Blocks of a set, as wide as they can be, that hold a part of the edge and more. */
function wideBlocks(admitted: CidrSet, edge: CidrSet) {
  const { family } = admitted;
  return admitted
    .toCidrs()
    .map(parseCidr)
    .flatMap((cidr) => (cidr.ok ? [cidr.value] : []))
    .filter((cidr) => {
      const block = CidrSet.of(family, [cidr]);
      const more = !block.minus(edge).isEmpty && !block.intersect(edge).isEmpty;
      return more && cidr.prefix >= WIDEST[family];
    });
}
