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
  if (scope.modules.length > 0 || !isPlain(expression)) {
    return follow();
  }
  const inputs = KNOWN.get(lookup) ?? new Map<Input, WeakMap<Expression, Resolution>>();
  KNOWN.set(lookup, inputs);
  const known = inputs.get(scope.input) ?? new WeakMap<Expression, Resolution>();
  inputs.set(scope.input, known);
  const found = known.get(expression) ?? follow();
  known.set(expression, found);
  return found;
}

/** It leads to the same wherever in its module it stands: no key of an instance counts. */
function isPlain({ references, keyed }: Expression): boolean {
  const plain = references.every(
    ({ subject, path }) => subject.kind === "resource" && path.every((step) => !("own" in step)),
  );
  return plain && !keyed;
}
