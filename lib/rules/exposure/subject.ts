import type { ProvedPath } from "../../prove/verdict";

/** The filter, or of several resources the ones whose rules admit others. */
export function exposureSubject(proved: ProvedPath): string {
  const filters = proved.path.route.hops.filter((hop) => hop.kind === "filter");
  // A group may be listed twice on one machine.
  const resources = [...new Set(filters.flatMap((hop) => hop.resources))];
  if (resources.length < 2) {
    return resources[0] ?? proved.path.flow.record;
  }
  const { others } = proved.exclusivity;
  const admitting = filters
    .flatMap((hop) => hop.admissions)
    .filter(({ bounds }) => others !== undefined && !bounds.must.intersect(others).isEmpty)
    .map(({ resource }) => resource);
  return [...new Set(admitting.length === 0 ? resources : admitting)].join(", ");
}
