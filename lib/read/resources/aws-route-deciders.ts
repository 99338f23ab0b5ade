import type { Decider } from "../../model/hop";
import { inOrderOfPrefix, type RouteEntry } from "./aws-route-entry";

/** The routes that decide where packets to an address go: the longest prefix that holds it. */
export function routeDeciders(
  table: string,
  entries: readonly RouteEntry[],
  address: bigint,
): readonly Decider[] {
  const { sorted, inOrder } = inOrderOfPrefix(entries);
  const found: Decider[] = [];
  for (const { resource, effect, certain, source, destination, target } of sorted) {
    if (source.may.has(address)) {
      const sure = inOrder && certain && source.must.has(address);
      found.push({ resource, effect, sure, text: `${destination} to ${target}` });
      if (sure) {
        return found;
      }
    }
  }
  const text = `no route of ${table} is for it`;
  return [...found, { resource: null, effect: "deny", sure: found.length === 0, text }];
}
