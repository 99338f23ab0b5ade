import type { PathReport, Review, Statements } from "../../rules/review-types";

/** What was true of a path before: by the base, else by the plan's own prior state. */
export type Earlier = Pick<Statements, "availability" | "exclusivity"> | "new" | "not known";

/** For each path of a review, in its order. */
export function earlierOf(review: Review): readonly Earlier[] {
  const { change } = review;
  if (change === null) {
    return review.paths.map(byPlan);
  }
  const changed = new Map(change.paths.map((each) => [each.path, each]));
  return review.paths.map((path, index) => {
    const found = changed.get(index);
    return found === undefined ? statementsOf(path) : (found.base ?? "new");
  });
}

/** Only a path of an input with a prior state has a rollout. */
function byPlan(path: PathReport): Earlier {
  return path.before ?? (path.rollout === null ? "not known" : "new");
}

function statementsOf({ availability, exclusivity }: PathReport): Earlier {
  return { availability: availability.verdict, exclusivity: exclusivity.verdict };
}
