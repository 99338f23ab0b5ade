import { shown } from "../escape";

/** Longer texts are cut: no reason or name is longer, and a page with one could not be read. */
const LONGEST = 2_000;

/**
 * HTML that was made by {@link html}, or is the program's own. Everything else is text: that is what
 * keeps a name in a plan from becoming an element.
 */
export class Markup {
  private constructor(private readonly source: string) {}

  /** Only {@link html} and {@link ownSource} call it. */
  public static of(source: string): Markup {
    return new Markup(source);
  }

  public toString(): string {
    return this.source;
  }
}

/** What a template may hold: text and numbers are escaped, null is nothing, lists are joined. */
export type Content = Markup | string | number | null | readonly Content[];

/**
 * A piece of HTML. Whatever stands between `${` and `}` is escaped unless it is markup itself.
 * Attributes must be in double quotes.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const pieces = parts.map((part, index) => part + sourceOf(contents[index] ?? null));
  return Markup.of(pieces.join(""));
}

/** What this package itself holds in a file: the style and the script. Never a part of a review. */
export function ownSource(source: string): Markup {
  return Markup.of(source);
}

/** The contents with something between them. */
export function joined(contents: readonly Content[], between: Content): Content {
  return contents.flatMap((each, index) => (index === 0 ? [each] : [between, each]));
}

function sourceOf(content: Content): string {
  if (content === null) {
    return "";
  }
  if (typeof content === "string") {
    return escaped(content);
  }
  if (typeof content === "number") {
    return String(content);
  }
  return content instanceof Markup ? content.toString() : content.map(sourceOf).join("");
}

/** Characters that turn or hide text are shown as symbols first, as on a terminal. */
function escaped(text: string): string {
  return shown(text, LONGEST).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
