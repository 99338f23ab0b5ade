import { equalJson, isObject, type Json, type JsonObject, member } from "../model/value";

/** A resource that somebody changed or deleted since the last apply, outside Terraform. */
export interface Drifted {
  /** Terraform's address, with module path and instance key. */
  readonly address: string;
  readonly action: "update" | "delete";
  /** Attributes that differ, by name; none of a deleted one. */
  readonly attributes: readonly string[];
}

/** Attributes that mean nothing to who gets in. */
const NO_MATTER: ReadonlySet<string> = new Set(["tags", "tags_all", "description"]);

/**
 * Reads `resource_drift`: what the refresh before the plan found changed. A change of tags alone is
 * left out.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function driftIn(plan: JsonObject): readonly Drifted[] {
  const entries = member(plan, "resource_drift");
  return (Array.isArray(entries) ? (entries as readonly Json[]) : []).flatMap(driftOf);
}

function driftOf(entry: Json): readonly Drifted[] {
  const address = member(entry, "address");
  const change = member(entry, "change");
  const actions = member(change, "actions");
  if (typeof address !== "string" || !Array.isArray(actions)) {
    return [];
  }
  if (actions.includes("delete")) {
    return [{ address, action: "delete", attributes: [] }];
  }
  const attributes = changed(member(change, "before"), member(change, "after"));
  return attributes.length === 0 ? [] : [{ address, action: "update", attributes }];
}

function changed(before: Json | undefined, after: Json | undefined): readonly string[] {
  const [old, now] = [before, after].map((values) => (isObject(values) ? values : {}));
  const names = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  return [...names]
    .filter((name) => !NO_MATTER.has(name) && !equalJson(member(old, name), member(now, name)))
    .sort();
}
