import { isObject, type Json, type JsonObject, member } from "../model/value";
import { ProviderConfigurations } from "./provider-configuration";

/** The provider configuration of a block. */
export interface ProviderOf {
  /** Of the provider configurations of an input, the same for the same one. */
  readonly key: string;
  /** Where its configuration says so. */
  readonly region: string | undefined;
}

/** Finds the provider configuration of a block, by the names of its modules and its own. */
export type ProviderKeys = (modules: readonly string[], block: string) => ProviderOf | undefined;

/** The provider configurations of a plan's blocks: read when the first is asked for. */
export function planProviders(plan: JsonObject): ProviderKeys {
  let keys: Map<string, ProviderOf> | undefined;
  return (modules, block) => {
    keys ??= keysIn(plan);
    return keys.get([...modules, block].join(" "));
  };
}

function keysIn(plan: JsonObject): Map<string, ProviderOf> {
  const configured = new ProviderConfigurations(plan);
  const found = new Map<string, ProviderOf>();
  const root = member(member(plan, "configuration"), "root_module");
  const modules: [names: readonly string[], module: Json | undefined][] = [[[], root]];
  for (let next = modules.pop(); next !== undefined; next = modules.pop()) {
    const [names, module] = next;
    for (const resource of listOf(member(module, "resources"))) {
      const name = `${text(resource, "mode")}.${text(resource, "type")}.${text(resource, "name")}`;
      const vertex = configured.use(name, member(resource, "provider_config_key"));
      const key = vertex?.slice("provider:".length);
      if (key !== undefined) {
        const given = member(member(configured.all.get(key), "expressions"), "region");
        const region = text(given, "constant_value");
        found.set([...names, name].join(" "), { key, region: region === "" ? undefined : region });
      }
    }
    const calls = member(module, "module_calls");
    for (const [name, call] of isObject(calls) ? Object.entries(calls) : []) {
      modules.push([[...names, name], member(call, "module")]);
    }
  }
  return found;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined, name: string): string {
  const found = member(value, name);
  return typeof found === "string" ? found : "";
}
