import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Sidecar } from "../read/sidecar";
import type { PathReport, Review } from "../rules/review-types";
import { blockOf, isBelow } from "../rules/weakening";
import { visitorPortsOf } from "./declaration";

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

/**
 * The paths of a review whose record lies at or below one of the constructs. One that no construct
 * is known for counts as all of theirs: nothing must slip through.
 */
export function pathsBelow(
  review: Review,
  sidecars: readonly Sidecar[],
  constructPaths: readonly string[],
): readonly PathReport[] {
  if (constructPaths.length === 0) {
    return [];
  }
  const places = new Map<string, string[]>();
  for (const { resources } of sidecars) {
    for (const [address, { constructPath }] of Object.entries(resources)) {
      places.set(address, [...(places.get(address) ?? []), constructPath]);
    }
  }
  return review.paths.filter(({ record }) => {
    const known = places.get(blockOf(record));
    return known?.some((place) => constructPaths.some((path) => isBelow(place, path))) ?? true;
  });
}

/**
 * Records of the library at or below one of the constructs that no path of the review starts from:
 * an override made them DNS-only, or led them nowhere. Nothing is proved of such a record.
 *
 * @returns their construct paths
 */
export function recordsWithoutPath(
  review: Review,
  root: IConstruct,
  constructPaths: readonly string[],
): readonly string[] {
  if (constructPaths.length === 0) {
    return [];
  }
  const known = new Set(review.paths.map(({ input, record }) => `${input} ${blockOf(record)}`));
  return root.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .filter((element) => visitorPortsOf(element) !== undefined)
    .filter(({ node }) => constructPaths.some((path) => isBelow(node.path, path)))
    .filter((element) => {
      const address = `${element.terraformResourceType}.${element.friendlyUniqueId}`;
      return !known.has(`${TerraformStack.of(element).node.id} ${address}`);
    })
    .map(({ node }) => node.path);
}

/** What to say of {@link recordsWithoutPath}. */
export function withoutPathText(record: string): string {
  const why = "as written it is not proxied, or leads to no origin";
  return `${record} has no path to prove: ${why}; remove what overrides its attributes`;
}

/** Is a statement of the path left open? */
export function isUndetermined({ availability, exclusivity }: PathReport): boolean {
  return [availability, exclusivity].some(({ verdict }) => verdict === "undetermined");
}
