import { zero } from "../provider/plan";
import type { CtyType } from "../provider/schema";
import type { Json, Semantics } from "../provider/semantics";
import {
  conform,
  Dynamic,
  isObject,
  type ObjectValue,
  Unknown,
  type Value,
} from "../provider/value";
import type { Issuer } from "./issue";

interface Unresolved {
  readonly planned: ObjectValue;
  readonly semantics: Semantics;
  readonly cty: CtyType;
  /** What a handler knows better than the data. */
  readonly special: ObjectValue;
  readonly issuer: Issuer;
}

/** Every unknown value decided: by a handler, by the semantics' `fill`, by what stands for nothing. */
export function resolve(given: Unresolved): ObjectValue {
  const types = objectTypes(given.cty);
  const result: ObjectValue = { ...given.planned };
  const asked = new Set<string>();
  const decide = (name: string): void => {
    if (asked.has(name) || types[name] === undefined) return;
    asked.add(name);
    // Other values are made of the region and of each other.
    for (const other of namesIn(given.semantics.fill[name])) decide(other);
    result[name] = decided(given, name, types[name], result);
  };
  for (const name of ["region", ...Object.keys(types)]) decide(name);
  return result;
}

function decided(
  { planned, semantics, special, issuer }: Unresolved,
  name: string,
  type: CtyType,
  result: ObjectValue,
): Value {
  const value = planned[name] ?? null;
  if (!(value instanceof Unknown)) return settle(value, type, semantics.framework);
  const template: Json | undefined = special[name] === undefined ? semantics.fill[name] : undefined;
  const filled = template === undefined ? special[name] : issuer.fill(template, result);
  return filled === undefined ? nothing(type, semantics.framework) : conform(filled, type);
}

/** Attributes that a template is made of. */
function namesIn(template: Json | undefined): readonly string[] {
  if (template === undefined) return [];
  return [...JSON.stringify(template).matchAll(/\{([a-z0-9_]+)(?::\d+)?\}/g)].map(([, name = ""]) =>
    name.replace(/_dashes$/, "_ip"),
  );
}

function settle(value: Value, type: CtyType, framework: boolean): Value {
  if (value instanceof Unknown) return nothing(type, framework);
  if (value === null || value instanceof Dynamic || typeof type === "string") return value;
  const [kind, inner] = type;
  if (kind === "object" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(inner).map(([name, t]) => [name, settle(value[name] ?? null, t, framework)]),
    );
  }
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    return value.map((item) => settle(item, inner, framework));
  }
  if (kind === "map" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, settle(item, inner, framework)]),
    );
  }
  return value;
}

/** The framework says null for nothing, the older SDK a zero value. */
function nothing(type: CtyType, framework: boolean): Value {
  return framework ? null : zero(type);
}

export function objectTypes(type: CtyType): Readonly<Record<string, CtyType>> {
  if (typeof type === "string" || type[0] !== "object") return {};
  return type[1];
}
