import { isObject, type Json, type JsonObject, member } from "../model/value";

/** One instance that `count` or `for_each` makes of a block. */
export interface Repetition {
  readonly key: string | number | undefined;
  /** `each.value`, where the configuration tells. */
  readonly value: Json | undefined;
  /** What follows the block's address: `["a"]`, `[0]`, `[*]`, or nothing. */
  readonly suffix: string;
  /** False: how many there are is known only to Terraform. */
  readonly certain: boolean;
}

const ONE: Repetition = { key: undefined, value: undefined, suffix: "", certain: true };
const SOME: Repetition = { key: undefined, value: undefined, suffix: "[*]", certain: false };

/** More instances than any real block has: a hostile count must not fill the memory. */
const MOST = 10_000;

/** `toset(["a", "b"])` with nothing but strings, as cdktf writes a literal iterator. */
const LITERAL_SET = /^\$\{toset\((\[.*\])\)\}$/s;

/** The instances of a block, from its `count` or `for_each`. */
export function repetitionsOf(body: JsonObject): readonly Repetition[] {
  const count = member(body, "count");
  const forEach = member(body, "for_each");
  if (count !== undefined && count !== null) {
    return counted(count);
  }
  if (forEach !== undefined && forEach !== null) {
    const values = typeof forEach === "string" ? literalSet(forEach) : forEach;
    return isObject(values) && !hasTemplate(Object.keys(values)) ? keyed(values) : [SOME];
  }
  return [ONE];
}

function counted(count: Json): readonly Repetition[] {
  const number = typeof count === "string" && /^\d{1,6}$/.test(count) ? Number(count) : count;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0 || number > MOST) {
    return [SOME];
  }
  return Array.from({ length: number }, (_, key) => ({
    key,
    value: undefined,
    suffix: `[${key}]`,
    certain: true,
  }));
}

function keyed(values: JsonObject): readonly Repetition[] {
  const entries = Object.entries(values);
  if (entries.length > MOST) {
    return [SOME];
  }
  return entries.map(([key, value]) => ({
    key,
    value,
    suffix: `[${JSON.stringify(key)}]`,
    certain: true,
  }));
}

function literalSet(text: string): JsonObject | undefined {
  const list = LITERAL_SET.exec(text)?.[1];
  if (list === undefined) {
    return undefined;
  }
  try {
    const items: unknown = JSON.parse(list);
    const texts = Array.isArray(items) && items.every((item) => typeof item === "string");
    return texts && !hasTemplate(items)
      ? Object.fromEntries((items as string[]).map((item) => [item, item]))
      : undefined;
  } catch {
    return undefined;
  }
}

function hasTemplate(texts: readonly string[]): boolean {
  return texts.some((text) => text.includes("${") || text.includes("%{"));
}

/** The block with `each.key`, `each.value` and `count.index` filled in where they stand alone. */
export function substitute(body: JsonObject, repetition: Repetition): JsonObject {
  const { key, value } = repetition;
  const known = new Map<string, string>();
  if (key !== undefined) {
    known.set(typeof key === "number" ? "count.index" : "each.key", String(key));
  }
  const settle = (name: string, item: Json | undefined) => {
    const plain = typeof item === "string" ? !hasTemplate([item]) : isScalar(item);
    if (plain) {
      known.set(name, String(item));
    }
  };
  settle("each.value", value);
  for (const [name, item] of isObject(value) ? Object.entries(value) : []) {
    settle(`each.value.${name}`, item);
  }
  return fill(body, known, 0) as JsonObject;
}

function isScalar(value: Json | undefined): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

const PLACEHOLDER = /\$?\$\{(each\.key|each\.value(?:\.\w+|\["\w+"\])?|count\.index)\}/g;

function fill(value: Json, known: ReadonlyMap<string, string>, depth: number): Json {
  if (typeof value === "string") {
    return value.replace(PLACEHOLDER, (whole, name: string) => {
      const found = known.get(name.replace(/\["(\w+)"\]/, ".$1"));
      return whole.startsWith("$$") || found === undefined ? whole : escaped(found);
    });
  }
  if (depth > 64) {
    return value;
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item) => fill(item, known, depth + 1));
  }
  if (isObject(value)) {
    const filled = Object.entries(value).map(([name, item]) => [
      name,
      fill(item, known, depth + 1),
    ]);
    return Object.fromEntries(filled);
  }
  return value;
}

/** A literal is literal in a template too. */
function escaped(text: string): string {
  return text.replaceAll("${", "$${").replaceAll("%{", "%%{");
}
