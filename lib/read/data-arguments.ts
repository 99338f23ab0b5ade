import type { Instance } from "../model/instance";
import { type Json, knownString, member, type Value } from "../model/value";
import { attribute, type Block, bodyOf, listAttribute, nestedBlocks } from "./attributes";
import { type DataSource, FILTERS, TELLING } from "./data-sources";
import type { Resolution } from "./references";

/** Follows a value of an instance, through other data sources. */
export type Follow = (value: Value, holder: Instance) => Resolution | undefined;

/** What an attribute of the object must be: one of the texts, or what a reference gives. */
interface Condition {
  readonly attribute: string;
  readonly texts: readonly string[] | undefined;
  readonly value: Value;
}

/** Whether what a data source looks for can't be this resource. */
export function isRuledOut(
  follow: Follow,
  data: Instance,
  source: DataSource,
  candidate: Instance,
): boolean {
  const { onlyDefault } = source;
  const only = onlyDefault && attribute(bodyOf(data), onlyDefault.argument);
  if (only?.kind === "known" && only.value === true) {
    if (onlyDefault?.types.includes(candidate.type) !== true) {
      return true;
    }
  }
  return (
    conditionsOf(data).some((condition) => fails(follow, data, condition, candidate)) ||
    hasOtherTag(data, candidate)
  );
}

/** The names that a zone has or that a data source looks for; undefined where they can't be told. */
export function namesOf(instance: Instance): readonly string[] | undefined {
  const body = bodyOf(instance);
  const filters = instance.mode === "data" ? nestedBlocks(body, "filter").blocks : [];
  const texts = [body, ...filters].flatMap((block) =>
    ["name", "zone"].map((name) => knownString(attribute(block, name))?.toLowerCase()),
  );
  const found = texts.filter((text) => text !== undefined);
  return found.length === 0 ? undefined : found;
}

function conditionsOf(data: Instance): readonly Condition[] {
  const body = bodyOf(data);
  const own = TELLING.map((name) => conditionOf(name, attribute(body, name)));
  const filters = nestedBlocks(body, "filter").blocks.flatMap((block) => {
    // Cloudflare's filter has the attributes themselves.
    const plain = ["name", "zone"].map((name) => attribute(block, name));
    return isAws(data) ? filterOf(block) : plain.map((value) => conditionOf("name", value));
  });
  return [...own, ...filters].flatMap((each) => each ?? []);
}

function isAws({ type }: Instance): boolean {
  return type.startsWith("aws_");
}

function filterOf(block: Block): readonly (Condition | undefined)[] {
  const name = FILTERS.get(knownString(attribute(block, "name")) ?? "");
  const list = listAttribute(block, "values");
  if (name === undefined || list === "unset") {
    return [];
  }
  if (!list.open) {
    return [texts(name, list.known)];
  }
  const { expression } = list;
  return [conditionOf(name, { kind: "unknown", expression })];
}

function texts(name: string, values: readonly Json[]): Condition | undefined {
  const found = values.map(String);
  const value: Value = { kind: "unset" };
  // A wildcard, or an operator as in "contains:shop", fits more than it says.
  return found.some((text) => /[*?]|^[a-z_]+:/.test(text))
    ? undefined
    : { attribute: name, texts: found, value };
}

function conditionOf(name: string, value: Value): Condition | undefined {
  if (value.kind === "known") {
    const plain = typeof value.value === "string" || typeof value.value === "number";
    return plain && value.value !== "" ? texts(name, [value.value]) : undefined;
  }
  return value.kind === "unset" ? undefined : { attribute: name, texts: undefined, value };
}

function fails(follow: Follow, data: Instance, wanted: Condition, candidate: Instance): boolean {
  const body = bodyOf(candidate);
  const own = attribute(body, wanted.attribute);
  if (wanted.texts === undefined) {
    return isOther(follow, [wanted.value, data], [own, candidate]);
  }
  if (own.kind === "known") {
    const text = String(own.value).toLowerCase();
    return !wanted.texts.some((each) => each.toLowerCase() === text);
  }
  return (
    wanted.attribute === "name" && own.kind === "unset" && !mayBeNamed(candidate, wanted.texts)
  );
}

/** A name that nobody sets is made by AWS or the provider, from a prefix. */
function mayBeNamed(candidate: Instance, names: readonly string[]): boolean {
  if (candidate.type.startsWith("aws_default_")) {
    return names.includes("default");
  }
  const prefix = attribute(bodyOf(candidate), "name_prefix");
  if (!isAws(candidate) || prefix.kind === "unknown") {
    return true;
  }
  const starts = prefix.kind === "known" ? [String(prefix.value)] : ["terraform-", "tf-"];
  return names.some((name) => starts.some((start) => name.startsWith(start)));
}

type Placed = readonly [value: Value, holder: Instance];

/** Whether two references surely lead to two different objects. */
function isOther(follow: Follow, one: Placed, other: Placed): boolean {
  const [left, right] = [one, other].map(([value, holder]) => {
    const found = follow(value, holder);
    const [target, ...others] = found?.targets ?? [];
    const alone = found !== undefined && others.length + found.opaque.length === 0;
    return alone && !found.wrapped && target?.instance.certain === true
      ? target.instance
      : undefined;
  });
  const known = left !== undefined && right !== undefined && left !== right;
  return known && [left, right].some(({ mode }) => mode === "managed");
}

/** Tags that the resource itself sets otherwise. Others may come from the provider's defaults. */
function hasOtherTag(data: Instance, candidate: Instance): boolean {
  const body = bodyOf(data);
  const tags = attribute(body, "tags");
  const own = attribute(bodyOf(candidate), "tags");
  const wanted: [string, readonly Json[]][] =
    tags.kind === "known" && typeof tags.value === "object" && tags.value !== null
      ? Object.entries(tags.value as Json & object).map(([key, value]) => [key, [value as Json]])
      : [];
  for (const block of nestedBlocks(body, "filter").blocks) {
    const name = knownString(attribute(block, "name")) ?? "";
    const list = listAttribute(block, "values");
    if (name.startsWith("tag:") && list !== "unset" && !list.open) {
      wanted.push([name.slice("tag:".length), list.known]);
    }
  }
  return wanted.some(([key, values]) => {
    const set = own.kind === "known" ? member(own.value, key) : undefined;
    const plain = values.every((value) => typeof value === "string" && !/[*?]/.test(value));
    return typeof set === "string" && plain && !values.includes(set);
  });
}
