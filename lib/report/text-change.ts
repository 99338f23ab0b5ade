import type { Finding } from "../rules/finding";
import type { Change, PathChange, Review, Statements } from "../rules/review-types";
import { wrapped } from "./block";
import { forTerminal } from "./escape";
import { grouped, namesOf } from "./text-paths";

/** Lines of one kind that a report in text lists; the JSON report has all. */
const MOST = 20;

/** The findings that a report shows in full: of a review with a base, those that it had not. */
export function shownFindings({ findings, change }: Review): readonly Finding[] {
  const added = change && new Set(change.added);
  return added === null ? findings : findings.filter((_, index) => added.has(index));
}

/** What differs from the base: paths, and findings in a line each where they are not new. */
export function changeLines(review: Review, width: number): readonly string[] {
  const { change, findings } = review;
  if (change === null) {
    return [];
  }
  const unchanged = change.unchanged.flatMap((index) => findings[index] ?? []);
  return [
    ...wrapped("base      ", `${forTerminal(change.base)}: ${countText(change)}`, width),
    ...listed("changed   ", pathTexts(change.paths), width),
    ...listed("fixed     ", change.fixed.map(findingText), width),
    ...listed("unchanged ", unchanged.map(findingText), width),
  ];
}

function countText({ added, fixed, unchanged }: Change): string {
  const total = added.length + fixed.length + unchanged.length;
  return total === 0
    ? "no findings, before or now"
    : `${plural(added.length, "new finding")}, ${fixed.length} fixed, ${unchanged.length} unchanged`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function listed(label: string, texts: readonly string[], width: number): readonly string[] {
  const more = texts.length - MOST;
  const shown = more > 0 ? [...texts.slice(0, MOST), `${more} more (see --format json)`] : texts;
  return shown.flatMap((text) => wrapped(label, text, width));
}

function findingText({ what, rule, acknowledged, severity }: Finding): string {
  const weight = acknowledged === null ? severity : "acknowledged";
  return `${weight}: ${forTerminal(what)} (${forTerminal(rule)})`;
}

/** Paths with the same origin and the same change are one line. */
function pathTexts(paths: readonly PathChange[]): readonly string[] {
  const texts = paths.map((path) => ({ path, text: stepsText(path) }));
  return grouped(texts, ({ path, text }) => {
    const { address, resource } = path.origin;
    return JSON.stringify([address, resource, text]);
  }).map((group) => {
    const named = namesOf(
      group.map(({ path }) => path),
      3,
    );
    return `${forTerminal(named)}: ${group[0]?.text}`;
  });
}

function stepsText({ base, head }: PathChange): string {
  if (head === null) {
    return `gone, was ${statementsText(base)}`;
  }
  if (base === null) {
    return `new, ${statementsText(head)}`;
  }
  const changed = STATEMENTS.filter((name) => weightOf(base[name]) !== weightOf(head[name]));
  return changed.map((name) => `${name} ${wordOf(base[name])} → ${wordOf(head[name])}`).join(", ");
}

const STATEMENTS = ["availability", "exclusivity", "rollout"] as const;

function statementsText(statements: Statements | null): string {
  return STATEMENTS.flatMap((name) => {
    const verdict = statements?.[name] ?? null;
    return verdict === null ? [] : [`${name} ${wordOf(verdict)}`];
  }).join(", ");
}

/** A rollout is of one apply: that there was none before, or that it owes nothing, is no change. */
function weightOf(verdict: Statements["rollout"]): string {
  return verdict === null || verdict === "notOwed" ? "proved" : verdict;
}

function wordOf(verdict: Statements["rollout"]): string {
  return verdict === null || verdict === "notOwed" ? "not owed" : verdict;
}
