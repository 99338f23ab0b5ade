import { defineRule } from "../rule";
import type { Weakening } from "../weakening";
import { declaredDraft, nameOf } from "./draft";

/** An acknowledgement, an exception or a FilteredElsewhere that the base did not declare. */
export const added = defineRule({
  id: "declared/added",
  severity: "warning",
  title: "Something is declared beside the proof that the base did not declare",
  check: ({ declarations, base }) =>
    declarations
      .filter(({ weakening }) => base !== undefined && isMore(weakening, base.weakened))
      .map(({ weakening }) => {
        const longer = base?.weakened.some((each) => isAlike(each, weakening)) === true;
        return declaredDraft(weakening, {
          what: longer
            ? `${nameOf(weakening)} counts ${untilText(weakening)}, longer than in the base`
            : `${nameOf(weakening)} is not in the base`,
          why: WHY[weakening.kind],
          fix: "let whoever answers for it read the reason, or take it out of this change",
        });
      }),
});

/** Does a weakening count, and is in an earlier review not at all, or only until an earlier day? */
export function isMore(weakening: Weakening, earlier: readonly Weakening[]): boolean {
  const { expires, state } = weakening;
  const covers = (each: Weakening) =>
    each.expires === null || (expires !== null && expires <= each.expires);
  return state !== "expired" && !earlier.some((each) => isAlike(each, weakening) && covers(each));
}

function isAlike(left: Weakening, right: Weakening): boolean {
  return left.kind === right.kind && left.subject === right.subject && left.what === right.what;
}

function untilText({ expires }: Weakening): string {
  return expires === null ? "without an end" : `until ${expires}`;
}

const WHY: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "With this change, what it covers no longer fails the review.",
  exception: "With this change, sources that are not Cloudflare's are meant to get in.",
  "filtered-elsewhere":
    "With this change, nothing here shows whether the filter before the origin admits Cloudflare.",
};
