import type { Hop } from "../model/hop";
import type { Family } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import { globallyReachable } from "../net/special-purpose";
import type { RuleContext } from "./rule";

/** Strangers among some sources: neither the edge nor declared for a port of these resources. */
export function strangers(
  sources: CidrSet,
  { port, resources }: { readonly port: number; readonly resources: Hop["resources"] },
  context: RuleContext,
): CidrSet {
  const { family } = sources;
  const declared = exceptionsFor({ port, resources }, family, context);
  return sources
    .intersect(globallyReachable(family))
    .minus(CidrSet.unionAll(family, [context.edge(family), ...declared]));
}

function exceptionsFor(
  { port, resources }: { readonly port: number; readonly resources: Hop["resources"] },
  family: Family,
  { declarations }: RuleContext,
): readonly CidrSet[] {
  return declarations.flatMap(({ weakening, exception }) => {
    const counts =
      exception !== null &&
      weakening.state !== "expired" &&
      exception.family === family &&
      (exception.ports.length === 0 || exception.ports.includes(port)) &&
      (exception.resources === undefined ||
        resources.some((address) => exception.resources?.has(address)));
    return counts ? [exception.sources] : [];
  });
}
