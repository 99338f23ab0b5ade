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
  return [statement, rollout].flatMap((view) => {
    const open = review.paths.filter((path) => view(path).reasons.length > 0);
    return grouped(open, (path) => kindOf(path, view)).map((paths) => blockOf(paths, view, width));
  });
}

/** What is open of a path, and why. */
type View = (path: PathReport) => { readonly name: string; readonly reasons: readonly Reason[] };

function statement({ availability, exclusivity }: PathReport): ReturnType<View> {
  return availability.verdict === "undetermined"
    ? { name: "", reasons: availability.reasons }
    : { name: " exclusivity", reasons: exclusivity.reasons };
}

/** The rollout of a path whose availability is decided: else the same reasons would be told twice. */
function rollout({ availability, rollout: found }: PathReport): ReturnType<View> {
  const open = found?.verdict === "undetermined" && availability.verdict !== "undetermined";
  return { name: " rollout", reasons: open ? found.reasons : [] };
}

/** Alike: the same statement is open for the same reasons, each about the path's own origin. */
function kindOf(path: PathReport, view: View): string {
  const own = originOf(path);
  const { name, reasons: all } = view(path);
  const reasons = all.map((reason) =>
    reason.subject === own ? patternOf(reason) : JSON.stringify([reason.id, reason.text]),
  );
  return JSON.stringify([name, ...[...new Set(reasons)].sort()]);
}

/** What the reason says of any subject. */
function patternOf({ id, subject, text }: Reason): string {
  return JSON.stringify([id, subject === "" ? text : text.replaceAll(subject, "…")]);
}

function blockOf(paths: readonly PathReport[], view: View, width: number): string {
  const reasons = paths.flatMap((path) => view(path).reasons);
  const all = new Map(reasons.map((each) => [`${each.id} ${each.text}`, each]));
  const families = grouped([...all.values()], patternOf);
  const subjects = [...new Set([...families].flatMap((each) => each[0]?.subject ?? []))];
  const others = new Set([...all.values()].map(({ subject }) => subject));
  const shown = subjects.slice(0, MOST_SUBJECTS);
  const head = shown.join(", ") + moreText(others.size - shown.length);
  const name = paths[0] === undefined ? "" : view(paths[0]).name;
  const lines: Line[] = [
    `Undetermined${name}: ${forTerminal(head)}`,
    ...pathLines(paths, view, head),
    ...[...families].map((alike): Line => ["reason", reasonText(alike)]),
  ];
  return renderBlock(lines, width);
}

/** Paths that share their reasons are one line; those to another address are another. */
function pathLines(paths: readonly PathReport[], view: View, head: string): Line[] {
  const groups = grouped(paths, (path) => JSON.stringify(view(path).reasons));
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
