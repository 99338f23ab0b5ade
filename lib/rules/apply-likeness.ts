import type { Step } from "../model/rollout";
import { isObject, type Json } from "../model/value";
import type { Both } from "../prove/rollout/things";
import { RECORD_TYPES } from "../read/link-rules";

/** Attributes of a record that make no difference to its paths. */
const OWN: ReadonlySet<string> = new Set([
  "created_on",
  "hostname",
  "id",
  "modified_on",
  "name",
  "comment",
  "comment_modified_on",
  "tags",
]);

/** Types by which hostnames are told apart, in ways that a state in between may show first. */
const BY_HOSTNAME =
  /^cloudflare_(cloud_connector_rules|load_balancer|page_rule|ruleset|snippet_rules|workers?_route|workers?_(custom_)?domain)$/;

/** Keys of what changes on Cloudflare's side, records left aside. */
export function edgeChanges(
  steps: readonly Step[],
  keyOf: (step: Step) => string,
): ReadonlySet<string> {
  const own = steps.filter(({ type }) => type.startsWith("cloudflare_") && !RECORD_TYPES.has(type));
  return new Set(own.map(keyOf));
}

export function tellsApart(things: ReadonlyMap<string, Both>, slice: ReadonlySet<string>): boolean {
  return [...slice].some((key) => {
    const { before, after } = things.get(key) ?? {};
    return BY_HOSTNAME.test((after ?? before)?.type ?? "");
  });
}

/** One text for what a hostname depends on, where its records stay as they are. */
export function likenessOf(
  things: ReadonlyMap<string, Both>,
  records: readonly string[],
  slice: ReadonlySet<string>,
): string | undefined {
  const own = new Set(records);
  const signatures: string[] = [];
  for (const key of records) {
    const { before, after } = things.get(key) ?? {};
    const signature = after?.action === "keep" ? signatureOf(after.values) : undefined;
    if (before === undefined || signature === undefined) {
      return undefined;
    }
    signatures.push(signature);
  }
  const rest = [...slice].filter((key) => !own.has(key)).sort();
  return JSON.stringify([signatures.sort(), rest]);
}

/** What a record says, apart from its name; undefined where a value is no plain one. */
function signatureOf(values: Json): string | undefined {
  const members = Object.entries(isObject(values) ? values : {}).filter(([name, value]) => {
    return !OWN.has(name) && !isEmpty(value);
  });
  const plain = members.every(([, value]) => value === null || typeof value !== "object");
  return plain ? JSON.stringify(members) : undefined;
}

/** `settings: {}` and the like say nothing, nor does an object of nothing but nulls. */
function isEmpty(value: Json): boolean {
  const inner = typeof value === "object" && value !== null ? Object.values(value) : undefined;
  return inner?.every((item) => item === null) === true;
}
