import type { PathReport } from "../../rules/review-types";
import { type Content, html, joined, type Markup } from "./markup";
import { someCodes } from "./names";

/** What the apply changes in who gets through to the origin. */
export function admissionFact({ admission }: PathReport): Markup | null {
  if (admission === null) {
    return null;
  }
  const { edge, others } = admission;
  const texts = [
    ...said("admits more of Cloudflare: ", edge.added),
    ...said("no longer admits of Cloudflare: ", edge.removed),
    ...said("admits others: ", others.added),
    ...said("no longer admits others: ", others.removed),
  ];
  const complete = edge.complete && others.complete;
  const all = complete ? texts : [...texts, "may admit more or less than that, which is not known"];
  return all.length === 0
    ? null
    : html`<div><dt>The apply</dt><dd>${joined(all, html`<br>`)}</dd></div>`;
}

function said(words: string, ranges: readonly string[]): Content[] {
  return ranges.length === 0 ? [] : [[words, someCodes(ranges)]];
}
