import type { Input, Instance } from "../model/instance";
import { type Json, member } from "../model/value";
import { InputError } from "./input-error";
import { parseModuleAddress } from "./module-address";

/** Who an instance is, apart from its values. */
export type Named = Omit<Instance, keyof Planned>;

export type Planned = Pick<
  Instance,
  "values" | "unknown" | "sensitive" | "configured" | "action" | "before"
>;

/**
 * Who an entry of `resource_changes`, of `action_invocations` or of a state is.
 *
 * @throws InputError where it has no address, type or name
 */
export function instanceName(input: Input, entry: Json): Named {
  const address = member(entry, "address");
  const type = member(entry, "type");
  const name = member(entry, "name");
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") {
    throw new InputError(input.label, "a resource lacks its 'address', 'type' or 'name'");
  }
  const key = member(entry, "index");
  const given = member(entry, "module_address");
  const module = typeof given === "string" ? given : moduleOf(address, type, name);
  return {
    input,
    address,
    mode: member(entry, "mode") === "data" ? "data" : "managed",
    type,
    name,
    modules: module === "" ? ROOT : stepsOf(module),
    key: typeof key === "string" || typeof key === "number" ? key : undefined,
    eachValue: undefined,
    certain: true,
    constructPath: undefined,
  };
}

const ROOT: Instance["modules"] = [];

/** One that can't be parsed is still a module of its own, without a configuration. */
function stepsOf(module: string): Instance["modules"] {
  return parseModuleAddress(module) ?? [{ name: module, key: undefined }];
}

/** The module part of an address of the prior state, which has no `module_address`. */
function moduleOf(address: string, type: string, name: string): string {
  if (address.length === type.length + 1 + name.length) {
    return "";
  }
  const at = address.lastIndexOf(`.${type}.${name}`);
  const module = at < 0 ? "" : address.slice(0, at);
  return module.replace(/(^|\.)(data|action)$/, "");
}
