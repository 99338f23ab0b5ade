import type { Instance } from "../model/instance";
import type { Expression, Json, Step, Value } from "../model/value";
import { throughData } from "./aliases";
import type { ListValue } from "./attributes";
import type { Lookup } from "./lookup";
import { keyText } from "./module-address";
import { type Resolution, resolve, type Scope, type Target } from "./references";
import { withoutEmpty } from "./resolution";
import { kept } from "./resolved";

/** Resource types, and the attribute of theirs that another resource names them by. */
export interface Wanted {
  readonly types: readonly string[];
  readonly attribute: string;
  /** Types that name it by another attribute: a VPC has its default group's id. */
  readonly also?: Wanted;
}

/** What a value that names one resource leads to. */
export type Binding =
  | { readonly kind: "unset" }
  | { readonly kind: "bound"; readonly instance: Instance }
  /** Known to lie outside the input: an id, a variable, another state. */
  | { readonly kind: "foreign"; readonly text: string }
  /** It may be any of the candidates; where `open`, something else too. */
  | {
      readonly kind: "uncertain";
      readonly candidates: readonly Instance[];
      readonly open: boolean;
      readonly text: string;
    };

/** Binds a value that names one resource: by value where it is known, else by its references. */
export function bind(lookup: Lookup, value: Value, scope: Scope, wanted: Wanted): Binding {
  if (value.kind === "unset") {
    return { kind: "unset" };
  }
  if (value.kind === "known") {
    return bindText(lookup, value, wanted);
  }
  return value.expression === undefined
    ? { kind: "uncertain", candidates: [], open: true, text: "a value known after apply" }
    : bindReferences(lookup, followed(lookup, value.expression, scope), wanted);
}

function followed(lookup: Lookup, expression: Expression, scope: Scope): Resolution {
  return throughData(lookup, resolve(lookup, expression, scope));
}

interface KnownText {
  readonly value: Json;
  readonly sensitive: boolean;
}

function bindText(lookup: Lookup, { value, sensitive }: KnownText, wanted: Wanted): Binding {
  if (typeof value === "object") {
    return { kind: "uncertain", candidates: [], open: true, text: "a value that is no text" };
  }
  const id = String(value);
  const text = sensitive ? lookup.hiddenText(id) : id;
  const named = (by: Wanted) => by.types.flatMap((type) => lookup.byValue(type, by.attribute, id));
  const own = named(wanted);
  const found = own.length > 0 || wanted.also === undefined ? own : named(wanted.also);
  const managed = found.filter((instance) => instance.mode === "managed");
  const [only, ...others] = managed.length > 0 ? managed : found.slice(0, 1);
  if (only === undefined) {
    return { kind: "foreign", text };
  }
  return others.length === 0 && only.certain
    ? { kind: "bound", instance: only }
    : { kind: "uncertain", candidates: [only, ...others], open: !only.certain, text };
}

/** What references lead to, by what is wanted of them: equal expressions are followed once. */
const BOUND = new WeakMap<Wanted, WeakMap<Resolution, Binding>>();

function bindReferences(lookup: Lookup, found: Resolution, wanted: Wanted): Binding {
  const bound = kept(BOUND, wanted, () => new WeakMap<Resolution, Binding>());
  return kept(bound, found, () => readReferences(lookup, found, wanted));
}

function readReferences(lookup: Lookup, found: Resolution, wanted: Wanted): Binding {
  const { fitting, opaque } = sift(withoutNameless(found), wanted);
  const candidates = [...new Set(fitting.map((target) => target.instance))];
  const [only] = candidates;
  const closed = opaque.length === 0 && !found.wrapped;
  if (only !== undefined && candidates.length === 1 && closed && only.certain) {
    return { kind: "bound", instance: only };
  }
  const text = [...candidates.map((instance) => instance.address), ...opaque].join(", ");
  const outside = candidates.length === 0 && found.exact ? outsideText(lookup, found) : undefined;
  return outside === undefined
    ? { kind: "uncertain", candidates, open: !closed || candidates.length === 0, text }
    : { kind: "foreign", text: outside };
}

/** A value that is one name is no flag, and a flag is all that some variables are. */
function withoutNameless(found: Resolution): Resolution {
  const opaque = found.opaque.filter((part) => part.nameless === undefined);
  return opaque.length === found.opaque.length ? found : { ...found, opaque, exact: false };
}

/**
 * A name for what one reference alone gives, where that lies outside: the same text is the same
 * value. A second reference, or a key among them, may pick another value each time.
 */
function outsideText(lookup: Lookup, found: Resolution): string | undefined {
  const [part] = found.opaque;
  const [target] = found.targets;
  if (target === undefined) {
    return part?.outside === true ? part.text : undefined;
  }
  const { instance, path } = target;
  const named = path.every((step) => "attribute" in step || "key" in step);
  const steps = path.map((step) => ("attribute" in step ? `.${step.attribute}` : indexText(step)));
  const known = path.length > 0 && named && instance.mode === "data";
  return known
    ? lookup.scopedText(instance.input, `${instance.address}${steps.join("")}`)
    : undefined;
}

function indexText(step: Step): string {
  return "key" in step ? keyText(step.key) : "";
}

/** Splits what an expression refers to in what can name a wanted resource, and the rest. */
function sift(found: Resolution, wanted: Wanted): { fitting: Target[]; opaque: string[] } {
  const fitting: Target[] = [];
  const opaque = found.opaque.map((part) => part.text);
  for (const target of found.targets) {
    if (fits(target, wanted)) {
      fitting.push(target);
    } else {
      opaque.push(target.instance.address);
    }
  }
  return { fitting, opaque };
}

/** A bare reference, as a splat or a computed index leaves it, may end in any attribute. */
function fits(target: Target, wanted: Wanted): boolean {
  const [first, ...rest] = target.path;
  const { also } = wanted;
  const named =
    first === undefined ||
    ("attribute" in first && first.attribute === wanted.attribute && rest.length === 0);
  return (
    (named && wanted.types.includes(target.instance.type)) ||
    (also !== undefined && first !== undefined && fits(target, also))
  );
}

/** What a list of ids leads to: who is surely in it, and who may be. */
export interface ListBinding {
  readonly certain: readonly (Instance | { readonly foreign: string })[];
  readonly candidates: readonly Instance[];
  /** Others, that the input does not hold, may be in it. */
  readonly open: boolean;
  /** Why it is open, or who the candidates are. */
  readonly text: string;
  /** The candidates are listed as nothing but resource ids, each once. */
  readonly onlyIds: boolean;
}

/** Binds a list of ids. Known elements are members; references are candidates. */
export function bindList(
  lookup: Lookup,
  list: ListValue,
  scope: Scope,
  wanted: Wanted,
): ListBinding {
  if (list.open && list.expression?.items !== undefined) {
    return bindItems(lookup, list, scope, wanted);
  }
  const { sensitive } = list;
  const known = list.known.map((value) => bindText(lookup, { value, sensitive }, wanted));
  const certain = known.flatMap(memberOf);
  if (!list.open) {
    return {
      certain,
      candidates: [],
      open: certain.length < known.length,
      text: "",
      onlyIds: false,
    };
  }
  if (list.expression === undefined) {
    const text = "a list known after apply";
    return { certain, candidates: [], open: true, text, onlyIds: false };
  }
  return bindOpenList(followed(lookup, list.expression, scope), certain, wanted);
}

function bindOpenList(
  found: Resolution,
  certain: ListBinding["certain"],
  wanted: Wanted,
): ListBinding {
  const { fitting, opaque } = sift(withoutEmpty(found), wanted);
  const candidates = [...new Set(fitting.map((target) => target.instance))];
  const open = opaque.length > 0 || candidates.length === 0 || certain.length > 0 || found.wrapped;
  const text = [...candidates.map((instance) => instance.address), ...opaque].join(", ");
  const twice = found.duplicates && candidates.length > 1;
  const onlyIds = !open && !twice && candidates.every(({ certain: sure }) => sure);
  if (found.exact && onlyIds) {
    return { certain: candidates, candidates: [], open: false, text, onlyIds: false };
  }
  return { certain, candidates, open, text, onlyIds };
}

/** A list of Terraform's JSON syntax, item by item: exact where each item is one reference. */
function bindItems(lookup: Lookup, list: ListValue, scope: Scope, wanted: Wanted): ListBinding {
  const items = list.expression?.items ?? [];
  const certain: (Instance | { foreign: string })[] = [];
  const candidates: Instance[] = [];
  const texts: string[] = [];
  let open = false;
  for (const item of items) {
    if ("literal" in item && item.literal === null) {
      continue;
    }
    const binding =
      "literal" in item
        ? bindText(lookup, { value: item.literal, sensitive: list.sensitive }, wanted)
        : bindReferences(lookup, followed(lookup, item, scope), wanted);
    if (binding.kind === "uncertain") {
      candidates.push(...binding.candidates);
      open ||= binding.open;
      texts.push(binding.text);
    } else {
      certain.push(...memberOf(binding));
    }
  }
  return { certain, candidates, open, text: texts.join(", "), onlyIds: false };
}

function memberOf(binding: Binding): (Instance | { foreign: string })[] {
  if (binding.kind === "bound") {
    return [binding.instance];
  }
  return binding.kind === "foreign" ? [{ foreign: binding.text }] : [];
}
