import { type Draft, defineRule, type RuleContext } from "../rule";
import type { Declaration, Weakening } from "../weakening";
import { type Admitted, admissionsOf } from "./admitted";
import { declaredDraft, nameOf } from "./draft";

/** An acknowledgement, an exception or a FilteredElsewhere has run out, or will within 14 days. */
export const expired = defineRule({
  id: "declared/expired",
  severity: "warning",
  title: "Something declared beside the proof has expired, or is about to",
  check: (context) =>
    context.declarations
      .filter(({ weakening }) => weakening.state !== "valid")
      .map((declaration) => draft(declaration, context)),
});

function draft(declaration: Declaration, context: RuleContext): Draft {
  const { weakening } = declaration;
  const { kind, expires, state } = weakening;
  const over = state === "expired";
  const what = `${nameOf(weakening)} ${over ? "expired" : "expires"} after ${expires ?? ""}`;
  const why = over ? whyOver(declaration, context) : WHY_SOON[kind];
  return declaredDraft(weakening, { what, why, fix: FIX[kind] });
}

function whyOver({ weakening, exception }: Declaration, context: RuleContext): string {
  switch (weakening.kind) {
    case "acknowledged":
      return "It no longer counts: what it covered is reported again, and fails as before.";
    case "filtered-elsewhere":
      return "Nobody has looked since whether the filter still admits all of Cloudflare.";
    case "exception": {
      const { admitted, open } = exception ? admissionsOf(exception, context) : NOTHING;
      const sure = admitted.filter((each) => each.sure);
      if (admitted.length === 0) {
        return open ? NOT_SHOWN : "It no longer counts, and no rule admits the source any more.";
      }
      return sure.length > 0
        ? `It no longer counts, and ${rulesText(sure)} still admit the source ${portsText(sure)}.`
        : `It no longer counts, and ${rulesText(admitted)} may still admit the source ${portsText(admitted)}, which is known after apply.`;
    }
  }
}

const NOTHING = { admitted: [], open: true };

const NOT_SHOWN =
  "It no longer counts, and this input does not show whether rules still admit the source.";

function rulesText(admitted: readonly Admitted[]): string {
  const named = [...new Set(admitted.flatMap(({ resources }) => resources))];
  const more = named.length > 3 ? ` and ${named.length - 3} more` : "";
  return named.length === 0 ? "rules" : `the rules of ${named.slice(0, 3).join(", ")}${more}`;
}

function portsText(admitted: readonly Admitted[]): string {
  const ports = [...new Set(admitted.map(({ port }) => `tcp/${port}`))];
  const more = ports.length > 3 ? " and other ports" : "";
  return `on ${ports.slice(0, 3).join(", ")}${more}`;
}

const WHY_SOON: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "From the day after, what it covers is reported again, and fails as before.",
  exception:
    "From the day after, it no longer counts, and rules that still admit the source are findings.",
  "filtered-elsewhere": "By then somebody should look whether the filter admits all of Cloudflare.",
};

const FIX: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "mend what it covers and remove it, or give it a later day with today's reason",
  exception: "remove it with its rule, or give it a later day with today's reason",
  "filtered-elsewhere": "ask whoever runs the filter, and give it a later day",
};
