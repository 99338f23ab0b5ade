import { type Draft, defineRule } from "../rule";
import type { Weakening } from "../weakening";

/** An acknowledgement, an exception or a FilteredElsewhere has run out, or will within 14 days. */
export const expired = defineRule({
  id: "declared/expired",
  severity: "warning",
  title: "Something declared beside the proof has expired, or is about to",
  check: ({ weakened }) =>
    weakened.filter(({ state }) => state !== "valid").map((weakening) => draft(weakening)),
});

function draft(weakening: Weakening): Draft {
  const { subject, constructPath, source, kind, expires, state } = weakening;
  const day = expires ?? "";
  const over = state === "expired";
  return {
    subject,
    place: { constructPath, source },
    paths: [],
    witness: null,
    what: over
      ? `${nameOf(weakening)} expired after ${day}`
      : `${nameOf(weakening)} expires after ${day}`,
    why: over ? WHY_OVER[kind] : WHY_SOON[kind],
    fix: FIX[kind],
  };
}

function nameOf({ kind, what, subject }: Weakening): string {
  switch (kind) {
    case "acknowledged":
      return `the acknowledgement of ${what} for ${subject}`;
    case "exception":
      return `the exception for ${what} of ${subject}`;
    case "filtered-elsewhere":
      return `what was said of the filter of ${what}`;
  }
}

const WHY_OVER: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "It no longer counts: what it covered is reported again, and fails as before.",
  exception: "It no longer counts: a rule that still admits the source is reported as exposure.",
  "filtered-elsewhere":
    "Nobody has looked since whether the filter still admits all of Cloudflare.",
};

const WHY_SOON: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "From the day after, what it covers is reported again, and fails as before.",
  exception: "From the day after, the rule that admits the source is reported as exposure.",
  "filtered-elsewhere": "By then somebody should look whether the filter admits all of Cloudflare.",
};

const FIX: Readonly<Record<Weakening["kind"], string>> = {
  acknowledged: "mend what it covers and remove it, or give it a later day with today's reason",
  exception: "remove it with its rule, or give it a later day with today's reason",
  "filtered-elsewhere": "ask whoever runs the filter, and give it a later day",
};
