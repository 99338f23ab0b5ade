/**
 * A text of which parts are free: the known parts, in order, with anything between two of them. A
 * list of one part is a known text; `["/", ""]` is any text that begins with a slash.
 */
export type Template = readonly string[];

/** A pattern is a template as well: `*` in a wildcard pattern, the ends of `starts_with`. */
export type Pattern = Template;

/** Longer texts are compared as if nothing were known: the product of both would take too long. */
const LONGEST = 1_024;

/**
 * Whether every text of a template matches a pattern (`true`), none does (`false`), or it depends
 * on what the free parts are.
 */
export function matches(template: Template, pattern: Pattern): boolean | undefined {
  if (template.length === 1 && pattern.length === 1) {
    return template[0] === pattern[0];
  }
  if (lengthOf(template) > LONGEST || lengthOf(pattern) > LONGEST || hasAnything(pattern)) {
    return undefined;
  }
  if (covers(pattern, template)) {
    return true;
  }
  return template.length > 1 && meet(template, pattern) ? undefined : false;
}

function lengthOf(template: Template): number {
  return template.reduce((sum, part) => sum + part.length + 1, 0);
}

/** Stands in a free part of the template: only a free part of the pattern matches it. */
const ANYTHING = "\uE000";

function hasAnything(pattern: Pattern): boolean {
  return pattern.some((part) => part.includes(ANYTHING));
}

/** Whether each text of the template matches: greedily, part by part. */
function covers(pattern: Pattern, template: Template): boolean {
  const text = template.join(ANYTHING);
  const [first = "", ...rest] = pattern;
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Whether some text is of both: states are pairs of positions, each visited once. */
function meet(left: Template, right: Pattern): boolean {
  const one = symbolsOf(left);
  const other = symbolsOf(right);
  let reached = new Uint8Array(other.length + 1);
  reached[0] = 1;
  for (let at = 0; at <= one.length; at++) {
    const next = new Uint8Array(other.length + 1);
    for (let to = 0; to <= other.length; to++) {
      if (reached[to] === 1) {
        step(one[at], other[to], to, reached, next);
      }
    }
    if (at === one.length) {
      return reached[other.length] === 1;
    }
    reached = next;
  }
  return false;
}

/** What a pair of positions leads to: in the same row, which is still being read, or in the next. */
function step(
  own: Letter | undefined,
  its: Letter | undefined,
  to: number,
  row: Uint8Array,
  next: Uint8Array,
): void {
  if (its === FREE || (own === FREE && its !== undefined)) {
    row[to + 1] = 1;
  }
  if (own === FREE || (own !== undefined && (its === FREE || own === its))) {
    next[own !== FREE && its !== FREE ? to + 1 : to] = 1;
  }
}

/** A letter, or the free part between two known ones. */
type Letter = string | typeof FREE;

const FREE: unique symbol = Symbol("anything");

function symbolsOf(template: Template): Letter[] {
  return template.flatMap((part, index) => {
    const gap: Letter[] = index > 0 ? [FREE] : [];
    return [...gap, ...part.split("")];
  });
}

/**
 * A wildcard pattern of the Rules language: `*` is zero or more of any characters, and `\*` and
 * `\\` are themselves.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/operators/#wildcard-matching
 */
export function wildcardPattern(text: string): Pattern {
  const parts: string[] = [""];
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === "\\" && (next === "*" || next === "\\")) {
      parts.push(`${parts.pop() ?? ""}${next}`);
      at++;
    } else if (text[at] === "*") {
      parts.push("");
    } else {
      parts.push(`${parts.pop() ?? ""}${text[at]}`);
    }
  }
  return parts;
}
