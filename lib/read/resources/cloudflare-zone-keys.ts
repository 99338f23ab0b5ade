import type { Truth } from "../../edge/expression/truth";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, bodyOf, nestedBlocks } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";

/** What `zone_id` of another resource names. */
export const ZONE: Wanted = { types: ["cloudflare_zone"], attribute: "id" };

/** The data source has the id twice. */
const ZONE_DATA: Wanted = { types: ["cloudflare_zone"], attribute: "zone_id" };

/** What is known of the zone that a key stands for. */
interface Known {
  /** `id`: the key is its id. `block`: a block manages it. `other`: a data source, a variable. */
  readonly sort: "id" | "block" | "other";
  /** The plan creates it: it has no id yet. */
  readonly fresh: boolean;
  readonly name: string | undefined;
}

/** One text per zone, as far as zones can be told apart. */
export class ZoneKeys {
  readonly #known = new Map<string, Known>();
  readonly #keys = new Map<Instance, string | undefined>();

  constructor(private readonly lookup: Lookup) {}

  /** What an instance's `zone_id` leads to. */
  public bindingOf(instance: Instance): Binding {
    const id = attribute(bodyOf(instance), "zone_id");
    const scope = scopeOf(instance);
    const found = bind(this.lookup, id, scope, ZONE);
    if (found.kind === "bound" || found.kind === "unset") {
      return found;
    }
    const other = bind(this.lookup, id, scope, ZONE_DATA);
    return other.kind === "bound" ? other : found;
  }

  /** The zone's id where that is known, else the address of its block; undefined: any zone. */
  public of(instance: Instance): string | undefined {
    if (!this.#keys.has(instance)) {
      this.#keys.set(instance, this.read(instance));
    }
    return this.#keys.get(instance);
  }

  private read(instance: Instance): string | undefined {
    const binding = this.bindingOf(instance);
    if (binding.kind === "foreign") {
      const id = attribute(bodyOf(instance), "zone_id").kind === "known";
      return this.learn(binding.text, {
        sort: id ? "id" : "other",
        fresh: false,
        name: undefined,
      });
    }
    if (binding.kind !== "bound") {
      return undefined;
    }
    const zone = binding.instance;
    const id = knownString(attribute(bodyOf(zone), "id"));
    const managed = zone.mode === "managed";
    return this.learn(id ?? `${this.lookup.numberOf(zone.input)} ${zone.address}`, {
      sort: id === undefined ? (managed ? "block" : "other") : "id",
      fresh: id === undefined && managed && zone.action === "create",
      name: nameIn(zone),
    });
  }

  private learn(key: string, known: Known): string {
    this.#known.set(key, { ...known, name: known.name ?? this.#known.get(key)?.name });
    return key;
  }

  /**
   * Whether two keys stand for one zone; undefined where they may.
   *
   * @param named the name of the first, where something else tells it
   */
  public same(one: string, other: string, named?: string): Truth {
    if (one === other) {
      return true;
    }
    const left = this.#known.get(one);
    const right = this.#known.get(other);
    const name = left?.name ?? named;
    if (name !== undefined && right?.name !== undefined && name !== right.name) {
      return false;
    }
    if (left === undefined || right === undefined) {
      return undefined;
    }
    const apart =
      (left.sort === right.sort && left.sort !== "other") ||
      (left.fresh && right.sort === "id") ||
      (right.fresh && left.sort === "id");
    return apart ? false : undefined;
  }
}

/** `name`, `zone` of the older provider, or the name that a data source looks for. */
export function nameIn(zone: Instance): string | undefined {
  const body = bodyOf(zone);
  const [filter] = zone.mode === "data" ? nestedBlocks(body, "filter").blocks : [];
  const values = [body, ...(filter === undefined ? [] : [filter])].flatMap((block) => [
    attribute(block, "name"),
    attribute(block, "zone"),
  ]);
  const name = values.find((value) => value.kind === "known");
  return name === undefined || (name.kind === "known" && name.sensitive)
    ? undefined
    : knownString(name)?.toLowerCase();
}
