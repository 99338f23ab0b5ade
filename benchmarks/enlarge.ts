import { isObject, type Json, type JsonObject, member } from "../lib/model/value";
import type { Size } from "./big-site";

/** Names of `big-site.ts` that every copy has anew. */
const NAMES = /\b(web|alb|r)(\d+)/g;

/**
 * A plan with everything that has a number several times over, under new numbers: Terraform itself
 * would take minutes for it. What all copies share, such as the zone and the subnets, stays one.
 *
 * @param size of the plan that is given
 */
export function enlarged(plan: JsonObject, size: Size, times: number): JsonObject {
  const per: Record<string, number> = { web: size.groups, alb: size.balancers, r: size.records };
  const copies = (item: Json): readonly Json[] => {
    const text = JSON.stringify(item);
    return Array.from({ length: times }, (_, copy) => {
      const renamed = (_whole: string, kind: string, number: string) =>
        `${kind}${Number(number) + copy * (per[kind] ?? 0)}`;
      return JSON.parse(text.replace(NAMES, renamed));
    });
  };
  const all = (list: Json | undefined): Json =>
    (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((item) => {
      return String(member(item, "address")).search(NAMES) < 0 ? [item] : copies(item);
    });
  return {
    ...plan,
    resource_changes: all(plan.resource_changes),
    planned_values: withResources(plan.planned_values, all),
    configuration: withResources(plan.configuration, all),
  };
}

function withResources(parent: Json | undefined, all: (list: Json | undefined) => Json): Json {
  const root = member(parent, "root_module");
  const resources = all(member(root, "resources"));
  return {
    ...(isObject(parent) ? parent : {}),
    root_module: { ...(isObject(root) ? root : {}), resources },
  };
}
