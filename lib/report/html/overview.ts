import { filterMarks } from "./filter-marks";
import type { PathGroup } from "./groups";
import { html, type Markup } from "./markup";
import { originText, pathLink } from "./names";
import { type Said, verdictChange } from "./verdict";

/** One row for each group of paths: its verdicts, and what they were. */
export function overviewSection(groups: readonly PathGroup[]): Markup | null {
  if (groups.length === 0) {
    return null;
  }
  const rollout = groups.some(({ first }) => first.rollout !== null);
  return html`<section aria-labelledby="overview">
<h2 id="overview">Paths</h2>
<div class="wide" role="group" aria-label="Table of paths" tabindex="0">
<table class="overview">
<thead><tr><th scope="col">Hostname</th><th scope="col">Origin</th><th scope="col">Availability</th><th scope="col">Exclusivity</th>${rollout ? html`<th scope="col">Rollout</th>` : null}</tr></thead>
<tbody>${groups.map((group) => row(group, rollout))}</tbody>
</table>
</div>
</section>`;
}

function row(group: PathGroup, rollout: boolean): Markup {
  const { first, earlier } = group;
  const was = earlier.statements;
  return html`<tr ${filterMarks(group)}><th scope="row">${pathLink(group)}${earlier.isNew ? html` <span class="tag">new</span>` : null}</th><td>${originText(first)} <span class="quiet">IPv${first.family}</span></td><td>${verdictChange(was?.availability, first.availability.verdict)}</td><td>${verdictChange(was?.exclusivity, first.exclusivity.verdict)}</td>${rollout ? html`<td>${rolloutCell(group)}</td>` : null}</tr>`;
}

function rolloutCell({ first, earlier }: PathGroup): Markup | null {
  const now: Said | undefined = first.rollout?.verdict;
  return now === undefined ? null : verdictChange(earlier.statements?.rollout, now);
}
