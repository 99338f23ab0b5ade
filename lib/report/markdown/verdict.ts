import { edgeRanges } from "../../edge/ranges";
import type { Verdict } from "../../prove/verdict";
import type { PathReport } from "../../rules/review-types";

/** A verdict as reports say it. */
export type Said = Verdict | "notOwed";

const WORDS: Readonly<Record<Said, string>> = {
  proved: "✅ proved",
  refuted: "❌ **refuted**",
  undetermined: "❔ undetermined",
  notOwed: "not owed",
};

/** A verdict with its sign. */
export function verdictText(verdict: Said): string {
  return WORDS[verdict];
}

/** `✅ proved → ❌ **refuted**`, or the verdict alone where it was the same. */
export function verdictChange(before: Said | undefined, after: Said | "gone"): string {
  const now = after === "gone" ? "gone" : verdictText(after);
  return before === undefined || before === after ? now : `${verdictText(before)} → ${now}`;
}

const RANK: Readonly<Record<Said, number>> = {
  refuted: 0,
  undetermined: 1,
  proved: 2,
  notOwed: 2,
};

/** The worst of some verdicts. */
export function worst(verdicts: readonly Said[]): Verdict {
  const ranks = verdicts.map((verdict) => RANK[verdict]);
  return (["refuted", "undetermined", "proved"] as const)[Math.min(2, ...ranks)] ?? "proved";
}

/** Which part of the edge's ranges gets no answer, at most 1: what is worse goes first. */
export function cutShare({ availability, family }: Cut): number {
  const { verdict, missing } = availability;
  const share = missing.length / edgeRanges().cidrs(family).length;
  return verdict === "refuted" ? Math.min(1, share) : 0;
}

type Cut = Pick<PathReport, "availability" | "family">;
