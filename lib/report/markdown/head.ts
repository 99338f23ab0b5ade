import type { Verdict } from "../../prove/verdict";
import type { PathReport, Review } from "../../rules/review-types";
import { name } from "./escape";
import { figure, namesText, plural } from "./names";
import { cutShare, type Said, worst } from "./verdict";

/** Names of one sentence. */
const MOST = 3;

/** The heading, and what it comes to in a sentence or two. */
export function headText(review: Review): string {
  const sentences = [...refutedSentences(review), ...provedSentences(review), countsText(review)];
  return [`### ${headingOf(review)}`, ...sentences].join("\n\n");
}

function headingOf(review: Review): string {
  const { errors } = countsOf(review);
  const verdicts = worstByHostname(review.paths);
  const all = [...verdicts.values()];
  const verdict = worst(all);
  if (all.length === 0) {
    return errors === 0
      ? "originproof: nothing to prove"
      : `❌ originproof: ${plural(errors, "error")}`;
  }
  const hit = all.filter((each) => each === verdict).length;
  const of = hit === all.length ? "" : `${figure(hit)} of `;
  const hostnames = `${of}${plural(all.length, "hostname")}`;
  return `${signOf(verdict, errors)} originproof: ${verdict} for ${hostnames}`;
}

function signOf(verdict: Verdict, errors: number): string {
  if (errors > 0) {
    return "❌";
  }
  return { refuted: "⚠️", undetermined: "❔", proved: "✅" }[verdict];
}

function worstByHostname(paths: readonly PathReport[]): ReadonlyMap<string, Verdict> {
  const found = new Map<string, Said[]>();
  for (const { hostname, availability, exclusivity, rollout } of paths) {
    const own = found.get(hostname) ?? [];
    own.push(availability.verdict, exclusivity.verdict, rollout?.verdict ?? "notOwed");
    found.set(hostname, own);
  }
  return new Map([...found].map(([hostname, all]) => [hostname, worst(all)]));
}

/** What breaks, and for whom: one for each statement that is refuted. */
function refutedSentences({ paths }: Review): readonly string[] {
  const of = (statement: "exclusivity" | "rollout") =>
    paths.filter((path) => path[statement]?.verdict === "refuted");
  const cut = paths.filter(({ availability }) => availability.verdict === "refuted");
  const reached = new Set(paths.filter((path) => cutShare(path) < 1).map(hostnameOf));
  const wholly = cut.filter((path) => !reached.has(path.hostname));
  return [
    ...sentence(wholly, `Visitors see ${errorsOf(wholly)}: Cloudflare can't connect to`),
    ...sentence(
      cut.filter((path) => reached.has(path.hostname)),
      `Some visitors see ${errorsOf(cut)}: a part of Cloudflare's connections can't reach`,
    ),
    ...sentence(
      of("rollout"),
      "While the change is applied, a part of Cloudflare's connections can't reach",
    ),
    ...sentence(of("exclusivity"), "Others than Cloudflare get in to the origin of"),
  ];
}

/** What "proved" says, where nothing else is to be said. */
function provedSentences({ paths, weakened }: Review): readonly string[] {
  const all = paths.flatMap((path) => [
    path.availability.verdict,
    path.exclusivity.verdict,
    ...(path.rollout === null || path.rollout.verdict === "notOwed" ? [] : [path.rollout.verdict]),
  ]);
  const apart = weakened.some(({ kind }) => kind === "exception")
    ? " apart from declared exceptions"
    : "";
  const text = `All of Cloudflare reaches every origin, on its address, port and family; no other address of the internet does${apart}.`;
  return all.length > 0 && all.every((verdict) => verdict === "proved") ? [text] : [];
}

function sentence(hit: readonly PathReport[], text: string): readonly string[] {
  return hit.length === 0 ? [] : [`**${text}** ${hostnamesOf(hit)}`];
}

function errorsOf(cut: readonly PathReport[]): string {
  const codes = [...new Set(cut.map(({ availability }) => availability.error))].sort();
  return codes.map((code) => (code === null ? "an error" : `Error ${code}`)).join(" or ");
}

function hostnameOf({ hostname }: PathReport): string {
  return hostname;
}

function hostnamesOf(paths: readonly PathReport[]): string {
  return namesText(paths.map(hostnameOf), MOST, name);
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly acknowledged: number;
}

function countsOf({ findings }: Review): Counts {
  const open = findings.filter(({ acknowledged }) => acknowledged === null);
  const errors = open.filter(({ severity }) => severity === "error").length;
  return {
    errors,
    warnings: open.length - errors,
    acknowledged: findings.length - open.length,
  };
}

/** `1 error · 2 warnings · compared with base.json: 1 new, 0 fixed, 2 as before`. */
function countsText(review: Review): string {
  const { errors, warnings, acknowledged } = countsOf(review);
  const { paths, change } = review;
  const hostnames = new Set(paths.map(({ hostname }) => hostname)).size;
  const parts = [
    `${plural(hostnames, "hostname")}, ${plural(paths.length, "path")}`,
    ...(errors === 0 ? [] : [plural(errors, "error")]),
    ...(warnings === 0 ? [] : [plural(warnings, "warning")]),
    ...(acknowledged === 0 ? [] : [`${figure(acknowledged)} acknowledged`]),
    ...(review.findings.length === 0 ? ["no findings"] : []),
  ];
  if (change !== null) {
    const { added, fixed, unchanged } = change;
    const [news, gone, same] = [added, fixed, unchanged].map(({ length }) => figure(length));
    const counts = `${news} new, ${gone} fixed, ${same} as before`;
    parts.push(`against ${name(change.base)}: ${counts}`);
  }
  return parts.join(" · ");
}
