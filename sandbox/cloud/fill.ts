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
export function resolve({ planned, semantics, cty, special, issuer }: Unresolved): ObjectValue {
  const types = objectTypes(cty);
  const result: ObjectValue = { ...planned };
  const names = Object.keys(types).sort((a, b) => order(a) - order(b));
  for (const name of names) {
    const type = types[name] ?? "dynamic";
    const value = planned[name] ?? null;
    if (!(value instanceof Unknown)) {
      result[name] = settle(value, type, semantics.framework);
      continue;
    }
    const template: Json | undefined =
      special[name] === undefined ? semantics.fill[name] : undefined;
    const filled = template === undefined ? special[name] : issuer.fill(template, result);
    result[name] =
      filled === undefined ? nothing(type, semantics.framework) : conform(filled, type);
  }
  return result;
}

/** Other values are made of these. */
function order(name: string): number {
  return (
    ["id", "name_prefix", "name", "owner_id", "region", "private_ip", "public_ip"].indexOf(name) >>>
    0
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
