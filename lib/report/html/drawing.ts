import type { Assumption, Reason } from "../../model/hop";
import type { PathReport } from "../../rules/review-types";
import { missingText } from "../text-paths";
import { admissionFact } from "./admission";
import { filterMarks } from "./filter-marks";
import type { PathGroup } from "./groups";
import { type Content, html, type Markup } from "./markup";
import { code, hostnamesText, originText, someCodes } from "./names";
import { rolloutSteps } from "./rollout";
import { plural, verdictBadge } from "./verdict";
import { wayList } from "./way";

/** Open drawings beyond these would be too much to scroll through. */
const MOST_OPEN = 20;
/** All are open where there are no more. */
const FEW = 3;

/** Each group of paths drawn, with what its verdicts rest on. */
export function drawingsSection(groups: readonly PathGroup[]): Markup | null {
  return groups.length === 0
    ? null
    : html`<section aria-labelledby="drawings">
<h2 id="drawings">Path by path</h2>
${groups.map((group) => drawing(group, isOpen(group, groups.length)))}
</section>`;
}

/** What is wrong or open is looked at first; a few paths need no folding. */
function isOpen({ worst, number }: PathGroup, all: number): boolean {
  return all <= FEW || (worst !== "proved" && number <= MOST_OPEN);
}

function drawing(group: PathGroup, isOpened: boolean): Markup {
  const { first: path, number, worst, paths } = group;
  const open = isOpened ? html` open` : null;
  return html`<article class="path ${worst}" id="path-${number}" ${filterMarks(group)} aria-labelledby="path-${number}-name">
<details${open}>
<summary><h3 id="path-${number}-name">${hostnamesText(group)} <span class="to">→ ${originText(path)}</span></h3> ${verdictBadge(worst)}</summary>
${wayList(group)}
<dl class="facts">
${statement("Availability", path.availability, availabilityWords(path))}
${statement("Exclusivity", withoutRepetition(path), exclusivityWords(path))}
${rolloutStatement(path)}
${admissionFact(path)}
${path.certain ? null : html`<div><dt>Used</dt><dd>the edge connects this way ${path.because}</dd></div>`}
${paths.length > 1 ? html`<div><dt>Hostnames</dt><dd>${hostnameList(group)}</dd></div>` : null}
${assumptionsFact(path.assumptions)}
</dl>
</details>
</article>`;
}

function statement(
  name: string,
  { verdict, reasons }: Pick<PathReport["exclusivity"], "verdict" | "reasons">,
  words: Content,
): Markup {
  return html`<div><dt>${name}</dt><dd>${verdictBadge(verdict)}${words === null ? null : html` <span>${words}</span>`}${reasonList(reasons)}</dd></div>`;
}

function availabilityWords({ availability, family }: PathReport): Content {
  const { verdict, missing, error } = availability;
  if (verdict !== "refuted") {
    return null;
  }
  const visitor = error === null ? "" : `: visitors see Error ${error}`;
  return `${missingText(missing, family)} cut off${visitor}`;
}

function exclusivityWords({ availability, exclusivity }: PathReport): Content {
  const { verdict, witness, others, reasons } = exclusivity;
  if (
    verdict === "undetermined" &&
    JSON.stringify(reasons) === JSON.stringify(availability.reasons)
  ) {
    return "for the same reasons";
  }
  if (verdict !== "refuted" || witness === null) {
    return null;
  }
  const from = others.length === 0 ? null : [" (", someCodes(others), ")"];
  return [code(witness), " gets in, for one", from];
}

function rolloutStatement(path: PathReport): Markup | null {
  const { rollout, family } = path;
  if (rollout === null) {
    return null;
  }
  const steps = rollout.witness === undefined ? null : rolloutSteps(rollout.witness, family);
  return html`<div><dt>Rollout</dt><dd>${verdictBadge(rollout.verdict)}${reasonList(rollout.reasons)}${steps}</dd></div>`;
}

function reasonList(reasons: readonly Reason[]): Markup | null {
  return reasons.length === 0
    ? null
    : html`<ul class="reasons">${reasons.map(({ id, text }) => html`<li>${text} <code class="id">${id}</code></li>`)}</ul>`;
}

/** The same reasons are not told twice. */
function withoutRepetition({ availability, exclusivity }: PathReport): PathReport["exclusivity"] {
  const same = JSON.stringify(availability.reasons) === JSON.stringify(exclusivity.reasons);
  return same ? { ...exclusivity, reasons: [] } : exclusivity;
}

/** More hostnames than this are folded. */
const MOST_HOSTNAMES = 12;

/** Each with its record: those are what the configuration has. */
function hostnameList({ paths }: PathGroup): Markup {
  const list = html`<ul class="hostnames">${paths.map(({ hostname, record }) => html`<li>${code(hostname)} <span class="quiet">${code(record)}</span></li>`)}</ul>`;
  return paths.length <= MOST_HOSTNAMES ? list : folded(`all ${paths.length}`, list);
}

function assumptionsFact(assumptions: readonly Assumption[]): Markup | null {
  if (assumptions.length === 0) {
    return null;
  }
  const list = html`<ul class="reasons">${assumptions.map(({ id, text }) => html`<li>${text} <code class="id">${id}</code></li>`)}</ul>`;
  return html`<div><dt>Assumes</dt><dd>${folded(plural(assumptions.length, "assumption"), list)}</dd></div>`;
}

function folded(name: string, list: Markup): Markup {
  return html`<details><summary>${name}</summary>${list}</details>`;
}
