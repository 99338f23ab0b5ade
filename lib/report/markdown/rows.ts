import type { PathReport, Review } from "../../rules/review-types";
import { grouped, originOf } from "../text-paths";
import { type Earlier, earlierOf } from "./earlier";
import { cutShare, type Said, worst } from "./verdict";

/** More origins of the same verdicts, none of them refuted, are one row. */
const MOST_ROWS = 3;

/** A path before and after. */
interface Entry {
  readonly path: Pick<PathReport, "hostname" | "family" | "origin">;
  readonly before: Earlier;
  /** Null where the path ends. */
  readonly after: Pick<PathReport, "availability" | "exclusivity" | "rollout"> | null;
}

/** Paths with equal verdicts, before and after. */
export interface Row extends Omit<Entry, "path"> {
  readonly paths: readonly Entry["path"][];
  /** As before, and nothing of it refuted. */
  readonly isUnchanged: boolean;
  /** The part of the edge that is cut off, of the worst of them. */
  readonly cut: number;
}

/** Every path of the review, and those that are gone, the worst first. */
export function rowsOf(review: Review): readonly Row[] {
  const entries = entriesOf(review);
  // Ports and families of one hostname and origin, as long as the verdicts are the same ...
  const own = grouped(entries, (each) => {
    return JSON.stringify([each.path.hostname, originOf(each.path), statementsOf(each)]);
  });
  // ... with hostnames that have the same of them ...
  const alike = grouped(own, (each) =>
    JSON.stringify([originOf(firstOf(each).path), kindOf(each)]),
  );
  // ... and many origins, where nothing is refuted.
  const kinds = grouped(
    alike.map((each) => each.flat()),
    (each) => JSON.stringify(kindOf(each)),
  );
  return kinds
    .flatMap((each) =>
      each.length > MOST_ROWS && !isRefuted(firstOf(each.flat())) ? [each.flat()] : each,
    )
    .map(rowOf)
    .toSorted((left, right) => weightOf(left) - weightOf(right));
}

function entriesOf(review: Review): readonly Entry[] {
  const earlier = earlierOf(review);
  const here = review.paths.map((path, index): Entry => {
    return { path, before: earlier[index] ?? "not known", after: path };
  });
  const gone = review.change?.paths.filter(({ path }) => path === null);
  const ended = gone?.map((path) => ({ path, before: path.base ?? ("not known" as const) }));
  const byPlan = review.gone.map((path) => ({ path, before: path.before }));
  return [...here, ...(ended ?? byPlan).map((each): Entry => ({ ...each, after: null }))];
}

function firstOf(entries: readonly Entry[]): Entry {
  const [first] = entries;
  if (first === undefined) {
    throw new Error("a group has a member");
  }
  return first;
}

/** Equal for hostnames with the same ports, families and verdicts. */
function kindOf(entries: readonly Entry[]): unknown {
  const targets = entries.map(({ path }) => `${path.family} ${path.origin.port}`);
  return [[...new Set(targets)].sort(), statementsOf(firstOf(entries))];
}

function statementsOf({ before, after }: Entry): unknown {
  const { availability, exclusivity } = typeof before === "string" ? NONE : before;
  return [typeof before === "string" ? before : [availability, exclusivity], verdictsOf(after)];
}

const NONE = { availability: null, exclusivity: null };

function verdictsOf(after: Entry["after"]): readonly Said[] {
  return after === null
    ? []
    : [
        after.availability.verdict,
        after.exclusivity.verdict,
        ...(after.rollout === null ? [] : [after.rollout.verdict]),
      ];
}

function isRefuted({ after }: Pick<Entry, "after">): boolean {
  return verdictsOf(after).includes("refuted");
}

function rowOf(entries: readonly Entry[]): Row {
  const { before, after } = firstOf(entries);
  const isUnchanged = isSame(before, after) && !isRefuted({ after });
  const cuts = entries.map(({ path: { family }, after: now }) => {
    return now === null ? 0 : cutShare({ ...now, family });
  });
  const cut = cuts.reduce((most, each) => Math.max(most, each), 0);
  return { paths: entries.map(({ path }) => path), before, after, isUnchanged, cut };
}

function isSame(before: Earlier, after: Entry["after"]): boolean {
  if (after === null || typeof before === "string") {
    return false;
  }
  // A rollout is open for reasons of its own where what is there before and after is proved.
  const isOpen = after.rollout?.verdict === "undetermined";
  return (
    before.availability === after.availability.verdict &&
    before.exclusivity === after.exclusivity.verdict &&
    !(isOpen && before.availability === "proved")
  );
}

const RANK = { refuted: 0, undetermined: 2, proved: 4 } as const;

/** Availability first, where most is cut off; then the other statements; then what is gone. */
function weightOf({ after, cut }: Row): number {
  if (after === null) {
    return 1.5;
  }
  const others = worst(verdictsOf(after).slice(1));
  return Math.min(RANK[after.availability.verdict], RANK[others] + 1) - cut / 2;
}
