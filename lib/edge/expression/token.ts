/** A word, symbol or literal of an expression. */
export type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  /** A field, function, keyword, address or list name. */
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "symbol"; readonly symbol: string };

/** Cloudflare takes 4,096 characters; what is much longer is not looked at. */
export const LONGEST_EXPRESSION = 8_192;

const SYMBOLS = /(?:==|!=|<=|>=|&&|\|\||\^\^|[<>~!(){},*[\]])/y;
const NUMBERS = /(-?\d{1,15})(?:\.\.(-?\d{1,15}))?(?![\w.:/])/y;
const WORDS = /[A-Za-z0-9_$][\w.:/-]*(?<![.:-])/y;
const SPACE = /\s+/y;
const RAW = /r(#*)"/y;

/** Splits an expression; undefined where it can't be read, or is longer than Cloudflare takes. */
export function tokensOf(source: string): readonly Token[] | undefined {
  if (source.length > LONGEST_EXPRESSION) {
    return undefined;
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = matchAt(SPACE, source, at);
    if (space !== undefined) {
      at += space[0].length;
      continue;
    }
    const found = quoted(source, at) ?? plain(source, at);
    if (found === undefined) {
      return undefined;
    }
    tokens.push(found.token);
    at = found.end;
  }
  return tokens;
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}

function plain(source: string, at: number): Found | undefined {
  const number = matchAt(NUMBERS, source, at);
  if (number !== undefined) {
    const [all, from, to] = number;
    const end = at + all.length;
    return to === undefined
      ? { token: { kind: "number", value: Number(from) }, end }
      : { token: { kind: "range", from: Number(from), to: Number(to) }, end };
  }
  const word = matchAt(WORDS, source, at)?.[0];
  if (word !== undefined) {
    return { token: { kind: "word", word }, end: at + word.length };
  }
  const symbol = matchAt(SYMBOLS, source, at)?.[0];
  return symbol === undefined
    ? undefined
    : { token: { kind: "symbol", symbol }, end: at + symbol.length };
}

/**
 * A quoted string with `\"`, `\\` and `\xhh`, or a raw one: `r"…"`, `r#"…"#`.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/values/
 */
function quoted(source: string, at: number): Found | undefined {
  const raw = matchAt(RAW, source, at);
  if (raw !== undefined) {
    const from = at + raw[0].length;
    const close = `"${raw[1] ?? ""}`;
    const end = source.indexOf(close, from);
    return end < 0 ? undefined : textToken(source.slice(from, end), end + close.length);
  }
  return source[at] === '"' ? escaped(source, at + 1) : undefined;
}

function escaped(source: string, from: number): Found | undefined {
  const parts: string[] = [];
  for (let at = from; at < source.length; at++) {
    const letter = source[at] ?? "";
    if (letter === '"') {
      return textToken(parts.join(""), at + 1);
    }
    if (letter !== "\\") {
      parts.push(letter);
      continue;
    }
    const code = /^x([0-9A-Fa-f]{2})/.exec(source.slice(at + 1, at + 4))?.[1];
    const next = source[at + 1];
    if (code !== undefined) {
      parts.push(String.fromCharCode(Number.parseInt(code, 16)));
      at += 3;
    } else if (next === '"' || next === "\\" || next === "*") {
      // A star keeps its backslash: the wildcard operator reads it.
      parts.push(next === "*" ? "\\*" : next);
      at++;
    } else {
      return undefined;
    }
  }
  return undefined;
}

function textToken(text: string, end: number): Found {
  return { token: { kind: "text", text }, end };
}
