import { type Json, member } from "../model/value";
import { InputError } from "./input-error";

/** Every resource below `values` of a state, modules included, without recursion. */
export function resourcesIn(values: Json | undefined, label: string): Json[] {
  const found: Json[] = [];
  const modules: (Json | undefined)[] = [member(values, "root_module")];
  while (modules.length > 0) {
    const module = modules.pop();
    for (const resource of listIn(module, "resources", label)) {
      found.push(resource);
    }
    for (const child of listIn(module, "child_modules", label)) {
      modules.push(child);
    }
  }
  return found;
}

function listIn(module: Json | undefined, key: string, label: string): readonly Json[] {
  const list = member(module, key) ?? [];
  if (!Array.isArray(list)) {
    throw new InputError(label, `'${key}' is no list, so this is no JSON of Terraform's`);
  }
  return list;
}
