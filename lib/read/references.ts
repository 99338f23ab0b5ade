import type { Input, Instance, ModuleStep } from "../model/instance";
import type { Expression, Reference, Step } from "../model/value";
import type { Lookup } from "./lookup";

/** Where an expression stands: references mean different things in different modules. */
export interface Scope {
  readonly input: Input;
  readonly modules: readonly ModuleStep[];
  /** `each.key` or `count.index` there. */
  readonly key: string | number | undefined;
}

/** An attribute of an instance that an expression refers to; an empty path is the whole. */
export interface Target {
  readonly instance: Instance;
  readonly path: readonly Step[];
}

/** What an expression refers to, followed through modules, locals and other stacks. */
export interface Resolution {
  readonly targets: readonly Target[];
  /** What leads to nothing that the input holds, with whether it lies outside for certain. */
  readonly opaque: readonly { readonly text: string; readonly outside: boolean }[];
  /** The value is that of the one target, and nothing else. */
  readonly exact: boolean;
  /** References that are listed more than once. */
  readonly duplicates: boolean;
}

const NOTHING: Resolution = {
  targets: [],
  opaque: [],
  exact: false,
  duplicates: false,
};

/** Longer chains of module inputs and outputs are no configuration of a person's. */
const LONGEST = 40;

/** The scope of an instance's own block. */
export function scopeOf(instance: Instance): Scope {
  return { input: instance.input, modules: instance.modules, key: instance.key };
}

/** Follows every reference of an expression to instances of the input. */
export function resolve(
  lookup: Lookup,
  expression: Expression,
  scope: Scope,
  depth = 0,
): Resolution {
  if (depth > LONGEST) {
    return {
      ...NOTHING,
      opaque: [{ text: "a chain of references without an end", outside: false }],
    };
  }
  const keyed = expression.references.some(isKey);
  const parts = expression.references
    .filter((reference) => !isKey(reference))
    .map((reference) => follow(lookup, reference, scope, keyed, depth));
  return {
    targets: parts.flatMap((part) => part.targets),
    opaque: parts.flatMap((part) => part.opaque),
    exact: expression.exact && parts.length === 1 && parts[0]?.exact === true,
    duplicates: expression.duplicates || parts.some((part) => part.duplicates),
  };
}

/** `each.key` and `count.index` serve as an index; they are no value of their own. */
function isKey(reference: Reference): boolean {
  return reference.subject.kind === "each-key" || reference.subject.kind === "count-index";
}

function follow(
  lookup: Lookup,
  reference: Reference,
  scope: Scope,
  keyed: boolean,
  depth: number,
): Resolution {
  const { subject } = reference;
  switch (subject.kind) {
    case "resource":
      return toResource(lookup, reference, scope, keyed, depth);
    case "module":
      return toOutput(lookup, reference, subject.name, scope, depth);
    case "variable":
      return toVariable(lookup, reference, subject.name, scope, depth);
    case "local": {
      const local = lookup.configuration(scope.input, scope.modules).locals.get(subject.name);
      return local !== undefined && reference.path.length === 0
        ? resolve(lookup, local, scope, depth + 1)
        : opaque(reference.text, false);
    }
    default:
      return opaque(reference.text, false);
  }
}

function toResource(
  lookup: Lookup,
  reference: Reference,
  scope: Scope,
  keyed: boolean,
  depth: number,
): Resolution {
  if (reference.subject.kind !== "resource") {
    return NOTHING;
  }
  if (reference.subject.type === "terraform_remote_state") {
    return toOtherStack(lookup, reference, scope, depth);
  }
  const all = lookup.block(scope.input, scope.modules, reference.subject);
  const [first, ...rest] = reference.path;
  const splat = first !== undefined && "splat" in first;
  if (first !== undefined && "key" in first) {
    const chosen = all.filter((instance) => instance.key === first.key || !instance.certain);
    return targets(chosen, rest, reference.text, all.length > 0);
  }
  if (reference.path.length === 0 && keyed && all.some((instance) => instance.key === scope.key)) {
    return targets(
      all.filter((instance) => instance.key === scope.key),
      [],
      reference.text,
      true,
    );
  }
  return targets(all, splat ? rest : reference.path, reference.text, false);
}

/** A block without instances (`count = 0`) gives no value; an unknown block is opaque. */
function targets(
  instances: readonly Instance[],
  path: readonly Step[],
  text: string,
  declared: boolean,
): Resolution {
  if (instances.length === 0) {
    return declared ? NOTHING : opaque(text, false);
  }
  const exact = instances.length === 1 && instances[0]?.certain === true;
  return { ...NOTHING, targets: instances.map((instance) => ({ instance, path })), exact };
}

function toOutput(
  lookup: Lookup,
  reference: Reference,
  name: string,
  scope: Scope,
  depth: number,
): Resolution {
  const [first, ...rest] = reference.path;
  const key = first !== undefined && "key" in first ? first.key : undefined;
  const [output, ...path] = key === undefined ? reference.path : rest;
  const modules = [...scope.modules, { name, key }];
  const outputs = lookup.configuration(scope.input, modules).outputs;
  const expression =
    output !== undefined && "attribute" in output ? outputs.get(output.attribute) : undefined;
  if (expression === undefined || path.some((step) => !("key" in step))) {
    return opaque(reference.text, false);
  }
  const found = resolve(lookup, expression, { ...scope, modules, key: undefined }, depth + 1);
  return path.length === 0 ? found : { ...found, exact: false };
}

function toVariable(
  lookup: Lookup,
  reference: Reference,
  name: string,
  scope: Scope,
  depth: number,
): Resolution {
  const call = scope.modules.at(-1);
  if (call === undefined) {
    return opaque(reference.text, true);
  }
  const outer = scope.modules.slice(0, -1);
  const inputs = lookup.configuration(scope.input, outer).calls.get(call.name)?.inputs;
  const given = inputs?.get(name);
  if (given?.kind !== "expression" || reference.path.some((step) => !("key" in step))) {
    return opaque(reference.text, false);
  }
  const outerScope: Scope = { input: scope.input, modules: outer, key: call.key };
  const found = resolve(lookup, given.expression, outerScope, depth + 1);
  return reference.path.length === 0 ? found : { ...found, exact: false };
}

/** An output of another stack of the same app, as cdktf wires cross-stack references. */
function toOtherStack(
  lookup: Lookup,
  reference: Reference,
  scope: Scope,
  depth: number,
): Resolution {
  const [outputs, output, ...path] = reference.path;
  const named = outputs !== undefined && "attribute" in outputs && outputs.attribute === "outputs";
  if (!named || output === undefined || !("attribute" in output) || path.length > 0) {
    return opaque(reference.text, true);
  }
  const holders = lookup.inputs.filter((input) => {
    return input !== scope.input && lookup.configuration(input, []).outputs.has(output.attribute);
  });
  const name = reference.subject.kind === "resource" ? reference.subject.name : "";
  const stack = name.replace(/^cross-stack-reference-input-/, "");
  const holder = holders.find((input) => input.label === stack) ?? holders[0];
  const ambiguous = holders.length > 1 && holder?.label !== stack;
  const found = holder && lookup.configuration(holder, []).outputs.get(output.attribute);
  if (holder === undefined || found === undefined || ambiguous) {
    return opaque(reference.text, true);
  }
  return resolve(lookup, found, { input: holder, modules: [], key: undefined }, depth + 1);
}

function opaque(text: string, outside: boolean): Resolution {
  return { ...NOTHING, opaque: [{ text, outside }] };
}
