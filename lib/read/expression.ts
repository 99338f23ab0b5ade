import type { Configured, ConfiguredBlock } from "../model/instance";
import {
  type Expression,
  isObject,
  type Json,
  member,
  NO_REFERENCES,
  type Reference,
} from "../model/value";
import { parseTemplate } from "./template";
import { parseReference } from "./traversal";

/** An expression of the references that plan JSON lists, each with its prefixes beside it. */
export function listedExpression(listed: readonly Reference[]): Expression {
  if (listed.length === 0) {
    return NO_REFERENCES;
  }
  const counts = new Map<string, number>();
  for (const { text } of listed) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  // A prefix that is listed more often than what is longer explains is a reference of its own.
  const extra = new Map<string, number>();
  const implied = new Map<string, number>();
  for (const text of [...counts.keys()].sort((left, right) => right.length - left.length)) {
    const own = (counts.get(text) ?? 0) - (implied.get(text) ?? 0);
    extra.set(text, own);
    for (const cut of own > 0 ? cuts(text) : []) {
      implied.set(cut, (implied.get(cut) ?? 0) + own);
    }
  }
  const kept = listed.filter(({ text }) => (extra.get(text) ?? 0) > 0);
  const distinct = new Map(kept.map((reference) => [reference.text, reference]));
  const count = (fits: (reference: Reference) => boolean) =>
    [...distinct.values()].reduce(
      (sum, each) => sum + (fits(each) ? (extra.get(each.text) ?? 0) : 0),
      0,
    );
  const keys = count(isKey);
  return {
    references: [...distinct.values()],
    exact: false,
    duplicates: [...distinct.values()].some(
      (each) => !isKey(each) && (extra.get(each.text) ?? 0) > 1,
    ),
    keyed: keys > 0 && keys >= count(isWhole) && [...distinct.values()].every(isResourceOrKey),
    wrapped: false,
  };
}

/** An expression of the references of one or several templates. */
function templateExpression(
  references: readonly Reference[],
  known: "exact" | "plain" | "wrapped",
) {
  const distinct = new Map(references.map((reference) => [reference.text, reference]));
  return {
    references: [...distinct.values()],
    exact: known === "exact" && distinct.size === 1,
    duplicates: distinct.size < references.length,
    keyed: false,
    wrapped: known === "wrapped",
  };
}

/** `each.key` and `count.index`. */
export function isKey(reference: Reference): boolean {
  return reference.subject.kind === "each-key" || reference.subject.kind === "count-index";
}

/** A block without instance key or attribute: all of it, or an index that is not shown. */
export function isWhole(reference: Reference): boolean {
  return reference.subject.kind === "resource" && reference.path.length === 0;
}

/** Anything else may be part of an index, which then is not just the key. */
function isResourceOrKey(reference: Reference): boolean {
  return reference.subject.kind === "resource" || isKey(reference);
}

/** `a.b["c.d"].e` → `a`, `a.b`, `a.b["c.d"]`. */
function cuts(text: string): string[] {
  const found: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length && found.length < DEEPEST; at += 1) {
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

/** What one literal or template of Terraform's JSON syntax says. */
export function expressionOfJson(value: Json, depth = 0): Expression | { readonly literal: Json } {
  if (depth > DEEPEST) {
    return { ...NO_REFERENCES, wrapped: true };
  }
  if (typeof value === "string") {
    const template = parseTemplate(value);
    return template.kind === "literal"
      ? { literal: template.text }
      : templateExpression(template.references, template.shape);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => expressionOfJson(item, depth + 1));
    if (items.every((item) => "literal" in item)) {
      return { literal: items.map((item) => item.literal) };
    }
    return { ...joined(items), items };
  }
  if (isObject(value)) {
    const entries = Object.values(value).map((item) => expressionOfJson(item, depth + 1));
    return entries.every((item) => "literal" in item) ? { literal: value } : joined(entries);
  }
  return { literal: value };
}

function joined(items: readonly (Expression | { readonly literal: Json })[]): Expression {
  const expressions = items.flatMap((item) => ("literal" in item ? [] : [item]));
  const wrapped = expressions.some((item) => item.wrapped) ? "wrapped" : "plain";
  return templateExpression(
    expressions.flatMap((item) => item.references),
    wrapped,
  );
}

/** Most attributes are constants: one object serves them all. */
const CONSTANT: Configured = { kind: "expression", expression: NO_REFERENCES };

/** An entry of `expressions` in plan JSON: an expression, a block, or a list of blocks. */
export function configuredOf(entry: Json, depth = 0): Configured {
  if (depth > DEEPEST) {
    return { kind: "expression", expression: NO_REFERENCES };
  }
  if (Array.isArray(entry)) {
    const blocks = (entry as readonly Json[]).map((block) => blockOf(block, depth + 1));
    return { kind: "blocks", blocks };
  }
  const keys = isObject(entry) ? Object.keys(entry) : [];
  if (keys.every((key) => key === "constant_value" || key === "references")) {
    const expression = planExpression(entry);
    return expression === NO_REFERENCES ? CONSTANT : { kind: "expression", expression };
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
  return listedExpression(references);
}
