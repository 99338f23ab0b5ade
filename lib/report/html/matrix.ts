import { edgeRanges } from "../../edge/ranges";
import type { Cidr } from "../../net/cidr";
import type { PathReport } from "../../rules/review-types";
import { grouped } from "../text-paths";
import { groupMarks } from "./filter-marks";
import { isIn, type PathGroup, type RangeState, rangeState } from "./groups";
import { html, joined, type Markup } from "./markup";
import { hostnamesText, originText } from "./names";

const SIGNS: Readonly<Record<RangeState, readonly [sign: string, name: string]>> = {
  admitted: ["●", "in"],
  "cut off": ["✕", "cut"],
  "cut off in part": ["◐", "part"],
  undetermined: ["?", "open"],
};

/** Rows that name more paths than this are cut: the drawings have all. */
const MOST_NAMES = 3;

/** Cloudflare's ranges and what each path does with them, a table for each family. */
export function matrixSection(groups: readonly PathGroup[]): Markup | null {
  const tables = ([4, 6] as const).flatMap((family) => {
    const own = groups.filter(({ first }) => first.family === family);
    return own.length === 0 ? [] : [matrix(own, family)];
  });
  if (tables.length === 0) {
    return null;
  }
  return html`<section aria-labelledby="matrix">
<h2 id="matrix">Cloudflare’s ranges</h2>
<p>Which ranges of the edge get through to the origin of each path. Paths that treat all of them alike share a row.</p>
<ul class="legend">${Object.entries(SIGNS).map(
    ([name, [sign, kind]]) =>
      html`<li><span class="cell ${kind}" aria-hidden="true">${sign}</span> ${name}</li>`,
  )}</ul>
${tables}
</section>`;
}

interface Row {
  readonly groups: readonly PathGroup[];
  readonly states: readonly RangeState[];
  /** Of a part of the edge that is none of Cloudflare's pinned ranges, but declared. */
  readonly declared: RangeState;
}

function matrix(groups: readonly PathGroup[], family: 4 | 6): Markup {
  const ranges = edgeRanges().cidrs(family);
  const rows = rowsOf(groups, ranges);
  const declared = rows.some((each) => each.declared !== "admitted");
  const id = `ranges-${family}`;
  return html`<h3 id="${id}">IPv${family}</h3>
<div class="wide" role="group" aria-labelledby="${id}" tabindex="0">
<table class="matrix">
<thead><tr><th scope="col">Path</th>${ranges.map(({ text }) => html`<th scope="col"><span>${text}</span></th>`)}${declared ? html`<th scope="col"><span>declared ranges</span></th>` : null}<th scope="col">Together</th></tr></thead>
<tbody>${rows.map((row) => rowMarkup(row, declared))}</tbody>
</table>
</div>`;
}

function rowsOf(groups: readonly PathGroup[], ranges: readonly Cidr[]): readonly Row[] {
  const made = groups.map((group) => ({
    group,
    states: ranges.map((range) => rangeState(group.first, range)),
    declared: declaredState(group.first, ranges),
  }));
  const alike = grouped(made, ({ states, declared }) => JSON.stringify([states, declared]));
  return alike.flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [{ ...first, groups: all.map(({ group }) => group) }];
  });
}

function declaredState({ availability }: PathReport, ranges: readonly Cidr[]): RangeState {
  const outside = (text: string) => !ranges.some((range) => isIn(text, range));
  if (availability.missing.some(outside)) {
    return "cut off";
  }
  return availability.undecided.some(outside) ? "undetermined" : "admitted";
}

function rowMarkup({ groups, states, declared }: Row, withDeclared: boolean): Markup {
  const cells = withDeclared ? [...states, declared] : states;
  return html`<tr ${groupMarks(groups)}><th scope="row">${namesOf(groups)}</th>${cells.map(cell)}<td class="together">${togetherText(cells)}</td></tr>`;
}

function cell(state: RangeState): Markup {
  const [sign, kind] = SIGNS[state];
  return html`<td class="cell ${kind}"><span aria-hidden="true">${sign}</span><span class="spoken">${state}</span></td>`;
}

function namesOf(groups: readonly PathGroup[]): Markup {
  const named = groups
    .slice(0, MOST_NAMES)
    .map((group) => html`${hostnamesText(group)} → ${originText(group.first)}`);
  const more = groups.length - named.length;
  return html`${joined(named, html`<br>`)}${more > 0 ? html`<br>and ${more} more` : null}`;
}

/** `14 of 15 admitted, 1 cut off`. */
function togetherText(states: readonly RangeState[]): string {
  const counts = (Object.keys(SIGNS) as RangeState[]).flatMap((state) => {
    const count = states.filter((each) => each === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return counts.length === 1 ? `all ${counts[0]}` : counts.join(", ");
}
