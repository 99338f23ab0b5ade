import type { IConstruct } from "constructs";
import type { Sidecar } from "../read/sidecar";
import type { PathReport, Review } from "../rules/review-types";
import { isBelow } from "../rules/weakening";

const REQUIRED = "originproof:require-proof";

/** Marks a construct, for {@link requiredBelow}. */
export function declareRequired(scope: IConstruct): void {
  scope.node.addMetadata(REQUIRED, true);
}

/** Paths of the constructs that `requireProof` was called for. */
export function requiredBelow(root: IConstruct): readonly string[] {
  return root.node
    .findAll()
    .filter(({ node }) => node.metadata.some(({ type }) => type === REQUIRED))
    .map(({ node }) => node.path);
}

/** The paths of a review whose record lies at or below one of the constructs. */
export function pathsBelow(
  review: Review,
  sidecars: readonly Sidecar[],
  constructPaths: readonly string[],
): readonly PathReport[] {
  const records = new Set(
    sidecars.flatMap(({ resources }) =>
      Object.entries(resources)
        .filter(([, known]) => constructPaths.some((path) => isBelow(known.constructPath, path)))
        .map(([address]) => address),
    ),
  );
  return review.paths.filter(({ record }) => records.has(record));
}

/** Is a statement of the path left open? */
export function isUndetermined({ availability, exclusivity }: PathReport): boolean {
  return [availability, exclusivity].some(({ verdict }) => verdict === "undetermined");
}
