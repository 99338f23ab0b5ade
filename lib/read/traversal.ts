import type { Reference, Step, Subject } from "../model/value";

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
const NUMBER_STEP = /\.(\d{1,15})/y;
const SPLAT = /\.\*|\[\s*\*\s*\]/y;
const INDEX = /\[\s*(?:(-?\d{1,15})|("[^"\\]*(?:\\.[^"\\]*)*"))\s*\]/y;
const OWN_INDEX = /\[\s*(each\.key|count\.index)\s*\]/y;

/** A traversal found in an expression, and where it ends. */
export interface Found {
  readonly reference: Reference | undefined;
  readonly end: number;
}

/** Reads the traversal that starts at `start`: `aws_eip.web["a"].public_ip`, `each.key`. */
export function traversalAt(text: string, start: number): Found {
  let at = start;
  const root = take(IDENTIFIER, text, at);
  if (root === undefined) {
    return { reference: undefined, end: start };
  }
  at += root.length;
  const steps: Step[] = [{ attribute: root }];
  for (;;) {
    const next = stepAt(text, at);
    if (next === undefined) {
      break;
    }
    steps.push(next.step);
    at = next.end;
  }
  return { reference: referenceOf(text.slice(start, at), steps), end: at };
}

/** Parses a reference as plan JSON lists it. Text that is none has the subject kind `other`. */
export function parseReference(text: string): Reference {
  const { reference, end } = traversalAt(text, 0);
  return reference !== undefined && end === text.length
    ? reference
    : { text, subject: { kind: "other" }, path: [] };
}

function stepAt(text: string, at: number): { step: Step; end: number } | undefined {
  const splat = take(SPLAT, text, at);
  if (splat !== undefined) {
    return { step: { splat: true }, end: at + splat.length };
  }
  const legacy = match(NUMBER_STEP, text, at);
  if (legacy !== undefined) {
    return { step: { key: Number(legacy[1]) }, end: at + legacy[0].length };
  }
  if (text[at] === ".") {
    const name = take(IDENTIFIER, text, at + 1);
    return name === undefined
      ? undefined
      : { step: { attribute: name }, end: at + 1 + name.length };
  }
  const own = match(OWN_INDEX, text, at);
  if (own !== undefined) {
    const kind = own[1] === "each.key" ? "each-key" : "count-index";
    return { step: { own: kind }, end: at + own[0].length };
  }
  const index = match(INDEX, text, at);
  if (index === undefined) {
    return undefined;
  }
  const key = index[1] === undefined ? unquote(index[2] ?? '""') : Number(index[1]);
  return key === undefined ? undefined : { step: { key }, end: at + index[0].length };
}

function referenceOf(text: string, steps: readonly Step[]): Reference | undefined {
  const names = steps.map((step) => ("attribute" in step ? step.attribute : undefined));
  const [root, second, third] = names;
  const reference = (subject: Subject, used: number): Reference => ({
    text,
    subject,
    path: steps.slice(used),
  });
  switch (root) {
    case "data":
      return second !== undefined && third !== undefined
        ? reference({ kind: "resource", mode: "data", type: second, name: third }, 3)
        : undefined;
    case "module":
      return second !== undefined ? reference({ kind: "module", name: second }, 2) : undefined;
    case "var":
      return second !== undefined ? reference({ kind: "variable", name: second }, 2) : undefined;
    case "local":
      return second !== undefined ? reference({ kind: "local", name: second }, 2) : undefined;
    case "each":
      return second === "key" || second === "value"
        ? reference({ kind: `each-${second}` }, 2)
        : undefined;
    case "count":
      return second === "index" ? reference({ kind: "count-index" }, 2) : undefined;
    case "path":
    case "terraform":
    case "self":
      return second !== undefined ? reference({ kind: "other" }, 2) : undefined;
    default:
      return root !== undefined && second !== undefined
        ? reference({ kind: "resource", mode: "managed", type: root, name: second }, 2)
        : undefined;
  }
}

function unquote(quoted: string): string | undefined {
  const plain = quoted.replaceAll("$${", "").replaceAll("%%{", "");
  if (plain.includes("${") || plain.includes("%{")) {
    return undefined;
  }
  try {
    return String(JSON.parse(quoted)).replaceAll("$${", "${").replaceAll("%%{", "%{");
  } catch {
    return undefined;
  }
}

function take(pattern: RegExp, text: string, at: number): string | undefined {
  return match(pattern, text, at)?.[0];
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
