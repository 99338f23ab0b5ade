import type { Reason } from "../model/hop";
import type { PathReport, Review } from "../rules/review-types";
import { type Line, renderBlock } from "./block";
import { forTerminal } from "./escape";
import { grouped, namesOf, originOf } from "./text-paths";

/** Lines of paths that one block has; the JSON report has all. */
const MOST_PATHS = 8;
/** Subjects that the first line of a block names. */
const MOST_SUBJECTS = 3;

/**
 * One block for each set of reasons, however many paths have it, and however many resources they
 * are true of: forty records to one address are one block, and so are forty addresses that nothing
 * in the input has.
 */
export function undeterminedBlocks(review: Review, width: number): string[] {
  const open = review.paths.filter((path) => reasonsOf(path).length > 0);
  return grouped(open, kindOf).map((paths) => blockOf(paths, width));
}

/** Alike: the same statement is open for the same reasons, each about the path's own origin. */
function kindOf(path: PathReport): string {
  const own = originOf(path);
  const reasons = reasonsOf(path).map((reason) =>
    reason.subject === own ? patternOf(reason) : JSON.stringify([reason.id, reason.text]),
  );
  return JSON.stringify([statementOf(path), ...[...new Set(reasons)].sort()]);
}

/** What the reason says of any subject. */
function patternOf({ id, subject, text }: Reason): string {
  return JSON.stringify([id, subject === "" ? text : text.replaceAll(subject, "…")]);
}

function blockOf(paths: readonly PathReport[], width: number): string {
  const all = new Map(paths.flatMap(reasonsOf).map((each) => [`${each.id} ${each.text}`, each]));
  const families = grouped([...all.values()], patternOf);
  const subjects = [...new Set([...families].flatMap((each) => each[0]?.subject ?? []))];
  const others = new Set([...all.values()].map(({ subject }) => subject));
  const shown = subjects.slice(0, MOST_SUBJECTS);
  const head = shown.join(", ") + moreText(others.size - shown.length);
  const statement = paths[0] === undefined ? "" : statementOf(paths[0]);
  const lines: Line[] = [
    `Undetermined${statement}: ${forTerminal(head)}`,
    ...pathLines(paths, head),
    ...[...families].map((alike): Line => ["reason", reasonText(alike)]),
  ];
  return renderBlock(lines, width);
}

/** Paths that share their reasons are one line; those to another address are another. */
function pathLines(paths: readonly PathReport[], head: string): Line[] {
  const groups = grouped(paths, (path) => JSON.stringify(reasonsOf(path)));
  const lines = groups.map((each) => forTerminal(namesOf(each, 1, head)));
  const rest = new Set(
    groups
      .slice(MOST_PATHS)
      .flat()
      .map(({ hostname }) => hostname),
  ).size;
  const more = rest === 0 ? [] : [`and ${rest} more hostnames (see --format json)`];
  return [...lines.slice(0, MOST_PATHS), ...more].map((text, index) => [
    index === 0 ? "paths" : "",
    text,
  ]);
}

function reasonText(alike: readonly Reason[]): string {
  const [first] = alike;
  const more = alike.length - 1;
  const text = forTerminal(first?.text ?? "");
  return more === 0 ? text : `${text} (and ${more} more like it)`;
}

function moreText(more: number): string {
  return more > 0 ? ` and ${more} more` : "";
}

function statementOf(path: PathReport): string {
  return path.availability.verdict === "undetermined" ? "" : " exclusivity";
}

function reasonsOf({ availability, exclusivity }: PathReport): readonly Reason[] {
  return availability.verdict === "undetermined" ? availability.reasons : exclusivity.reasons;
}
