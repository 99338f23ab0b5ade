import type { Review } from "../../rules/review-types";
import { openGroups } from "../open-groups";
import { groupMarks } from "./filter-marks";
import type { PathGroup } from "./groups";
import { html, joined, type Markup } from "./markup";

/** What is not known, once for all paths that hang on it. */
export function undeterminedSection(review: Review, groups: readonly PathGroup[]): Markup | null {
  const open = openGroups(review);
  if (open.length === 0) {
    return null;
  }
  const groupOf = new Map(groups.flatMap((group) => group.paths.map((path) => [path, group])));
  return html`<section aria-labelledby="undetermined">
<h2 id="undetermined">Undetermined</h2>
<p>Neither proved nor refuted: the input does not tell.</p>
${open.map(({ statement, head, paths, reasons, members }, index) => {
  const own = [...new Set(members.flatMap((path) => groupOf.get(path) ?? []))];
  const id = `open-${index + 1}`;
  return html`<article class="finding undetermined" id="${id}" ${groupMarks(own)} aria-labelledby="${id}-name">
<h3 id="${id}-name"><span class="tag undetermined">Undetermined${statement}</span> ${head}</h3>
<ul class="reasons">${reasons.map(({ text, more }) => html`<li>${text}${more}</li>`)}</ul>
<dl class="facts"><div><dt>Paths</dt><dd>${joined(paths, html`<br>`)}</dd></div></dl>
</article>`;
})}
</section>`;
}
