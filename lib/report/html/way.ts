import { edgeRanges } from "../../edge/ranges";
import type { HopReport, PathReport } from "../../rules/review-types";
import { originOf } from "../text-paths";
import type { PathGroup } from "./groups";
import { html, type Markup } from "./markup";
import { code, codes } from "./names";

const CROSS = html`<span aria-hidden="true">✕</span>`;
const QUESTION = html`<span aria-hidden="true">?</span>`;

/** The way of the edge's packets, from the edge to the origin, with the hop that stops them. */
export function wayList({ first: path, paths }: PathGroup): Markup {
  const { availability, origin, family } = path;
  const closed = availability.stoppedBy !== null && isAll(path);
  const records = [...new Set(paths.map(({ record }) => record))];
  const [record = ""] = records;
  const more = records.length === 1 ? null : ` and ${records.length - 1} more`;
  return html`<ol class="way" aria-label="The way to the origin">
<li class="end"><b>Cloudflare’s edge</b><span>IPv${family}, to tcp/${origin.port} by ${origin.scheme}</span></li>
<li><b>record</b><span>${code(record)}${more}</span></li>
${path.hops.map((hop, index) => hopItem(path, hop, index))}
<li class="end${closed ? " behind" : ""}"><b>origin</b><span>${code(originOf(path))} tcp/${origin.port}</span>${intruder(path)}</li>
</ol>`;
}

/** Nothing of Cloudflare's gets through: what lies behind is reached by nobody. */
function isAll({ availability, family }: PathReport): boolean {
  const ranges = edgeRanges().cidrs(family);
  return ranges.every(({ text }) => availability.missing.includes(text));
}

/** Who gets in besides the edge. */
function intruder({ exclusivity }: PathReport): Markup | null {
  return exclusivity.verdict === "refuted" && exclusivity.witness !== null
    ? html`<strong>${CROSS} ${exclusivity.witness} gets in too</strong>`
    : null;
}

function hopItem(path: PathReport, hop: HopReport, index: number): Markup {
  const { stoppedBy } = path.availability;
  const behind = stoppedBy !== null && index > stoppedBy && isAll(path);
  const body = html`<b>${hop.name}</b>${hop.resources.length === 0 ? null : html`<span>${codes(hop.resources)}</span>`}`;
  if (index === stoppedBy) {
    const { witness, error } = path.availability;
    const code = error === null ? "" : `: Error ${error}`;
    return html`<li class="stop${isAll(path) ? " all" : ""}">${body}<strong>${CROSS} stops ${witness}${code}</strong></li>`;
  }
  if (isOpen(path, hop)) {
    return html`<li class="open">${body}<em>${QUESTION} undetermined</em></li>`;
  }
  return behind ? html`<li class="behind">${body}</li>` : html`<li>${body}</li>`;
}

/** A reason of the path is about this hop. */
function isOpen(
  { availability, exclusivity }: PathReport,
  { kind, resources }: HopReport,
): boolean {
  const reasons = [...availability.reasons, ...exclusivity.reasons];
  return kind === "unknown" || reasons.some(({ subject }) => resources.includes(subject));
}
