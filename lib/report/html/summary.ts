import type { Review } from "../../rules/review-types";
import { type PathGroup, worstOf } from "./groups";
import { html, type Markup } from "./markup";
import { plural, type Said, verdictBadge } from "./verdict";

/** The whole in one word: what the page's head is coloured by. */
export type Overall = "proved" | "refuted" | "undetermined" | "nothing";

/** An unacknowledged error counts as a refutation: the run fails on it. */
export function overallOf(review: Review, groups: readonly PathGroup[]): Overall {
  const verdicts = groups.map(({ worst }) => worst);
  const { errors } = findingCounts(review);
  if (verdicts.includes("refuted") || errors > 0) {
    return "refuted";
  }
  if (verdicts.includes("undetermined")) {
    return "undetermined";
  }
  return verdicts.length === 0 ? "nothing" : "proved";
}

/** `Refuted for 1 of 3 hostnames`; an error about no path is said before. */
export function headlineOf(review: Review): string {
  const { errors } = findingCounts(review);
  const all = new Set(review.paths.map(({ hostname }) => hostname));
  const said = errors === 0 ? "" : `${plural(errors, "error")}: `;
  if (all.size === 0) {
    return capital(`${said}nothing to prove`);
  }
  for (const [verdict, before] of [
    ["refuted", ""],
    ["undetermined", said],
  ] as const) {
    const hit = review.paths.filter((path) => worstOf(path) === verdict);
    const hostnames = new Set(hit.map(({ hostname }) => hostname));
    if (hostnames.size > 0) {
      return capital(`${before}${verdict} for ${shareOf(hostnames, all)}`);
    }
  }
  return capital(`${said}proved for ${shareOf(all, all)}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `www.example.com`, `1 of 3 hostnames`, `all 3 hostnames`. */
function shareOf(some: ReadonlySet<string>, all: ReadonlySet<string>): string {
  const [first = ""] = some;
  if (all.size === 1) {
    return first;
  }
  return some.size === all.size
    ? `all ${all.size} hostnames`
    : `${some.size} of ${all.size} hostnames`;
}

/** Findings that are not acknowledged, by severity. */
export function findingCounts({ findings }: Review): {
  readonly errors: number;
  readonly warnings: number;
  readonly acknowledged: number;
} {
  const open = findings.filter(({ acknowledged }) => acknowledged === null);
  const errors = open.filter(({ severity }) => severity === "error").length;
  const acknowledged = findings.length - open.length;
  return { errors, warnings: open.length - errors, acknowledged };
}

/** The head of the page: what holds, in one line and one table. */
export function summaryHeader(review: Review, overall: Overall): Markup {
  const { errors, warnings, acknowledged } = findingCounts(review);
  const counts = [
    plural(errors, "error"),
    plural(warnings, "warning"),
    ...(acknowledged === 0 ? [] : [`${acknowledged} acknowledged`]),
  ];
  const { date, ranges, digest } = review.edge;
  return html`<header class="head ${overall}">
<div>
<p class="brand">originproof review</p>
<h1>${headlineOf(review)}</h1>
<p>${counts.join(", ")}</p>
<p class="quiet">${review.paths.length === 0 ? NOTHING : null}Cloudflare’s ${ranges} ranges are those of <time datetime="${date}">${date}</time> (<code title="${digest}">${digest.slice(0, 19)}…</code>).</p>
</div>
${review.paths.length === 0 ? null : countsTable(review)}
</header>`;
}

const NOTHING = "The input has no proxied record with an origin. ";

const COLUMNS = ["proved", "refuted", "undetermined", "notOwed"] as const satisfies readonly Said[];

function countsTable({ summary }: Review): Markup {
  const rollout = Object.values(summary.rollout).some((count) => count > 0);
  const columns = COLUMNS.filter((name) => name !== "notOwed" || summary.rollout.notOwed > 0);
  const rows = [
    ["Availability", "all of Cloudflare gets in", { notOwed: null, ...summary.availability }],
    ["Exclusivity", "nobody else does", { notOwed: null, ...summary.exclusivity }],
    ...(rollout ? [["Rollout", "so it stays during the apply", summary.rollout] as const] : []),
  ] as const;
  return html`<table class="counts">
<caption>${plural(summary.paths, "path")} of ${plural(summary.hostnames, "hostname")}</caption>
<thead><tr><th scope="col">Statement</th>${columns.map((name) => html`<th scope="col">${verdictBadge(name)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, means, counts]) =>
      html`<tr><th scope="row">${name} <span class="quiet">${means}</span></th>${columns.map((column) => html`<td class="${counts[column] ? column : "none"}">${counts[column] ?? "–"}</td>`)}</tr>`,
  )}</tbody>
</table>`;
}
