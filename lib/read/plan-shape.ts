import { isObject, type Json, type JsonObject, member } from "../model/value";
import { InputError } from "./input-error";
import { resourcesIn } from "./resources-in";

/** What Terraform can plan for an instance; a replace is two of them. */
const ACTIONS: ReadonlySet<string> = new Set([
  ...["no-op", "create", "read", "update", "delete", "forget"],
  ...["delete create", "create delete", "create forget"],
]);

/**
 * The `change` of an entry of `resource_changes`, with its actions.
 *
 * @throws InputError where a member is of another type than Terraform writes
 */
export function changeOf(
  entry: Json,
  label: string,
): { readonly change: JsonObject; readonly actions: readonly string[] } {
  const refuse = (what: string) => refusal(entry, label, what);
  const change = member(entry, "change");
  const actions = member(change, "actions");
  if (!isObject(change) || !isTextList(actions)) {
    throw refuse("no actions");
  }
  if (!ACTIONS.has(actions.length === 1 ? (actions[0] ?? "") : actions.join(" "))) {
    throw refuse(`the unknown actions ${JSON.stringify(actions)}`);
  }
  const mode = member(entry, "mode") ?? "managed";
  if (mode !== "managed" && mode !== "data") {
    throw refuse(`a 'mode' that is neither managed nor data`);
  }
  for (const key of SIDES) {
    const values = member(change, key) ?? null;
    if (values !== null && !isObject(values)) {
      throw refuse(`'${key}' that is no object`);
    }
  }
  const unknown = member(change, "after_unknown") ?? false;
  if (typeof unknown !== "boolean" && !isObject(unknown)) {
    throw refuse("'after_unknown' that is no object");
  }
  return { change, actions };
}

/**
 * The entries of `resource_changes`. Terraform leaves an empty list out; a plan without the list of
 * what it plans was cut.
 *
 * @throws InputError where they are no list, or cut out
 */
export function changesIn(plan: JsonObject, label: string): readonly Json[] {
  if (Object.hasOwn(plan, "resource_changes")) {
    const changes = plan.resource_changes;
    if (!Array.isArray(changes)) {
      const what = "'resource_changes' is no list, so this is no plan of Terraform's";
      throw new InputError(label, what);
    }
    return changes as readonly Json[];
  }
  if (resourcesIn(member(plan, "planned_values"), label).length > 0) {
    throw new InputError(
      label,
      "'planned_values' has resources, but 'resource_changes' is cut out",
    );
  }
  return [];
}

const SIDES = ["before", "after"] as const;

function refusal(entry: Json, label: string, what: string): InputError {
  const name = JSON.stringify(member(entry, "address") ?? "a resource");
  return new InputError(label, `'resource_changes' has ${what} for ${name}`);
}

/** @throws InputError where `configuration` is there and is of another type than Terraform writes */
export function checkConfiguration(plan: JsonObject, label: string): void {
  const configuration = member(plan, "configuration") ?? {};
  const root = member(configuration, "root_module") ?? {};
  const resources = member(root, "resources") ?? [];
  if (!isObject(configuration) || !isObject(root) || !Array.isArray(resources)) {
    throw new InputError(label, "'configuration' is not that of a plan of Terraform's");
  }
}

function isTextList(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
