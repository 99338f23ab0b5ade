import { type Cidr, parseCidr } from "../../net/cidr";
import type { Verdict } from "../../prove/verdict";
import type { PathReport, Review, Statements } from "../../rules/review-types";
import { grouped, originOf } from "../text-paths";

/** What a path's verdicts were, by the base or by the plan's own prior state. */
export interface Earlier {
  /** Null where that does not tell it. */
  readonly statements: Partial<Statements> | null;
  /** The path is new: the base, or the prior state, has none like it. */
  readonly isNew: boolean;
}

/** Paths that differ in their hostname and record alone: one row, one drawing. */
export interface PathGroup {
  /** From 1, for links. */
  readonly number: number;
  readonly first: PathReport;
  readonly paths: readonly PathReport[];
  /** Indexes in `paths` of the review. */
  readonly indexes: readonly number[];
  readonly hostnames: readonly string[];
  readonly worst: Verdict;
  readonly earlier: Earlier;
  /** Another group has the same hostnames and an origin of that name: two stacks can. */
  readonly hasTwin: boolean;
}

/** The paths of a review in groups, those with the worst verdict first. */
export function pathGroups(review: Review): readonly PathGroup[] {
  const changes = new Map(review.change?.paths.map((each) => [each.path, each]));
  const indexed = review.paths.map((path, index) => {
    const change = changes.get(index);
    return { path, index, earlier: earlierOf(path, review.change !== null, change) };
  });
  const groups = grouped(indexed, ({ path, earlier }) => {
    const { hostname: _, record: __, ...rest } = path;
    return JSON.stringify([rest, earlier]);
  });
  const made = groups.flatMap((all): Omit<PathGroup, "number" | "hasTwin">[] => {
    const [first] = all;
    return first === undefined
      ? []
      : [
          {
            first: first.path,
            paths: all.map(({ path }) => path),
            indexes: all.map(({ index }) => index),
            hostnames: [...new Set(all.map(({ path }) => path.hostname))],
            worst: worstOf(first.path),
            earlier: first.earlier,
          },
        ];
  });
  const twins = new Map<string, number>();
  for (const each of made) {
    twins.set(nameOf(each), (twins.get(nameOf(each)) ?? 0) + 1);
  }
  return made
    .sort((left, right) => RANK[left.worst] - RANK[right.worst])
    .map((group, index) => {
      return { ...group, number: index + 1, hasTwin: (twins.get(nameOf(group)) ?? 0) > 1 };
    });
}

/** What rows and headings call it. */
function nameOf({ first, hostnames }: Pick<PathGroup, "first" | "hostnames">): string {
  const { origin, family } = first;
  return JSON.stringify([hostnames, originOf(first), origin.port, family]);
}

const RANK: Readonly<Record<Verdict, number>> = { refuted: 0, undetermined: 1, proved: 2 };

/** The worst of a path's statements: what it is found under by verdict. */
export function worstOf({ availability, exclusivity, rollout }: PathReport): Verdict {
  const all = [availability.verdict, exclusivity.verdict, rollout?.verdict];
  return all.includes("refuted")
    ? "refuted"
    : all.includes("undetermined")
      ? "undetermined"
      : "proved";
}

/** By the base where there is one, else by the plan's prior state. */
function earlierOf(
  path: PathReport,
  hasBase: boolean,
  change: NonNullable<Review["change"]>["paths"][number] | undefined,
): Earlier {
  if (hasBase) {
    return { statements: change?.base ?? null, isNew: change?.base === null };
  }
  return { statements: path.before, isNew: path.before === null && path.rollout !== null };
}

/** A range of the edge, on a path. */
export type RangeState = "admitted" | "cut off" | "cut off in part" | "undetermined";

/** What becomes of a range, or of a part of the edge that is in none of Cloudflare's. */
export function rangeState(path: PathReport, range: Cidr): RangeState {
  const { missing, undecided } = path.availability;
  if (missing.includes(range.text)) {
    return "cut off";
  }
  if (missing.some((text) => isIn(text, range))) {
    return "cut off in part";
  }
  return undecided.includes(range.text) || undecided.some((text) => isIn(text, range))
    ? "undetermined"
    : "admitted";
}

/** Is the range, as text, one of these or a part of one? */
export function isIn(text: string, range: Cidr): boolean {
  const parsed = parseCidr(text);
  return (
    parsed.ok &&
    parsed.value.family === range.family &&
    parsed.value.first >= range.first &&
    parsed.value.last <= range.last
  );
}
