import type { RawState } from "../model/apply";
import { isObject, type Json, type JsonObject, member } from "../model/value";
import { InputError } from "./input-error";
import { keyText } from "./module-address";

const COMMAND = "terraform state pull";

/**
 * Reads what `terraform state pull` writes, for what no plan holds: whether an object was last
 * applied with `create_before_destroy`.
 *
 * @throws InputError where the text is no raw state of version 4
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statefile/version4.go#L695
 */
export function parseRawState(text: string, label: string): RawState {
  const resources = resourcesOf(stateOf(text, label), label);
  const createBeforeDestroy = new Map<string, boolean>();
  for (const resource of resources) {
    const instances = member(resource, "instances") ?? [];
    if (!Array.isArray(instances)) {
      throw new InputError(label, `has 'instances' that is no list; ${advice}`);
    }
    const block = blockOf(resource, label);
    for (const instance of member(resource, "mode") === "managed" ? (instances as Json[]) : []) {
      if (member(instance, "deposed") === undefined) {
        const key = member(instance, "index_key");
        const known = typeof key === "string" || typeof key === "number" ? key : undefined;
        const flag = member(instance, "create_before_destroy") === true;
        createBeforeDestroy.set(`${block}${keyText(known)}`, flag);
      }
    }
  }
  return { label, createBeforeDestroy };
}

const advice = `give the output of '${COMMAND}'`;

function stateOf(text: string, label: string): JsonObject {
  if (text.trim() === "") {
    throw new InputError(label, `is empty: there is no state, or it can't be read; ${advice}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InputError(label, `is no JSON, or was cut off; ${advice}`);
  }
  if (!isObject(json)) {
    throw new InputError(label, `is JSON but no raw state; ${advice}`);
  }
  return json;
}

function resourcesOf(json: JsonObject, label: string): readonly Json[] {
  if (Object.hasOwn(json, "format_version")) {
    const made = "is the output of 'terraform show -json', which has no lifecycle";
    throw new InputError(label, `${made}; ${advice}`);
  }
  if (Object.hasOwn(json, "encrypted_data")) {
    throw new InputError(label, "is an encrypted state; give the output of 'tofu state pull'");
  }
  if (member(json, "version") !== 4) {
    throw new InputError(label, `is no raw state of version 4; ${advice}`);
  }
  const resources = member(json, "resources") ?? [];
  if (!Array.isArray(resources)) {
    throw new InputError(label, `has 'resources' that is no list; ${advice}`);
  }
  return resources;
}

function blockOf(resource: Json, label: string): string {
  const [module, type, name] = ["module", "type", "name"].map((key) => member(resource, key));
  if (typeof type !== "string" || typeof name !== "string") {
    throw new InputError(label, `has a resource without 'type' or 'name'; ${advice}`);
  }
  const block = `${type}.${name}`;
  return typeof module === "string" && module !== "" ? `${module}.${block}` : block;
}
