/** A JSON value as `JSON.parse` gives it. Input is hostile: narrow before use. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A JSON object as `JSON.parse` gives it. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * One step of a traversal: `.name`, `["key"]`, `[0]`, the block's own `[each.key]` or
 * `[count.index]`, or a splat (`[*]`, `.*`).
 */
export type Step =
  | { readonly attribute: string }
  | { readonly key: string | number }
  | { readonly own: "each-key" | "count-index" }
  | { readonly splat: true };

/** What a reference points at, before it is looked up. */
export type Subject =
  | {
      readonly kind: "resource";
      readonly mode: "managed" | "data";
      readonly type: string;
      readonly name: string;
    }
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "local"; readonly name: string }
  | { readonly kind: "each-key" }
  | { readonly kind: "each-value" }
  | { readonly kind: "count-index" }
  | { readonly kind: "other" };

/** A reference of the configuration, parsed: `aws_eip.web["a"].public_ip`. */
export interface Reference {
  readonly text: string;
  readonly subject: Subject;
  /** What follows the subject: instance key first where there is one, then attributes. */
  readonly path: readonly Step[];
}

/** What the configuration says of a value that only apply can tell. */
export interface Expression {
  /** Every reference, without those that are only a prefix of another one. */
  readonly references: readonly Reference[];
  /** The value is its one reference's and nothing else: known where the configuration is JSON. */
  readonly exact: boolean;
  /** The same reference is listed twice, as `cond ? [a.id, b.id] : [a.id]` does. */
  readonly duplicates: boolean;
  /** Each whole block that is listed comes with an `each.key` or `count.index`: its own index. */
  readonly keyed: boolean;
  /** Text, an operator or a function is seen around the references: what it makes is unknown. */
  readonly wrapped: boolean;
  /** A list, item by item: known where the configuration is JSON. */
  readonly items?: readonly (Expression | { readonly literal: Json })[];
}

/**
 * A value of the model: known, set by nobody, or unknown until apply.
 * `unset` covers null, absent and "the provider decides" alike.
 */
export type Value =
  | { readonly kind: "known"; readonly value: Json; readonly sensitive: boolean }
  | { readonly kind: "unset" }
  | { readonly kind: "unknown"; readonly expression: Expression | undefined };

export const UNSET: Value = { kind: "unset" };

/** An expression that refers to nothing, or to what can't be told. */
export const NO_REFERENCES: Expression = {
  references: [],
  exact: false,
  duplicates: false,
  keyed: false,
  wrapped: false,
};

/** Whether a JSON value is an object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member of an object; inherited names such as `constructor` are absent. */
export function member(value: unknown, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const found = (value as JsonObject)[key];
  // What JSON holds is inherited only where the name is one of every object's.
  return found === undefined || (INHERITED.has(key) && !Object.hasOwn(value, key))
    ? undefined
    : found;
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A known string, or undefined. */
export function knownString(value: Value): string | undefined {
  return value.kind === "known" && typeof value.value === "string" ? value.value : undefined;
}

/** Whether two JSON values are the same. What nests deeper than any real value counts as different. */
export function equalJson(left: unknown, right: unknown, depth = 0): boolean {
  if (left === right || depth > 64) {
    return left === right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((item, index) => equalJson(item, right[index], depth + 1))
    );
  }
  if (!isObject(left) || !isObject(right)) {
    return false;
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key], depth + 1))
  );
}

/** Whether anything below a mask, as of `after_unknown`, is marked; one that is too deep counts. */
export function hasTrue(mask: Json, depth = 0): boolean {
  if (mask === true || depth > 64) {
    return true;
  }
  return (
    typeof mask === "object" &&
    mask !== null &&
    Object.values(mask).some((item) => hasTrue(item as Json, depth + 1))
  );
}
