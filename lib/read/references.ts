import type { Expression, Reference } from "../model/value";
import { type KeyedScope, toResource } from "./block-references";
import { isKey, isWhole } from "./expression";
import type { Lookup } from "./lookup";
import { moduleAddress } from "./module-address";
import { NOTHING, type Opaque, opaque, type Resolution, type Scope } from "./resolution";
import { once } from "./resolved";

export { type Resolution, type Scope, scopeOf, type Target } from "./resolution";

/** Longer chains of module inputs and outputs are no configuration of a person's. */
const LONGEST = 40;

/** Names that were followed: each is followed once, however often it is used. */
interface Trail {
  readonly seen: Set<string>;
  readonly depth: number;
}

/** Follows every reference of an expression to instances of the input. */
export function resolve(lookup: Lookup, expression: Expression, scope: Scope): Resolution {
  return once(lookup, expression, scope, () =>
    resolveWithin(lookup, expression, scope, { seen: new Set(), depth: 0 }),
  );
}

function resolveWithin(
  lookup: Lookup,
  expression: Expression,
  scope: Scope,
  trail: Trail,
): Resolution {
  if (trail.depth > LONGEST) {
    return opaque("a chain of references without an end", false);
  }
  const { references, keyed } = expression;
  // A key that indexes no block is a value of its own: it may decide which reference counts.
  const indexes = references.some(isWhole);
  const parts = references
    .filter((reference) => !(indexes && isKey(reference)))
    .map((reference) => follow(lookup, reference, { ...scope, keyed }, trail));
  return {
    targets: parts.flatMap((part) => part.targets),
    opaque: parts.flatMap((part) => part.opaque),
    exact: expression.exact && parts.length === 1 && parts[0]?.exact === true,
    duplicates: expression.duplicates || parts.some((part) => part.duplicates),
    wrapped: expression.wrapped || parts.some((part) => part.wrapped),
  };
}

function follow(lookup: Lookup, reference: Reference, scope: KeyedScope, trail: Trail): Resolution {
  switch (reference.subject.kind) {
    case "resource":
      return reference.subject.type === "terraform_remote_state"
        ? toOtherStack(lookup, reference, scope, trail)
        : toResource(lookup, reference, scope);
    case "module":
      return toOutput(lookup, reference, scope, trail);
    case "variable":
      return toVariable(lookup, reference, scope, trail);
    case "local": {
      const { locals } = lookup.configuration(scope.input, scope.modules);
      const local = locals.get(reference.subject.name);
      return local !== undefined && reference.path.length === 0
        ? through(lookup, reference, local, [scope, scope, trail])
        : opaque(reference.text, false);
    }
    default:
      return opaque(reference.text, false);
  }
}

/**
 * Follows what a name stands for, in its own scope. A constant is no reference: its value is hidden
 * wherever more than one value is possible.
 */
function through(
  lookup: Lookup,
  reference: Reference,
  expression: Expression,
  [from, to, trail]: readonly [from: Scope, to: Scope, trail: Trail],
): Resolution {
  if (expression.references.length === 0) {
    const module = moduleAddress(from.modules);
    const text = module === "" ? reference.text : `${module}.${reference.text}`;
    return opaque(lookup.scopedText(from.input, text), true);
  }
  const name = `${lookup.numberOf(from.input)} ${moduleAddress(from.modules)} ${reference.text}`;
  if (trail.seen.has(name)) {
    return { ...NOTHING, duplicates: true };
  }
  trail.seen.add(name);
  const next = { seen: trail.seen, depth: trail.depth + 1 };
  return resolveWithin(lookup, expression, to, next);
}

function toOutput(lookup: Lookup, reference: Reference, scope: Scope, trail: Trail): Resolution {
  const [first, ...rest] = reference.path;
  const indexed = first !== undefined && ("key" in first || "own" in first);
  const key = !indexed ? undefined : "key" in first ? first.key : scope.key;
  const [output, ...path] = indexed ? rest : reference.path;
  const name = reference.subject.kind === "module" ? reference.subject.name : "";
  const modules = [...scope.modules, { name, key }];
  const outputs = lookup.configuration(scope.input, modules).outputs;
  const expression =
    output !== undefined && "attribute" in output ? outputs.get(output.attribute) : undefined;
  if (expression === undefined || path.some((step) => !("key" in step))) {
    return opaque(reference.text, false);
  }
  const inner = { input: scope.input, modules, key: undefined };
  const found = through(lookup, reference, expression, [scope, inner, trail]);
  return path.length === 0 ? found : { ...found, exact: false };
}

function toVariable(lookup: Lookup, reference: Reference, scope: Scope, trail: Trail): Resolution {
  const nameless = namelessness(lookup, reference, scope);
  if (nameless !== undefined) {
    return { ...NOTHING, opaque: [{ text: reference.text, outside: true, nameless }] };
  }
  const call = scope.modules.at(-1);
  if (call === undefined) {
    return opaque(lookup.scopedText(scope.input, reference.text), true);
  }
  const outer = scope.modules.slice(0, -1);
  const inputs = lookup.configuration(scope.input, outer).calls.get(call.name)?.inputs;
  const name = reference.subject.kind === "variable" ? reference.subject.name : "";
  const given = inputs?.get(name);
  if (given?.kind !== "expression" || reference.path.some((step) => !("key" in step))) {
    return opaque(reference.text, false);
  }
  const outerScope: Scope = { input: scope.input, modules: outer, key: call.key };
  const found = through(lookup, reference, given.expression, [scope, outerScope, trail]);
  return reference.path.length === 0 ? found : { ...found, exact: false };
}

function namelessness(
  lookup: Lookup,
  { subject, path }: Reference,
  scope: Scope,
): Opaque["nameless"] {
  const { variables } = lookup.configuration(scope.input, scope.modules);
  const name = subject.kind === "variable" ? subject.name : "";
  const value = path.length === 0 ? variables.get(name) : undefined;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === "boolean" || typeof value === "number") {
    return "flag";
  }
  return value === null || Object.keys(value).length === 0 ? "empty" : undefined;
}

/** An output of another stack of the same app, as cdktf wires cross-stack references. */
function toOtherStack(
  lookup: Lookup,
  reference: Reference,
  scope: Scope,
  trail: Trail,
): Resolution {
  const [outputs, output, ...path] = reference.path;
  const named = outputs !== undefined && "attribute" in outputs && outputs.attribute === "outputs";
  const name = reference.subject.kind === "resource" ? reference.subject.name : "";
  const stack = name.replace(/^cross-stack-reference-input-/, "");
  const holders = lookup.inputs.filter((input) => input !== scope.input && input.label === stack);
  const [holder, ...others] = holders;
  const whole = named && output !== undefined && "attribute" in output && path.length === 0;
  const found = whole && holder && lookup.configuration(holder, []).outputs.get(output.attribute);
  if (!whole || holder === undefined || !found || others.length > 0) {
    return opaque(lookup.scopedText(scope.input, reference.text), true);
  }
  const there = { input: holder, modules: [], key: undefined };
  return through(lookup, reference, found, [scope, there, trail]);
}
