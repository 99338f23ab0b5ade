import type { Instance } from "./instance";
import { type Json, member } from "./value";

/** Types whose name is one of their zone's. */
const NAMED: ReadonlySet<string> = new Set([
  "cloudflare_dns_record",
  "cloudflare_load_balancer",
  "cloudflare_record",
]);

/** The zones' own names, with which the names of what they hold are completed. */
export class ZoneNames {
  readonly #byId = new Map<string, string>();
  readonly #all: readonly string[];

  public constructor(instances: Iterable<Instance>) {
    for (const { type, values } of instances) {
      if (type === "cloudflare_zone") {
        const filter = member(values, "filter");
        const [name] = [member(values, "name"), member(values, "zone"), member(filter, "name")]
          .concat(Array.isArray(filter) ? filter.map((each) => member(each as Json, "name")) : [])
          .flatMap(textOf);
        for (const id of [member(values, "id"), member(values, "zone_id")].flatMap(textOf)) {
          if (name !== undefined) {
            this.#byId.set(id, name);
          }
        }
      }
    }
    this.#all = [...new Set(this.#byId.values())];
  }

  /**
   * Hostnames in full that a record or a load balancer of Cloudflare's may have: one where its
   * zone's name is known, and as it is written where nothing is known of its zone. What else of
   * Cloudflare's has a `hostname`, such as a Worker, has it in full.
   */
  public of({ type, values }: Pick<Instance, "type" | "values">): readonly string[] {
    if (!NAMED.has(type)) {
      return type.startsWith("cloudflare_") ? textOf(member(values, "hostname")) : [];
    }
    const [given] = textOf(member(values, "name"));
    if (given === undefined) {
      return [];
    }
    const [id] = textOf(member(values, "zone_id"));
    const own = id === undefined ? undefined : this.#byId.get(id);
    if (own !== undefined) {
      return [fullName(given, own)];
    }
    const any = id === undefined ? this.#all : [];
    return [...new Set([given, ...any.map((apex) => fullName(given, apex))])];
  }
}

/**
 * A name of a zone as visitors write it: Cloudflare completes what does not end in the zone's name.
 *
 * @param apex the zone's name, in lower case; undefined: not known
 * @see https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/create/
 */
export function fullName(given: string, apex: string | undefined): string {
  const name = given.toLowerCase().replace(/\.$/, "");
  if (apex === undefined || name === apex || name.endsWith(`.${apex}`)) {
    return name;
  }
  return name === "@" ? apex : `${name}.${apex}`;
}

function textOf(value: Json | undefined): readonly string[] {
  return typeof value === "string" && value !== "" ? [value.toLowerCase().replace(/\.$/, "")] : [];
}
