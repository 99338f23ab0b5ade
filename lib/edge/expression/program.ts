import { type Token, tokensOf } from "./token";

/** A value in a set: `in {"a" 80..90}`. */
export type Member = Exclude<Token, { kind: "symbol" }>;

/** One step of a program: it takes what it needs from a stack, and leaves one value there. */
export type Step =
  | { readonly op: "text"; readonly text: string }
  | { readonly op: "number"; readonly value: number }
  | { readonly op: "field"; readonly name: string }
  | { readonly op: "call"; readonly name: string; readonly arguments: number }
  | { readonly op: "in"; readonly set: readonly Member[] }
  /** A value that is not read: an index, a named list, an address. */
  | { readonly op: "unknown" }
  | { readonly op: "operator"; readonly operator: Operator };

/** Operators that take values from the stack; `not` and `index` take one, others two. */
export type Operator = keyof typeof PRECEDENCE;

/** An expression in reverse Polish notation: no depth of parentheses makes it recursive. */
export type Program = readonly Step[];

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/operators/#order-of-precedence */
const PRECEDENCE = {
  or: 1,
  xor: 2,
  and: 3,
  not: 4,
  eq: 5,
  ne: 5,
  lt: 5,
  le: 5,
  gt: 5,
  ge: 5,
  contains: 5,
  matches: 5,
  wildcard: 5,
  "strict wildcard": 5,
  index: 6,
} as const;

const SPELLINGS: ReadonlyMap<string, Operator> = new Map([
  ["==", "eq"],
  ["!=", "ne"],
  ["<", "lt"],
  ["<=", "le"],
  [">", "gt"],
  [">=", "ge"],
  ["~", "matches"],
  ["&&", "and"],
  ["||", "or"],
  ["^^", "xor"],
  ["!", "not"],
  ...(Object.keys(PRECEDENCE) as Operator[])
    .filter((name) => name !== "index" && name !== "strict wildcard")
    .map((name): [string, Operator] => [name, name]),
]);

/** What waits for its operands, or for its closing parenthesis. */
type Waiting =
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "group" }
  | { readonly kind: "call"; readonly name: string; arguments: number };

/** Reads an expression; undefined where it is not one that this version understands. */
export function programOf(source: string): Program | undefined {
  const tokens = tokensOf(source);
  return tokens === undefined || tokens.length === 0 ? undefined : new Parser(tokens).program();
}

class Parser {
  #at = 0;
  /** Whether the next token must begin a value. */
  #begins = true;
  readonly #steps: Step[] = [];
  readonly #waiting: Waiting[] = [];

  constructor(private readonly tokens: readonly Token[]) {}

  public program(): Program | undefined {
    while (this.#at < this.tokens.length) {
      if (!(this.#begins ? this.value() : this.rest())) {
        return undefined;
      }
    }
    this.release(0);
    return this.#begins || this.#waiting.length > 0 ? undefined : this.#steps;
  }

  private value(): boolean {
    const token = this.tokens[this.#at++];
    switch (token?.kind) {
      case "text":
        return this.leaf({ op: "text", text: token.text });
      case "number":
        return this.leaf({ op: "number", value: token.value });
      case "word":
        return this.word(token.word);
      case "symbol":
        return this.opening(token.symbol);
      default:
        return false;
    }
  }

  private leaf(step: Step): boolean {
    this.#steps.push(step);
    this.#begins = false;
    return true;
  }

  private word(word: string): boolean {
    if (word === "not") {
      return this.opening("!");
    }
    if (isSymbol(this.tokens[this.#at], "(")) {
      this.#at++;
      this.#waiting.push({ kind: "call", name: word, arguments: 1 });
      return true;
    }
    return !SPELLINGS.has(word) && this.leaf({ op: "field", name: word });
  }

  private opening(symbol: string): boolean {
    if (symbol === "(") {
      this.#waiting.push({ kind: "group" });
      return true;
    }
    if (symbol === "!") {
      this.#waiting.push({ kind: "operator", operator: "not" });
      return true;
    }
    return false;
  }

  /** What may follow a value: an operator, a set, an index, the end of a group. */
  private rest(): boolean {
    const token = this.tokens[this.#at++];
    const text = token?.kind === "word" ? token.word : token?.kind === "symbol" ? token.symbol : "";
    switch (text) {
      case ")":
        return this.close();
      case ",":
        return this.next();
      case "[":
        return this.index();
      case "in":
        return this.set();
      case "strict":
        return this.strict();
      default:
        return this.operator(SPELLINGS.get(text));
    }
  }

  private strict(): boolean {
    const next = this.tokens[this.#at++];
    return next?.kind === "word" && next.word === "wildcard" && this.operator("strict wildcard");
  }

  private operator(operator: Operator | undefined): boolean {
    if (operator === undefined || operator === "not") {
      return false;
    }
    this.release(PRECEDENCE[operator]);
    this.#waiting.push({ kind: "operator", operator });
    this.#begins = true;
    return true;
  }

  /** Writes what binds at least as strongly, up to the group that is open. */
  private release(precedence: number): void {
    for (;;) {
      const last = this.#waiting.at(-1);
      if (last?.kind !== "operator" || PRECEDENCE[last.operator] < precedence) {
        return;
      }
      this.#waiting.pop();
      this.#steps.push({ op: "operator", operator: last.operator });
    }
  }

  private close(): boolean {
    this.release(0);
    const open = this.#waiting.pop();
    if (open?.kind === "call") {
      this.#steps.push({ op: "call", name: open.name, arguments: open.arguments });
    }
    return open !== undefined;
  }

  private next(): boolean {
    this.release(0);
    const open = this.#waiting.at(-1);
    if (open?.kind !== "call") {
      return false;
    }
    open.arguments++;
    this.#begins = true;
    return true;
  }

  private index(): boolean {
    while (this.#at < this.tokens.length && !isSymbol(this.tokens[this.#at], "]")) {
      this.#at++;
    }
    this.#steps.push({ op: "operator", operator: "index" });
    return this.#at++ < this.tokens.length;
  }

  private set(): boolean {
    this.release(PRECEDENCE.eq);
    const open = this.tokens[this.#at++];
    if (open?.kind === "word") {
      // A named list: `in $office`. What is in it lies outside the expression.
      this.#steps.push({ op: "in", set: [open] });
      return open.word.startsWith("$");
    }
    const set: Member[] = [];
    while (isSymbol(open, "{") && this.#at < this.tokens.length) {
      const member = this.tokens[this.#at++];
      if (isSymbol(member, "}")) {
        this.#steps.push({ op: "in", set });
        return true;
      }
      if (member === undefined || member.kind === "symbol") {
        return false;
      }
      set.push(member);
    }
    return false;
  }
}

function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === "symbol" && token.symbol === symbol;
}
