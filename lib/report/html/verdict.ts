import type { Verdict } from "../../prove/verdict";
import { html, type Markup } from "./markup";

/** A verdict as reports say it. */
export type Said = Verdict | "notOwed";

const WORDS: Readonly<Record<Said, string>> = {
  proved: "proved",
  refuted: "refuted",
  undetermined: "undetermined",
  notOwed: "not owed",
};

/** A sign for each, so that colour is not all that tells them apart. */
const SIGNS: Readonly<Record<Said, string>> = {
  proved: "✓",
  refuted: "✕",
  undetermined: "?",
  notOwed: "–",
};

/** A verdict with its sign; its words alone carry the meaning. */
export function verdictBadge(verdict: Said): Markup {
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${WORDS[verdict]}</span>`;
}

/** `proved → refuted`, or the verdict alone where nothing differs. */
export function verdictChange(before: Said | null | undefined, after: Said): Markup {
  if (before === null || before === undefined || before === after) {
    return verdictBadge(after);
  }
  return html`<span class="change">${verdictBadge(before)} <span class="arrow" aria-hidden="true">→</span><span class="spoken"> before, now </span> ${verdictBadge(after)}</span>`;
}

/** `1 path`, `2 paths`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
