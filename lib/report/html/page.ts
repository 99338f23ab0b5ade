import { createHash } from "node:crypto";
import type { Review } from "../../rules/review-types";
import assets from "./assets.json";
import {
  assumptionsSection,
  driftSection,
  goneSection,
  originlessSection,
  weakenedSection,
} from "./beside";
import { changeSection } from "./change";
import { drawingsSection } from "./drawing";
import { filterForm } from "./filter";
import { findingsSection } from "./findings";
import { type PathGroup, pathGroups } from "./groups";
import { html, type Markup, ownSource } from "./markup";
import { matrixSection } from "./matrix";
import { overviewSection } from "./overview";
import { headlineOf, overallOf, summaryHeader } from "./summary";
import { undeterminedSection } from "./undetermined";

/**
 * The review as one HTML file for a browser: no network, no data but the text that it shows. All of
 * it can be read without the script, which only hides what a filter leaves out.
 */
export function renderHtml(review: Review): string {
  const groups = pathGroups(review);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headlineOf(review)} – originproof</title>
<style>${ownSource(assets.style)}</style>
</head>
<body>
${body(review, groups)}
<script>${ownSource(assets.script)}</script>
</body>
</html>
`;
  return page.toString();
}

/** Nothing is loaded, and nothing runs but this package's own style and script. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(assets.style)}'`,
  `script-src '${hashOf(assets.script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

function hashOf(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}

function body(review: Review, groups: readonly PathGroup[]): Markup {
  const sections = [
    ["change", "Change", changeSection(review)],
    ["findings", "Findings", findingsSection(review, groups)],
    ["undetermined", "Undetermined", undeterminedSection(review, groups)],
    ["overview", "Paths", overviewSection(groups)],
    ["matrix", "Cloudflare’s ranges", matrixSection(groups)],
    ["drawings", "Path by path", drawingsSection(groups)],
    ["gone", "Paths that go", goneSection(review)],
    ["originless", "No path", originlessSection(review)],
    ["drift", "Drift", driftSection(review)],
    ["weakened", "Weakened", weakenedSection(review)],
    ["assumptions", "Assumptions", assumptionsSection(review)],
  ] as const;
  const shown = sections.filter(([, , section]) => section !== null);
  return html`<a class="skip" href="#main">Skip to the report</a>
${summaryHeader(review, overallOf(review, groups))}
<nav aria-label="Sections"><ul>${shown.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${filterForm(groups, review.change !== null)}
<main id="main" tabindex="-1">
${shown.map(([, , section]) => section)}
</main>
<footer><p>“Proved” means under the assumptions listed; “undetermined” is no proof. What each word means is in docs/proof.md of originproof.</p></footer>`;
}
