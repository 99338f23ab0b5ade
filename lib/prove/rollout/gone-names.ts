import type { Instance } from "../../model/instance";
import type { Path } from "../../model/path";
import { isObject, type Json, type JsonObject, member } from "../../model/value";
import { ZoneNames } from "../../model/zone-names";

/** Addresses of nobody. */
const NOWHERE = [
  ["A", "0.0.0.0"],
  ["AAAA", "::"],
] as const;

const DESTROYED = "(destroyed)";

/** Whether a path leads to a name that is gone. */
export function isToGoneName({ flow }: Path): boolean {
  return NOWHERE.some(([, address]) => flow.origin.address === address);
}

/** Stands in a state for a name that is gone, and answers nobody. */
export function isGoneName({ type, name }: Instance): boolean {
  return isRecord(type) && name.endsWith(DESTROYED);
}

/**
 * Names that records, balancers and rules lead to, and whose own records are destroyed: they resolve to nothing,
 * unless another record of theirs or a wildcard answers. Left out, they would be names outside the
 * input.
 */
export function withGoneNames(
  present: readonly Instance[],
  gone: readonly Instance[],
): readonly Instance[] {
  const zones = new ZoneNames([...present, ...gone]);
  const names = new Set(present.flatMap((each) => zones.of(each)));
  const answered = (name: string) =>
    names.has(name) ||
    [...names].some((other) => other.startsWith("*.") && name.endsWith(other.slice(1)));
  const led = new Set(present.flatMap(contentOf));
  const left = gone.filter(
    (each) =>
      isRecord(each.type) && zones.of(each).some((name) => led.has(name) && !answered(name)),
  );
  return left.length === 0 ? present : [...present, ...left.flatMap(remainsOf)];
}

function remainsOf(gone: Instance): readonly Instance[] {
  const type = member(gone.values, "type");
  const own = NOWHERE.filter(([family]) => type === "CNAME" || type === family);
  const values: JsonObject = isObject(gone.values) ? gone.values : {};
  return own.map(([family, address]) => ({
    ...gone,
    name: `${gone.name} ${DESTROYED}`,
    values: { ...values, type: family, content: address, value: address, proxied: false },
  }));
}

function isRecord(type: string): boolean {
  return type === "cloudflare_dns_record" || type === "cloudflare_record";
}

/** By type, where it says the name that it leads to: each a path, of which lists are no step. */
const LEADS: ReadonlyMap<string, readonly string[]> = new Map([
  ["cloudflare_custom_hostname", ["custom_origin_server"]],
  ["cloudflare_custom_hostname_fallback_origin", ["origin"]],
  ["cloudflare_dns_record", ["content"]],
  ["cloudflare_load_balancer_pool", ["origins.address"]],
  ["cloudflare_page_rule", ["actions.resolve_override"]],
  ["cloudflare_record", ["content", "value"]],
  ["cloudflare_ruleset", ["rules.action_parameters.origin.host"]],
  ["cloudflare_spectrum_application", ["origin_dns.name"]],
]);

function contentOf({ type, values }: Instance): readonly string[] {
  return (LEADS.get(type) ?? []).flatMap((path) => textsAt(values, path.split(".")));
}

function textsAt(value: Json | undefined, path: readonly string[]): readonly string[] {
  const [name, ...rest] = path;
  if (name === undefined) {
    return textOf(value);
  }
  const blocks = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return blocks.flatMap((each) => textsAt(member(each, name), rest));
}

function textOf(value: unknown): readonly string[] {
  return typeof value === "string" && value !== "" ? [value.toLowerCase().replace(/\.$/, "")] : [];
}
