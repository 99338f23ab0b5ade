import type { Change, PathChange, Review, Statements } from "../../rules/review-types";
import { type Content, html, type Markup } from "./markup";
import { code, originText } from "./names";
import { plural, verdictBadge } from "./verdict";

/** What differs from the base: findings, and paths that are gone. The table has the others. */
export function changeSection({ change, findings }: Review): Markup | null {
  if (change === null) {
    return null;
  }
  const { base, added, fixed, unchanged, paths } = change;
  const gone = paths.filter(({ head }) => head === null);
  return html`<section aria-labelledby="change">
<h2 id="change">Compared with ${code(base)}</h2>
<p>${plural(added.length, "new finding")}, ${fixed.length} fixed, ${unchanged.length} unchanged. ${pathsText(change)}</p>
${list(
  "New",
  added.flatMap((index) => newFinding(findings[index], index)),
)}
${list(
  "Fixed",
  fixed.map(({ what, rule }) => [what, " ", code(rule)]),
)}
${list("Paths that are gone", gone.map(gonePath))}
</section>`;
}

function pathsText({ paths }: Change): string {
  const here = paths.filter(({ head }) => head !== null);
  const added = here.filter(({ base }) => base === null).length;
  const other = here.length - added;
  return `${plural(added, "new path")}, ${other} with another verdict, ${paths.length - here.length} gone.`;
}

function list(name: string, items: readonly Content[]): Markup | null {
  return items.length === 0
    ? null
    : html`<h3>${name}</h3><ul class="list">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function newFinding(finding: Review["findings"][number] | undefined, index: number): Content[] {
  return finding === undefined
    ? []
    : [html`<a href="#finding-${index + 1}">${finding.what}</a> ${code(finding.rule)}`];
}

function gonePath(path: PathChange): Content {
  return [code(path.hostname), " → ", originText(path), ", which was ", wasText(path.base)];
}

function wasText(base: Statements | null): Content {
  return base === null
    ? null
    : [
        verdictBadge(base.availability),
        " available, ",
        verdictBadge(base.exclusivity),
        " exclusive",
      ];
}
