import type { Change, PathChange, Review, Statements } from "../../rules/review-types";
import { type Content, html, type Markup } from "./markup";
import { code, originText } from "./names";
import { plural, verdictBadge, verdictChange } from "./verdict";

/** What differs from the base: findings that are new, fixed and unchanged, and paths. */
export function changeSection(review: Review): Markup | null {
  const { change } = review;
  if (change === null) {
    return null;
  }
  const { base, added, fixed, unchanged, paths } = change;
  return html`<section aria-labelledby="change">
<h2 id="change">Compared with ${code(base)}</h2>
<p>${plural(added.length, "new finding")}, ${fixed.length} fixed, ${unchanged.length} unchanged.</p>
${addedList(review, change)}
${fixedList(change)}
${paths.length === 0 ? html`<p>No path has another verdict.</p>` : pathTable(paths)}
</section>`;
}

function addedList({ findings }: Review, { added }: Change): Markup | null {
  const items = added.flatMap((index): Markup[] => {
    const finding = findings[index];
    return finding === undefined
      ? []
      : [html`<li><a href="#finding-${index + 1}">${finding.what}</a> ${code(finding.rule)}</li>`];
  });
  return items.length === 0 ? null : html`<h3>New</h3><ul>${items}</ul>`;
}

function fixedList({ fixed }: Change): Markup | null {
  return fixed.length === 0
    ? null
    : html`<h3>Fixed</h3><ul>${fixed.map(({ what, rule }) => html`<li>${what} ${code(rule)}</li>`)}</ul>`;
}

function pathTable(paths: readonly PathChange[]): Markup {
  return html`<h3 id="changed-paths">Paths</h3>
<div class="wide" role="group" aria-labelledby="changed-paths" tabindex="0">
<table class="overview">
<thead><tr><th scope="col">Hostname</th><th scope="col">Origin</th><th scope="col">Availability</th><th scope="col">Exclusivity</th><th scope="col">Rollout</th></tr></thead>
<tbody>${paths.map(row)}</tbody>
</table>
</div>`;
}

function row(path: PathChange): Markup {
  const tag = path.base === null ? "new" : path.head === null ? "gone" : null;
  const cells = (["availability", "exclusivity", "rollout"] as const).map(
    (name) => html`<td>${statementCell(path, name)}</td>`,
  );
  return html`<tr><th scope="row">${code(path.hostname)}${tag === null ? null : html` <span class="tag">${tag}</span>`}</th><td>${originText(path)} <span class="quiet">IPv${path.family}</span></td>${cells}</tr>`;
}

function statementCell({ base, head }: PathChange, name: keyof Statements): Content {
  const now = head?.[name] ?? null;
  const was = base?.[name] ?? null;
  if (now !== null) {
    return verdictChange(was, now);
  }
  return was === null ? null : html`<s>${verdictBadge(was)}</s>`;
}
