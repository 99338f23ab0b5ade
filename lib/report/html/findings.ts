import type { Finding } from "../../rules/finding";
import type { PathReport, Review } from "../../rules/review-types";
import { factsOf, headOf } from "../finding-facts";
import { groupMarks } from "./filter-marks";
import type { PathGroup } from "./groups";
import { type Content, html, joined, type Markup } from "./markup";
import { code, originText, pathLink } from "./names";
import { rolloutSteps } from "./rollout";

/** Links to more paths than this would hide the rest. */
const MOST_PATHS = 8;

/** Every finding, errors first, acknowledged ones last. */
export function findingsSection(review: Review, groups: readonly PathGroup[]): Markup | null {
  if (review.findings.length === 0) {
    return null;
  }
  const indexed = review.findings.map((finding, index) => ({ finding, index }));
  const sorted = indexed.sort((left, right) => rankOf(left.finding) - rankOf(right.finding));
  const byPath = new Map(groups.flatMap((each) => each.indexes.map((index) => [index, each])));
  return html`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${sorted.map(({ finding, index }) => {
  const all = finding.paths.flatMap((path) => byPath.get(path) ?? []);
  return article(finding, index, { review, groups: [...new Set(all)] });
})}
</section>`;
}

function rankOf({ severity, acknowledged }: Finding): number {
  return acknowledged !== null ? 2 : severity === "error" ? 0 : 1;
}

interface About {
  readonly review: Review;
  readonly groups: readonly PathGroup[];
}

function article(finding: Finding, index: number, about: About): Markup {
  const id = `finding-${index + 1}`;
  const kind = finding.acknowledged !== null ? "acknowledged" : finding.severity;
  const path = about.groups[0]?.first;
  return html`<article class="finding ${kind}" id="${id}" ${groupMarks(about.groups)} aria-labelledby="${id}-name">
<h3 id="${id}-name"><span class="tag ${kind}">${headOf(finding)}</span>${newTag(about.review, index)} ${finding.what}</h3>
<dl class="facts">
${pathsFact(about.groups)}
${checkFacts(finding, path)}
</dl>
<p class="why">${finding.why}</p>
${rolloutFact(finding, path)}
<p class="fix"><b>Fix</b> ${finding.fix}</p>
<dl class="facts">
<div><dt>Rule</dt><dd>${code(finding.rule)}</dd></div>
${placeFact(finding)}
${acknowledgedFact(finding)}
</dl>
</article>`;
}

function newTag({ change }: Review, index: number): Content {
  return change?.added.includes(index) ? html` <span class="tag">new</span>` : null;
}

function pathsFact(groups: readonly PathGroup[]): Markup | null {
  if (groups.length === 0) {
    return null;
  }
  const links = groups
    .slice(0, MOST_PATHS)
    .map((group) => html`${pathLink(group)} → ${originText(group.first)}`);
  const more = groups.length - links.length;
  const name = groups.length === 1 ? "Path" : "Paths";
  return html`<div><dt>${name}</dt><dd>${joined(links, html`<br>`)}${more > 0 ? html`<br>and ${more} more` : null}</dd></div>`;
}

/** What is cut off or gets in; a rollout's witness is its steps. */
function checkFacts(finding: Finding, path: PathReport | undefined): Content {
  const facts = finding.rule === "rollout/cut-off-during-apply" ? [] : factsOf(finding, path);
  return facts.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`);
}

function rolloutFact({ rule }: Finding, path: PathReport | undefined): Markup | null {
  const witness = path?.rollout?.witness;
  const shown = rule === "rollout/cut-off-during-apply" && witness !== undefined;
  return shown && path !== undefined ? rolloutSteps(witness, path.family) : null;
}

function placeFact({ constructPath, source }: Finding): Markup | null {
  const path = constructPath === "" ? "the app" : constructPath;
  if (source === null && path === null) {
    return null;
  }
  const line = source === null ? null : html`${code(`${source.file}:${source.line}`)} `;
  return html`<div><dt>At</dt><dd>${line}${path === null ? null : code(path)}</dd></div>`;
}

function acknowledgedFact({ acknowledged }: Finding): Markup | null {
  if (acknowledged === null) {
    return null;
  }
  const until = acknowledged.expires === null ? "" : ` (until ${acknowledged.expires})`;
  return html`<div><dt>Reason</dt><dd>${acknowledged.reason}${until}</dd></div>`;
}
