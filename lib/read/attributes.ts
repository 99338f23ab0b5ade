import type { Configured, Instance } from "../model/instance";
import {
  type Expression,
  isObject,
  type Json,
  member,
  NO_REFERENCES,
  UNSET,
  type Value,
} from "../model/value";

/** A block of an instance, or the whole instance: where attributes are read from. */
export interface Block {
  readonly instance: Instance;
  readonly values: Json;
  readonly unknown: Json;
  readonly sensitive: Json;
  /** What the configuration says of an attribute; undefined where it sets none. */
  readonly configured: (name: string) => Configured | undefined;
  /** False where the input holds no configuration for the block: then "unset" can't be told. */
  readonly hasConfiguration: boolean;
  /** Whether an attribute is one variable's, known while planning. */
  readonly isSettled?: (name: string) => boolean;
}

/** The attributes of an instance itself. */
export function bodyOf(instance: Instance): Block {
  return {
    instance,
    values: instance.values,
    unknown: instance.unknown,
    sensitive: instance.sensitive,
    configured: (name) => instance.configured?.get(name),
    hasConfiguration: instance.configured !== undefined,
    isSettled: (name) => instance.configured?.isSettled?.(name) ?? false,
  };
}

/** An attribute's value. Null, absent and left to the provider are all `unset`. */
export function attribute(block: Block, name: string): Value {
  if (maskAt(block.unknown, name) === true) {
    const configured = block.configured(name);
    // The provider decides: nobody set it, so no reference can tell more. What is known would show.
    const isNull = configured === undefined || block.isSettled?.(name) === true;
    return isNull && block.hasConfiguration
      ? UNSET
      : { kind: "unknown", expression: expressionOf(configured) };
  }
  const value = member(block.values, name);
  if (value === undefined || value === null) {
    return UNSET;
  }
  return { kind: "known", value, sensitive: isMarked(maskAt(block.sensitive, name)) };
}

/** A list or set attribute: what is known of it, and what is not. */
export interface ListValue {
  readonly known: readonly Json[];
  /** Something in it is unknown, or all of it. */
  readonly open: boolean;
  readonly expression: Expression | undefined;
  readonly sensitive: boolean;
  /** It is one value, or a list that surely has one element: one reference is that one. */
  readonly single: boolean;
}

/** A list or set attribute, or `unset`. A value that is no list counts as a list of it. */
export function listAttribute(block: Block, name: string): ListValue | "unset" {
  const value = attribute(block, name);
  if (value.kind === "unset") {
    return "unset";
  }
  if (value.kind === "unknown") {
    const none = { known: [], open: true, sensitive: false, single: false };
    return { ...none, expression: value.expression };
  }
  const mask = maskAt(block.unknown, name);
  if (mask === undefined && !Array.isArray(value.value)) {
    const expression = expressionOf(block.configured(name));
    const { sensitive } = value;
    return { known: [value.value], open: false, expression, sensitive, single: true };
  }
  const items: readonly Json[] = Array.isArray(value.value) ? value.value : [value.value];
  const open = items.map((item, index) => item === null || isMarked(maskItem(mask, index)));
  return {
    known: items.filter((_, index) => open[index] === false),
    open: open.includes(true),
    expression: expressionOf(block.configured(name)),
    sensitive: value.sensitive,
    single: items.length === 1,
  };
}

/** The nested blocks of a name: known ones, and whether there may be others. */
export function nestedBlocks(block: Block, name: string): { blocks: Block[]; open: boolean } {
  const mask = maskAt(block.unknown, name);
  if (mask === true) {
    return { blocks: [], open: block.configured(name) !== undefined || !block.hasConfiguration };
  }
  const value = member(block.values, name) ?? null;
  const items: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? [value] : [];
  const configured = block.configured(name);
  const at = (masks: Json | undefined, index: number) =>
    Array.isArray(value) ? maskItem(masks, index) : (masks ?? false);
  const shared = configuredBlock(configured, items.length);
  const blocks = items.map((values, index): Block => {
    const own = alignedBlock(configured, items.length, index);
    return {
      instance: block.instance,
      values,
      unknown: at(mask, index),
      sensitive: at(maskAt(block.sensitive, name), index),
      configured: own === undefined ? shared : (inner) => own.get(inner),
      // A `dynamic` block sets what plan JSON does not show: unknown is unknown there, never unset.
      hasConfiguration: block.hasConfiguration && configured !== undefined,
    };
  });
  return { blocks, open: items.some((_, index) => maskItem(mask, index) === true) };
}

/** The block of the configuration that makes an element, where that can be told. */
function alignedBlock(configured: Configured | undefined, elements: number, index: number) {
  if (configured?.kind !== "blocks" || configured.blocks.length !== elements) {
    return undefined;
  }
  return configured.aligned === true || elements === 1 ? configured.blocks[index] : undefined;
}

/**
 * What the configuration says of a nested block's attributes. With several elements it can't be
 * told whose a reference is, so an attribute gets the references of all of them, never exact.
 */
function configuredBlock(
  configured: Configured | undefined,
  elements: number,
): (name: string) => Configured | undefined {
  if (configured === undefined) {
    return () => undefined;
  }
  const several = { ...NO_REFERENCES, duplicates: true };
  if (configured.kind === "expression") {
    const { references, wrapped } = configured.expression;
    return () => ({ kind: "expression", expression: { ...several, references, wrapped } });
  }
  // More elements than blocks: a `dynamic` block makes the others, and sets what can't be seen.
  const hidden = elements > configured.blocks.length;
  return (name) => {
    const found = configured.blocks.flatMap((inner) => inner.get(name) ?? []);
    const expressions = found.flatMap((entry) => expressionOf(entry) ?? []);
    const references = expressions.flatMap((expression) => expression.references);
    const wrapped = expressions.some((expression) => expression.wrapped);
    return found.length === 0 && !hidden
      ? undefined
      : { kind: "expression", expression: { ...several, references, wrapped } };
  };
}

/** Whether the configuration sets an attribute or nested block. */
export function isConfigured(block: Block, name: string): boolean {
  return block.configured(name) !== undefined;
}

function expressionOf(configured: Configured | undefined): Expression | undefined {
  return configured?.kind === "expression" ? configured.expression : undefined;
}

function maskAt(mask: Json, name: string): Json | undefined {
  return mask === true ? true : member(mask, name);
}

function maskItem(mask: Json | undefined, index: number): Json {
  return mask === true ? true : Array.isArray(mask) ? ((mask[index] as Json) ?? false) : false;
}

/** Whether a mask marks anything below it. */
export function isMarked(mask: Json | undefined, depth = 0): boolean {
  if (mask === true) {
    return true;
  }
  if (depth > 64 || mask === undefined || mask === null || typeof mask !== "object") {
    return depth > 64;
  }
  return Object.values(mask).some((item) => isMarked(item as Json, depth + 1));
}

/** A number, or a text of digits as configurations write ports. */
export function asNumber(value: Json): number | undefined {
  if (typeof value === "number") {
    return value;
  }
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** A boolean, or its text as configurations write it. */
export function asBoolean(value: Json): boolean | undefined {
  if (typeof value === "boolean") {
    return value;
  }
  return value === "true" ? true : value === "false" ? false : undefined;
}
