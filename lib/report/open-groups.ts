import type { Reason } from "../model/hop";
import type { PathReport, Review } from "../rules/review-types";
import { grouped, namesOf, originOf } from "./text-paths";

/** Lines of paths that one group has; the JSON report has all. */
const MOST_PATHS = 8;
/** Subjects that the head of a group names. */
const MOST_SUBJECTS = 3;

/** What is open of some paths for the same reasons. Nothing in it is escaped. */
export interface OpenGroup {
  /** The paths themselves. */
  readonly members: readonly PathReport[];
  /** Empty for availability, else ` exclusivity` or ` rollout`. */
  readonly statement: string;
  /** What it hangs on, the first few. */
  readonly head: string;
  /** `www.example.com and 1 more → 198.51.100.7 tcp/443`, the first few. */
  readonly paths: readonly string[];
  readonly reasons: readonly { readonly text: string; readonly more: string }[];
}

/**
 * One group for each set of reasons, however many paths have it, and however many resources they
 * are true of: forty records to one address are one group, and so are forty addresses that nothing
 * in the input has.
 */
export function openGroups(review: Review): readonly OpenGroup[] {
  return [statement, rollout].flatMap((view) => {
    const open = review.paths.filter((path) => view(path).reasons.length > 0);
    return grouped(open, (path) => kindOf(path, view)).map((paths) => groupOf(paths, view));
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

/** Reasons that one remedy ends, whatever they are about. */
const ANY_SUBJECT: ReadonlySet<string> = new Set(["order/stored-flag"]);

/** Alike: the same statement is open for the same reasons, each about the path's own origin. */
function kindOf(path: PathReport, view: View): string {
  const own = originOf(path);
  const { name, reasons: all } = view(path);
  const reasons = all.map((reason) =>
    reason.subject === own || ANY_SUBJECT.has(reason.id)
      ? patternOf(reason)
      : JSON.stringify([reason.id, reason.text]),
  );
  return JSON.stringify([name, ...[...new Set(reasons)].sort()]);
}

/** What the reason says of any subject. */
function patternOf({ id, subject, text }: Reason): string {
  return JSON.stringify([id, subject === "" ? text : text.replaceAll(subject, "…")]);
}

function groupOf(paths: readonly PathReport[], view: View): OpenGroup {
  const reasons = paths.flatMap((path) => view(path).reasons);
  const all = new Map(reasons.map((each) => [`${each.id} ${each.text}`, each]));
  const families = grouped([...all.values()], patternOf);
  const subjects = [...new Set(families.flatMap((each) => each[0]?.subject ?? []))];
  const others = new Set([...all.values()].map(({ subject }) => subject));
  const shown = subjects.slice(0, MOST_SUBJECTS);
  const head = shown.join(", ") + moreText(others.size - shown.length);
  return {
    members: paths,
    statement: paths[0] === undefined ? "" : view(paths[0]).name,
    head,
    paths: pathLines(paths, view, head),
    reasons: families.map((alike) => ({
      text: alike[0]?.text ?? "",
      more: alike.length === 1 ? "" : ` (and ${alike.length - 1} more like it)`,
    })),
  };
}

/** Paths that share their reasons are one line; those to another address are another. */
function pathLines(paths: readonly PathReport[], view: View, head: string): readonly string[] {
  const groups = grouped(paths, (path) => JSON.stringify(view(path).reasons));
  const lines = groups.map((each) => namesOf(each, 1, head));
  const rest = new Set(
    groups
      .slice(MOST_PATHS)
      .flat()
      .map(({ hostname }) => hostname),
  ).size;
  const more = rest === 0 ? [] : [`and ${rest} more hostnames (see --format json)`];
  return [...lines.slice(0, MOST_PATHS), ...more];
}

function moreText(more: number): string {
  return more > 0 ? ` and ${more} more` : "";
}
