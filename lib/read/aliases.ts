import type { Instance } from "../model/instance";
import type { Json, Step, Value } from "../model/value";
import { attribute, bodyOf, listAttribute } from "./attributes";
import { type Follow, isRuledOut, namesOf } from "./data-arguments";
import { DATA_SOURCES, type DataSource } from "./data-sources";
import type { Lookup } from "./lookup";
import { type Resolution, resolve, scopeOf, type Target } from "./references";

/** What a data source finds, as far as the input's own resources go. */
type Alias =
  /** It is this one. */
  | { readonly kind: "same"; readonly instance: Instance }
  /** It may be one of these, or something outside; of none, it lies outside. */
  | { readonly kind: "perhaps"; readonly instances: readonly Instance[] };

const OUTSIDE: Alias = { kind: "perhaps", instances: [] };

const aliases = new WeakMap<Lookup, Map<Instance, Alias>>();

/**
 * Looks through data sources: one that names a resource of the input by its id stands for that
 * resource, and one that looks by name, tag or filter may stand for any that fits.
 */
export function throughData(lookup: Lookup, found: Resolution): Resolution {
  if (!found.targets.some(({ instance }) => instance.mode === "data")) {
    return found;
  }
  let exact = found.exact;
  const targets = found.targets.flatMap((target): readonly Target[] => {
    const path = identityPath(target);
    if (path === undefined) {
      return [target];
    }
    const alias = aliasOf(lookup, target.instance);
    if (alias.kind === "same") {
      return [{ instance: alias.instance, path }];
    }
    exact &&= alias.instances.length === 0;
    return [target, ...alias.instances.map((instance) => ({ instance, path }))];
  });
  return { ...found, targets, exact };
}

/** The same attribute of the resource; undefined where it names no object. */
function identityPath({ instance, path }: Target): readonly Step[] | undefined {
  const source = instance.mode === "data" ? DATA_SOURCES.get(instance.type) : undefined;
  const [first, ...rest] = path;
  if (source === undefined) {
    return undefined;
  }
  if (source.list === undefined) {
    const own = first !== undefined && "attribute" in first ? first.attribute : undefined;
    const name = own === undefined ? undefined : (source.identity[own] ?? own);
    return name === undefined ? path : [{ attribute: name }, ...rest];
  }
  const name =
    first !== undefined && "attribute" in first ? source.list[first.attribute] : undefined;
  return name === undefined || rest.length === 0 ? undefined : [{ attribute: name }];
}

function aliasOf(lookup: Lookup, data: Instance): Alias {
  const known = aliases.get(lookup) ?? new Map<Instance, Alias>();
  aliases.set(lookup, known);
  let alias = known.get(data);
  if (alias === undefined) {
    // A data source that leads back to itself finds nothing.
    known.set(data, OUTSIDE);
    const source = DATA_SOURCES.get(data.type);
    alias = source === undefined ? OUTSIDE : read(lookup, data, source);
    known.set(data, alias);
  }
  return alias;
}

function read(lookup: Lookup, data: Instance, source: DataSource): Alias {
  const body = bodyOf(data);
  const id = attribute(body, "id");
  if (id.kind === "known" && source.list === undefined) {
    return oneOf(managedBy(lookup, source, "id", id.value));
  }
  for (const [name, wanted] of Object.entries(source.list ?? {})) {
    const ids = listAttribute(body, name);
    if (ids !== "unset" && !ids.open) {
      const found = ids.known.flatMap((each) => managedBy(lookup, source, wanted, each));
      return { kind: "perhaps", instances: found };
    }
  }
  for (const [name, wanted] of Object.entries(source.identity)) {
    const value = attribute(body, name);
    if (value.kind === "known") {
      return oneOf(managedBy(lookup, source, wanted, value.value));
    }
    if (value.kind === "unknown") {
      return byReference(lookup, data, source, { value, wanted });
    }
  }
  return bySearch(lookup, data, source);
}

function managedBy(lookup: Lookup, source: DataSource, wanted: string, value: Json) {
  const found = source.types.flatMap((type) => lookup.byValue(type, wanted, String(value)));
  return found.filter((instance) => instance.mode === "managed");
}

function oneOf(found: readonly Instance[]): Alias {
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 && only.certain
    ? { kind: "same", instance: only }
    : { kind: "perhaps", instances: found };
}

interface Named {
  readonly value: Extract<Value, { kind: "unknown" }>;
  readonly wanted: string;
}

function byReference(
  lookup: Lookup,
  data: Instance,
  source: DataSource,
  { value, wanted }: Named,
): Alias {
  const found = follower(lookup)(value, data);
  if (found === undefined) {
    return bySearch(lookup, data, source);
  }
  const named = found.targets.filter(({ instance, path }) => {
    const [first] = path;
    const whole = first === undefined || ("attribute" in first && first.attribute === wanted);
    return source.types.includes(instance.type) && whole;
  });
  const managed = [...new Set(named.map(({ instance }) => instance))].filter(
    ({ mode }) => mode === "managed",
  );
  if (found.exact && managed.length === 1) {
    return oneOf(managed);
  }
  const others = found.targets.length > named.length || found.wrapped;
  const hidden = found.opaque.some(({ outside }) => !outside);
  // A variable, or another data source, that lies outside names nothing of the input.
  return others || hidden || (!found.exact && found.targets.length === 0)
    ? bySearch(lookup, data, source)
    : { kind: "perhaps", instances: managed };
}

function follower(lookup: Lookup): Follow {
  return (value, holder) =>
    value.kind === "unknown" && value.expression !== undefined
      ? throughData(lookup, resolve(lookup, value.expression, scopeOf(holder)))
      : undefined;
}

function bySearch(lookup: Lookup, data: Instance, source: DataSource): Alias {
  const all = source.types.flatMap((type) => lookup.managed(type));
  const found = all.filter((each) => !isRuledOut(follower(lookup), data, source, each));
  const names = source.uniqueNames === true ? namesOf(data) : undefined;
  const namesakes = found.filter((each) => names?.some((name) => namesOf(each)?.includes(name)));
  return namesakes.length === 1 ? oneOf(namesakes) : { kind: "perhaps", instances: found };
}
