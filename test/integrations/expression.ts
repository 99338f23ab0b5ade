/** What `${{ }}` may refer to. */
export type Contexts = Readonly<Record<string, unknown>>;

const TOKEN = /\s*(&&|\|\||==|!=|!|\(|\)|'(?:[^']|'')*'|[\w.-]+)/y;

/**
 * The value of an expression of GitHub Actions, as far as action.yml uses them: names with dots,
 * texts, `==`, `!=`, `!`, `&&`, `||` and parentheses.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function evaluate(text: string, contexts: Contexts): unknown {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    tokens.push(found[1] ?? "");
    if (TOKEN.lastIndex === text.trimEnd().length) break;
  }
  const parser = new Parser(tokens, contexts);
  const value = parser.or();
  if (tokens.length > 0 || TOKEN.lastIndex < text.trimEnd().length) {
    throw new Error(`not an expression that the tests know: ${text}`);
  }
  return value;
}

class Parser {
  constructor(
    private readonly tokens: string[],
    private readonly contexts: Contexts,
  ) {}

  or(): unknown {
    let value = this.and();
    while (this.take("||")) {
      const right = this.and();
      value = truthy(value) ? value : right;
    }
    return value;
  }

  private and(): unknown {
    let value = this.equal();
    while (this.take("&&")) {
      const right = this.equal();
      value = truthy(value) ? right : value;
    }
    return value;
  }

  private equal(): unknown {
    const left = this.unary();
    if (this.take("==")) return plain(left) === plain(this.unary());
    if (this.take("!=")) return plain(left) !== plain(this.unary());
    return left;
  }

  private unary(): unknown {
    if (this.take("!")) return !truthy(this.unary());
    if (this.take("(")) {
      const value = this.or();
      if (!this.take(")")) throw new Error("a parenthesis is not closed");
      return value;
    }
    const token = this.tokens.shift() ?? "";
    return token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : this.named(token);
  }

  private named(name: string): unknown {
    return name
      .split(".")
      .reduce<unknown>(
        (value, key) =>
          typeof value === "object" && value !== null && Object.hasOwn(value, key)
            ? (value as Record<string, unknown>)[key]
            : null,
        this.contexts,
      );
  }

  private take(token: string): boolean {
    if (this.tokens[0] !== token) return false;
    this.tokens.shift();
    return true;
  }
}

export function truthy(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== "" && value !== 0;
}

function plain(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** A text with `${{ }}` in it, filled in. */
export function interpolated(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const value = evaluate(expression.trim(), contexts);
    return value === null || value === undefined ? "" : String(value);
  });
}
