import type { Configured, ConfiguredBlock } from "../model/instance";
import { type Expression, isObject, type Json, member, type Reference } from "../model/value";
import { parseTemplate } from "./template";
import { parseReference } from "./traversal";

/** Makes an expression of references, without those that are only a prefix of another one. */
export function expressionOf(references: readonly Reference[], exact: boolean): Expression {
  const prefixes = new Set<string>();
  for (const reference of references) {
    for (const cut of cuts(reference.text)) {
      prefixes.add(cut);
    }
  }
  const kept = references.filter((reference) => !prefixes.has(reference.text));
  const distinct = new Map(kept.map((reference) => [reference.text, reference]));
  return {
    references: [...distinct.values()],
    exact: exact && distinct.size === 1,
    duplicates: distinct.size < kept.length,
  };
}

/** `a.b["c.d"].e` → `a`, `a.b`, `a.b["c.d"]`. */
function cuts(text: string): string[] {
  const found: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' && text[at - 1] !== "\\") {
      quoted = !quoted;
    } else if (!quoted && (character === "." || character === "[")) {
      found.push(text.slice(0, at));
    }
  }
  return found;
}

/** No real configuration nests deeper; what does is hostile, and unknown. */
const DEEPEST = 64;

const OPAQUE: Expression = { references: [], exact: false, duplicates: false };

/** What one literal or template of Terraform's JSON syntax says. */
export function expressionOfJson(value: Json, depth = 0): Expression | { readonly literal: Json } {
  if (depth > DEEPEST) {
    return OPAQUE;
  }
  if (typeof value === "string") {
    const template = parseTemplate(value);
    return template.kind === "literal"
      ? { literal: template.text }
      : expressionOf(template.references, template.exact);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => expressionOfJson(item, depth + 1));
    if (items.every((item) => "literal" in item)) {
      return { literal: items.map((item) => item.literal) };
    }
    return { ...expressionOf(items.flatMap(referencesOf), false), items };
  }
  if (isObject(value)) {
    const entries = Object.values(value).map((item) => expressionOfJson(item, depth + 1));
    return entries.every((item) => "literal" in item)
      ? { literal: value }
      : expressionOf(entries.flatMap(referencesOf), false);
  }
  return { literal: value };
}

function referencesOf(item: Expression | { readonly literal: Json }): readonly Reference[] {
  return "literal" in item ? [] : item.references;
}

/** An entry of `expressions` in plan JSON: an expression, a block, or a list of blocks. */
export function configuredOf(entry: Json, depth = 0): Configured {
  if (depth > DEEPEST) {
    return { kind: "expression", expression: OPAQUE };
  }
  if (Array.isArray(entry)) {
    const blocks = (entry as readonly Json[]).map((block) => blockOf(block, depth + 1));
    return { kind: "blocks", blocks };
  }
  const keys = isObject(entry) ? Object.keys(entry) : [];
  if (keys.every((key) => key === "constant_value" || key === "references")) {
    return { kind: "expression", expression: planExpression(entry) };
  }
  return { kind: "blocks", blocks: [blockOf(entry, depth + 1)] };
}

/** Every attribute and nested block that a plan's `expressions` names. */
export function blockOf(expressions: Json, depth = 0): ConfiguredBlock {
  const block = new Map<string, Configured>();
  if (isObject(expressions)) {
    for (const [name, entry] of Object.entries(expressions)) {
      block.set(name, configuredOf(entry, depth));
    }
  }
  return block;
}

/**
 * An expression of plan JSON. Where the configuration is JSON, as cdktf writes it,
 * `constant_value` is the template beside `references`, and shows what is exact.
 */
export function planExpression(entry: Json): Expression {
  const listed = member(entry, "references");
  const references = Array.isArray(listed)
    ? (listed as readonly Json[]).filter((text) => typeof text === "string").map(parseReference)
    : [];
  const template = member(entry, "constant_value");
  if (template !== undefined && references.length > 0) {
    const parsed = expressionOfJson(template);
    if (!("literal" in parsed)) {
      return parsed;
    }
  }
  return expressionOf(references, false);
}
