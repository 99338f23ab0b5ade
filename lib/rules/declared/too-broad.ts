import { parseCidr } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { globallyReachable } from "../../net/special-purpose";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { CONFIG_FILE, type Declaration, type Weakening } from "../weakening";
import { declaredDraft, nameOf } from "./draft";

/** The shortest prefixes that may still be one party's addresses. */
const SHORTEST = { 4: 8, 6: 16 } as const;

/** How many of the widest ranges what one subject excepts may cover together. */
const MOST_WIDE = 4n;

/** An exception of most of the internet, an acknowledgement of the whole app. */
export const tooBroad = defineRule({
  id: "declared/too-broad",
  severity: "warning",
  title: "Something declared beside the proof covers far more than a case",
  check: (context) => {
    const valid = context.declarations.filter(({ weakening }) => weakening.state !== "expired");
    return [...valid.flatMap(draftOf), ...togetherDrafts(valid), ...edgeDrafts(context)];
  },
});

function draftOf({ weakening, exception }: Declaration): readonly Draft[] {
  if (exception !== null && isWide(exception.sources)) {
    const { family } = exception;
    return [
      declaredDraft(weakening, {
        what: `${nameOf(weakening)} covers more than any one party's addresses`,
        why: `Exclusivity is proved although whoever is in that range gets in: it is wider than a /${SHORTEST[family]}.`,
        fix: "name the addresses that are meant to get in, each with its reason",
      }),
    ];
  }
  return weakening.kind === "acknowledged" && weakening.constructPath === ""
    ? [ofTheApp(weakening)]
    : [];
}

/** Exceptions that are narrow one by one, and much of the internet together. */
function togetherDrafts(declarations: readonly Declaration[]): readonly Draft[] {
  const bySubject = new Map<string, { weakening: Weakening; sources: CidrSet }>();
  for (const { weakening, exception } of declarations) {
    if (exception !== null && !isWide(exception.sources)) {
      const { family, sources } = exception;
      const key = `${family} ${weakening.subject}`;
      const before = bySubject.get(key);
      const all = before === undefined ? sources : before.sources.union(sources);
      bySubject.set(key, { weakening: before?.weakening ?? weakening, sources: all });
    }
  }
  return [...bySubject.values()]
    .filter(({ sources }) => isWide(sources, MOST_WIDE))
    .map(({ weakening, sources: { family } }) =>
      declaredDraft(
        { ...weakening, what: `IPv${family} together` },
        {
          what: `the exceptions of ${weakening.subject} together cover more of IPv${family} than ${MOST_WIDE} ranges of /${SHORTEST[family]}`,
          why: "Exclusivity is proved although whoever is in those ranges gets in, which is much of the internet.",
          fix: "name the addresses that are meant to get in, each with its reason",
        },
      ),
    );
}

function ofTheApp(weakening: Weakening): Draft {
  return declaredDraft(weakening, {
    what: `${nameOf(weakening)} covers every stack of it`,
    why: "The same defect in a stack that nobody has thought of passes too, today's and later ones.",
    fix: "acknowledge it at the construct or the stack that it is known for",
  });
}

function edgeDrafts({ config }: RuleContext): readonly Draft[] {
  return config.edge.flatMap(({ cidr }): readonly Draft[] => {
    const parsed = parseCidr(cidr);
    if (!parsed.ok || !isWide(CidrSet.of(parsed.value.family, [parsed.value]))) {
      return [];
    }
    const place = { subject: CONFIG_FILE, constructPath: null, source: null };
    return [
      declaredDraft(
        { ...place, what: `edge ${cidr}` },
        {
          what: `the range ${cidr} under edge of ${CONFIG_FILE} covers more than any one party's addresses`,
          why: "Whoever is in that range counts as Cloudflare, so exclusivity is proved although they get in.",
          fix: "name the addresses that Cloudflare has given you: dedicated egress, BYOIP",
        },
      ),
    ];
  });
}

/** Of the addresses of the internet: private ones may be many. */
function isWide(sources: CidrSet, times = 1n): boolean {
  const { family } = sources;
  const { count } = sources.intersect(globallyReachable(family));
  return count > times << BigInt((family === 4 ? 32 : 128) - SHORTEST[family]);
}
