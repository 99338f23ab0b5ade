import { type Unending, unendingSteps } from "../prove/rollout/never";
import type { World } from "../prove/rollout/world";
import type { ProvedPath } from "../prove/verdict";

/** A step that must fail, with the paths that depend on its object. */
export interface UnendingOnPaths extends Unending {
  /** Indexes of the paths, each once. */
  readonly paths: readonly number[];
}

/** Steps that must fail, of objects that some path depends on. */
export function unendingOnPaths(
  world: World,
  proved: readonly ProvedPath[],
): readonly UnendingOnPaths[] {
  const found = unendingSteps(world);
  if (found.length === 0) {
    return [];
  }
  const hostnames = new Map<string, number[]>();
  proved.forEach(({ path: { flow } }, index) => {
    hostnames.set(flow.hostname, [...(hostnames.get(flow.hostname) ?? []), index]);
  });
  const slices = [...hostnames].map(([hostname, paths]) => {
    const records = paths.flatMap((index) => {
      const flow = proved[index]?.path.flow;
      return flow === undefined ? [] : [world.recordKey(flow.input, flow.record)];
    });
    return { paths, slice: world.slice(hostname, [...new Set(records)]) };
  });
  return found
    .map((each) => {
      const own = slices.filter(({ slice }) => slice.has(each.key));
      return { ...each, paths: own.flatMap(({ paths }) => paths) };
    })
    .filter(({ paths }) => paths.length > 0);
}
