import type { ProvedPath } from "../prove/verdict";
import { push } from "../read/lookup";
import type { ReadInput } from "../read/snapshot";
import type { DriftReport } from "./review-types";

/**
 * What was changed outside Terraform since the last apply, of all that is on a path. Lists that the
 * configuration leaves to others, such as those of a group whose rules are resources, are left out:
 * Terraform's own apply fills them.
 */
export function driftOnPaths(
  reads: readonly ReadInput[],
  proved: readonly ProvedPath[],
): readonly DriftReport[] {
  const drifted = reads.flatMap(ownDrift);
  if (drifted.length === 0) {
    return [];
  }
  const paths = pathsByAddress(proved);
  return drifted.flatMap((each) => {
    const on = paths.get(each.address);
    return on === undefined ? [] : [{ ...each, paths: on }];
  });
}

/** Addresses, which are nobody's to set and everybody's to use. */
const ADDRESSES: ReadonlySet<string> = new Set(["public_ip", "ipv6_addresses", "dns_name"]);

function ownDrift({ input, instances, drift = [] }: ReadInput): Omit<DriftReport, "paths">[] {
  if (drift.length === 0) {
    return [];
  }
  const blocks = new Map(instances.map(({ address, configured }) => [address, configured]));
  return drift.flatMap((each) => {
    const configured = blocks.get(each.address);
    const attributes = each.attributes.filter((name) => {
      return ADDRESSES.has(name) || configured?.has(name) === true;
    });
    const told = each.action === "delete" || attributes.length > 0;
    return told ? [{ input: input.label, ...each, attributes }] : [];
  });
}

/** Indexes of the paths by everything that they name: record, origin, hops, rules that admit. */
function pathsByAddress(proved: readonly ProvedPath[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  proved.forEach(({ path: { flow, route } }, index) => {
    const named = route.hops.flatMap(({ resources, admissions }) => [
      ...resources,
      ...admissions.map(({ resource }) => resource),
    ]);
    const origin = flow.origin.resource === null ? [] : [flow.origin.resource];
    for (const address of new Set([flow.record, ...origin, ...named])) {
      push(found, address, index);
    }
  });
  return found;
}
