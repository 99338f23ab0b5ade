import type { PathMatch } from "./path-match";
import type { PathChange, PathReport, Review, Statements } from "./review-types";

/** Paths that are new, are gone, or have another verdict. */
export function pathChanges(head: Review, base: Review, match: PathMatch): readonly PathChange[] {
  const own = head.paths.flatMap((path, index): readonly PathChange[] => {
    const before = match.inBase(index);
    const same = before !== undefined && VERDICTS.every((of) => of(path) === of(before));
    return same ? [] : [{ ...nameOf(path), path: index, ...verdicts(before, path) }];
  });
  const gone = base.paths.flatMap((path, index): readonly PathChange[] =>
    match.indexInHead(index) === undefined
      ? [{ ...nameOf(path), path: null, ...verdicts(path, undefined) }]
      : [],
  );
  return [...own, ...gone];
}

/** Rollouts are of two applies: that one of them owes nothing, or has no prior state, is no change. */
const VERDICTS: readonly ((path: PathReport) => string)[] = [
  ({ availability }) => availability.verdict,
  ({ exclusivity }) => exclusivity.verdict,
  ({ rollout }) => (rollout === null || rollout.verdict === "notOwed" ? "proved" : rollout.verdict),
];

function nameOf(path: PathReport): Pick<PathChange, "hostname" | "record" | "family" | "origin"> {
  const { hostname, record, family, origin } = path;
  return { hostname, record, family, origin };
}

function verdicts(
  base: PathReport | undefined,
  head: PathReport | undefined,
): Pick<PathChange, "base" | "head"> {
  return { base: statementsOf(base), head: statementsOf(head) };
}

function statementsOf(path: PathReport | undefined): Statements | null {
  if (path === undefined) {
    return null;
  }
  const { availability, exclusivity, rollout } = path;
  return {
    availability: availability.verdict,
    exclusivity: exclusivity.verdict,
    rollout: rollout?.verdict ?? null,
  };
}
