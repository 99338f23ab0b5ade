import type { Reference } from "../model/value";
import { traversalAt } from "./traversal";

/** A string of Terraform's JSON syntax, taken apart. */
export type Template =
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "expression";
      readonly references: readonly Reference[];
      /**
       * `exact`: one reference and nothing else. `plain`: functions that pick among the references,
       * such as `element`. `wrapped`: text, an operator or another function beside them.
       */
      readonly shape: "exact" | "plain" | "wrapped";
    };

/**
 * Parses a string of Terraform's JSON syntax: `$${` and `%%{` are escapes, `${…}` interpolates.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function parseTemplate(text: string): Template {
  if (!text.includes("${") && !text.includes("%{")) {
    return { kind: "literal", text };
  }
  const references: Reference[] = [];
  let literal = "";
  let expressions = 0;
  let shape: Interpolation["shape"] = "wrapped";
  let at = 0;
  while (at < text.length) {
    const three = text.slice(at, at + 3);
    if (three === "$${" || three === "%%{") {
      literal += three.slice(1);
      at += 3;
    } else if (three.startsWith("${") || three.startsWith("%{")) {
      const found = interpolationAt(text, at + 2);
      references.push(...found.references);
      shape = three.startsWith("${") ? found.shape : "wrapped";
      expressions += 1;
      at = found.end;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (expressions === 0) {
    return { kind: "literal", text: literal };
  }
  const alone = expressions === 1 && literal === "";
  return { kind: "expression", references, shape: alone ? shape : "wrapped" };
}

interface Interpolation {
  readonly references: readonly Reference[];
  readonly shape: "exact" | "plain" | "wrapped";
  readonly end: number;
}

/** Reads from just behind `${` to behind its closing brace. Strings may interpolate again. */
function interpolationAt(text: string, start: number): Interpolation {
  const references: Reference[] = [];
  // What we are inside of: "{" a brace of an expression, '"' a string of an expression.
  const inside: ("{" | '"')[] = ["{"];
  let at = start;
  while (at < text.length && inside.length > 0) {
    const step = inside.at(-1) === '"' ? inString(text, at, inside) : inCode(text, at, inside);
    if (step.reference !== undefined) {
      references.push(step.reference);
    }
    at = step.end;
  }
  const code = text.slice(start, at - 1).trim();
  if (references.length === 1 && references[0]?.text === code) {
    return { references, shape: "exact", end: at };
  }
  return { references, shape: picks(code, references) ? "plain" : "wrapped", end: at };
}

/** Functions whose result is one of their arguments, or a list of them. */
const PICKING =
  /\b(?:chunklist|coalesce|coalescelist|compact|concat|distinct|element|flatten|merge|one|reverse|setunion|slice|sort|tolist|toset|try|values)\b/g;

/** Whether nothing but references, numbers and picking functions is in an expression. */
function picks(code: string, references: readonly Reference[]): boolean {
  if (code.length > 10_000) {
    return false;
  }
  const bare = references.reduce((left, { text }) => left.replace(text, " "), code);
  return /^[\s()[\],\d*.]*$/.test(bare.replace(PICKING, " "));
}

interface Scan {
  readonly reference?: Reference | undefined;
  readonly end: number;
}

function inString(text: string, at: number, inside: ("{" | '"')[]): Scan {
  if (text[at] === "\\") {
    return { end: at + 2 };
  }
  if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
    return { end: at + 3 };
  }
  if (text.startsWith("${", at) || text.startsWith("%{", at)) {
    inside.push("{");
    return { end: at + 2 };
  }
  if (text[at] === '"') {
    inside.pop();
  }
  return { end: at + 1 };
}

function inCode(text: string, at: number, inside: ("{" | '"')[]): Scan {
  const character = text[at] ?? "";
  if (character === "{" || character === '"') {
    inside.push(character);
    return { end: at + 1 };
  }
  if (character === "}") {
    inside.pop();
    return { end: at + 1 };
  }
  if (!/[A-Za-z_]/.test(character)) {
    return { end: at + 1 };
  }
  const found = traversalAt(text, at);
  // A name before "(" is a function; `::` joins the name of a provider's function.
  const call = /^\s*(?:\(|::)/.test(text.slice(found.end, found.end + 8));
  return { reference: call ? undefined : found.reference, end: Math.max(found.end, at + 1) };
}
