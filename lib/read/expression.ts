import {
  type Expression,
  isObject,
  type Json,
  NO_REFERENCES,
  type Reference,
} from "../model/value";
import { parseTemplate } from "./template";

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
export const DEEPEST = 64;

/** What one literal or template of Terraform's JSON syntax says. */
export function expressionOfJson(value: Json, depth = 0): Expression | { readonly literal: Json } {
  if (depth > DEEPEST) {
    return { ...NO_REFERENCES, wrapped: true };
  }
  if (typeof value === "string") {
    return expressionOfText(value);
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

/** Few templates are in use, each over and over: equal ones give the same object. */
const TEMPLATES = new Map<string, Expression>();
const MOST_TEMPLATES = 10_000;
const LONGEST_TEMPLATE = 200;

function expressionOfText(text: string): Expression | { readonly literal: Json } {
  const known = TEMPLATES.get(text);
  if (known !== undefined) {
    return known;
  }
  const template = parseTemplate(text);
  if (template.kind === "literal") {
    return { literal: template.text };
  }
  const expression = templateExpression(template.references, template.shape);
  if (text.length <= LONGEST_TEMPLATE && TEMPLATES.size < MOST_TEMPLATES) {
    TEMPLATES.set(text, expression);
  }
  return expression;
}

function joined(items: readonly (Expression | { readonly literal: Json })[]): Expression {
  const expressions = items.flatMap((item) => ("literal" in item ? [] : [item]));
  const wrapped = expressions.some((item) => item.wrapped) ? "wrapped" : "plain";
  return templateExpression(
    expressions.flatMap((item) => item.references),
    wrapped,
  );
}
