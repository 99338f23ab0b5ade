import { parseCidr } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { CONFIG_FILE, type Declaration, type Weakening } from "../weakening";
import { declaredDraft, nameOf } from "./draft";

/** The shortest prefixes that may still be one party's addresses. */
const SHORTEST = { 4: 8, 6: 16 } as const;

/** An exception of most of the internet, an acknowledgement of the whole app. */
export const tooBroad = defineRule({
  id: "declared/too-broad",
  severity: "warning",
  title: "Something declared beside the proof covers far more than a case",
  check: (context) => [
    ...context.declarations
      .filter(({ weakening }) => weakening.state !== "expired")
      .flatMap((declaration) => draftOf(declaration)),
    ...edgeDrafts(context),
  ],
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
      declaredDraft(place, {
        what: `the range ${cidr} under edge of ${CONFIG_FILE} covers more than any one party's addresses`,
        why: "Whoever is in that range counts as Cloudflare, so exclusivity is proved although they get in.",
        fix: "name the addresses that Cloudflare has given you: dedicated egress, BYOIP",
      }),
    ];
  });
}

function isWide({ family, count }: CidrSet): boolean {
  return count > 1n << BigInt((family === 4 ? 32 : 128) - SHORTEST[family]);
}
