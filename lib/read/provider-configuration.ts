import { isObject, type Json, type JsonObject, member } from "../model/value";

/** `configuration.provider_config` of a plan, and which block uses which of them. */
export class ProviderConfigurations {
  /** By key: provider, module and expressions. */
  public readonly all: ReadonlyMap<string, Json>;
  readonly #byBlock = new Map<string, string>();

  constructor(plan: JsonObject) {
    const configured = member(member(plan, "configuration"), "provider_config");
    this.all = new Map(isObject(configured) ? Object.entries(configured) : []);
  }

  /** Remembers the configuration that a block names; returns its vertex. */
  public use(block: string, key: Json | undefined): string | undefined {
    const found = typeof key === "string" ? this.find(key) : undefined;
    if (found !== undefined) {
      this.#byBlock.set(block, found);
    }
    return found === undefined ? undefined : `provider:${found}`;
  }

  /**
   * Who serves an object. One whose block is gone is served by the configuration that its state
   * names, which plan JSON does not: every configuration of the provider is possible.
   */
  public serving(
    block: string,
    provider: Json | undefined,
  ): { readonly name: string; readonly vertices: readonly string[] } {
    const key = this.#byBlock.get(block);
    if (key !== undefined) {
      return { name: `provider:${key}`, vertices: [`provider:${key}`] };
    }
    const fits = [...this.all].filter(([, each]) => member(each, "full_name") === provider);
    const vertices = fits.map(([each]) => `provider:${each}`);
    const [only, ...others] = vertices;
    const name = typeof provider === "string" ? provider : "";
    return { name: only !== undefined && others.length === 0 ? only : name, vertices };
  }

  /** A key, or that of the module above which hands its configuration down. */
  private find(key: string): string | undefined {
    const [module, name] = key.includes(":") ? key.split(":", 2) : ["", key];
    const path = module === undefined || module === "" ? [] : module.split(".");
    for (let length = path.length; length >= 0; length -= 2) {
      const scope = path.slice(0, length).join(".");
      const candidate = scope === "" ? `${name}` : `${scope}:${name}`;
      if (this.all.has(candidate)) {
        return candidate;
      }
    }
    return undefined;
  }
}
