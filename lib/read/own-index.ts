import type { Path } from "../model/path";
import { sizeKey } from "./block-sizes";
import type { Lookup } from "./lookup";
import type { Block, Scope } from "./resolution";

/**
 * Whether an index that comes with the block's own key is that key. Of `count.index + 1` a plan
 * shows no more than of `count.index`, which is likely where both blocks have as many instances.
 */
export function isOwnIndex(
  lookup: Lookup,
  subject: Block,
  { input, modules, key, block }: Scope,
): boolean {
  const { sizes } = lookup.configuration(input, []);
  if (typeof key !== "number" || block === undefined || sizes === undefined) {
    return true;
  }
  const [own, other] = [block, subject].map((each) => sizes.get(sizeKey(modules, each)));
  const same = own === other;
  if (same && own !== 1) {
    lookup.noteIndex(input);
  }
  return same;
}

/** Where an index that a plan does not show was taken for a block's own, all rests on that. */
export function withIndexes(lookup: Lookup, paths: readonly Path[]): readonly Path[] {
  const assumptions = [...lookup.indexed].map(({ label }) => {
    const text = `each index with count.index in ${label} is that number itself`;
    return { id: "binding/index", subject: label, text };
  });
  return assumptions.length === 0
    ? paths
    : paths.map((path) => ({ ...path, assumptions: [...path.assumptions, ...assumptions] }));
}
