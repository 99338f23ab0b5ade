import type { Instance } from "../model/instance";
import { push } from "../read/lookup";
import type { RuleContext } from "./rule";
import { mergedIndexes, sharedRoutes } from "./shared-routes";

/** A security group of the input that filters paths, with the indexes of those. */
export interface FilteringGroup {
  readonly group: Instance;
  readonly paths: readonly number[];
}

/** The security groups that the input manages and that filter some path. */
export function groupsOnPaths({ lookup, proved }: RuleContext): readonly FilteringGroup[] {
  const byAddress = new Map<string, Instance[]>();
  for (const type of ["aws_security_group", "aws_default_security_group"]) {
    for (const group of lookup.managed(type)) {
      push(byAddress, group.address, group);
    }
  }
  const found = new Map<Instance, (readonly number[])[]>();
  for (const { route, input, paths } of sharedRoutes(proved)) {
    for (const address of new Set(route.hops.flatMap((hop) => hop.resources))) {
      const named = byAddress.get(address) ?? [];
      const own = named.filter((group) => group.input.label === input);
      // Two stacks can have groups of one address; which of them it is, the hop does not say.
      for (const group of own.length > 0 ? own : named.length === 1 ? named : []) {
        push(found, group, paths);
      }
    }
  }
  return [...found].map(([group, lists]) => ({ group, paths: mergedIndexes(lists) }));
}
