import type { Input } from "../model/instance";
import type { Expression } from "../model/value";
import type { Lookup } from "./lookup";
import type { Resolution, Scope } from "./resolution";

/** By what is looked in, then by expression: equal texts of a plan are one object. */
const KNOWN = new WeakMap<Lookup, Map<Input, WeakMap<Expression, Resolution>>>();

/** Follows an expression of a root module once for all instances that say the same. */
export function once(
  lookup: Lookup,
  expression: Expression,
  scope: Scope,
  follow: () => Resolution,
): Resolution {
  if (scope.modules.length > 0) {
    return follow();
  }
  const inputs = kept(KNOWN, lookup, () => new Map<Input, WeakMap<Expression, Resolution>>());
  const known = kept(inputs, scope.input, () => new WeakMap<Expression, Resolution>());
  const found = known.get(expression);
  if (found !== undefined) {
    return found;
  }
  const made = follow();
  if (isPlain(expression)) {
    known.set(expression, made);
  }
  return made;
}

/** What a map has of a key, made where it has nothing yet. */
export function kept<K, V>(
  known: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const found = known.get(key);
  if (found !== undefined) {
    return found;
  }
  const made = make();
  known.set(key, made);
  return made;
}

/** It leads to the same wherever in its module it stands: no key of an instance counts. */
function isPlain({ references, keyed }: Expression): boolean {
  const plain = references.every(
    ({ subject, path }) => subject.kind === "resource" && path.every((step) => !("own" in step)),
  );
  return plain && !keyed;
}
