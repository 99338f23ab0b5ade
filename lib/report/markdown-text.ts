import wrap from "wrap-ansi";

/**
 * Markdown of the project's own pages as plain text: running text is wrapped, lists hang, code and
 * tables stay as they are. Emphasis and code marks stay, since they read well as text.
 *
 * @param width columns of the terminal
 */
export function markdownText(markdown: string, width: number): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    out.push(...paragraphLines(paragraph, width));
    paragraph = [];
  };
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) {
      flush();
      fenced = !fenced;
    } else if (fenced) {
      out.push(line === "" ? "" : `    ${line}`);
    } else if (line === "" || isAlone(line)) {
      flush();
      out.push(alone(line));
    } else {
      if (ITEM.test(line)) {
        flush();
      }
      paragraph.push(line);
    }
  }
  flush();
  return `${out
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

const ITEM = /^(?:- |\d+\. )/;

/** Headings, and rows of tables. */
function isAlone(line: string): boolean {
  return /^(?:#|\|)/.test(line);
}

function alone(line: string): string {
  return withoutLinks(line.replace(/^#+ /, ""));
}

function paragraphLines(lines: readonly string[], width: number): readonly string[] {
  if (lines.length === 0) {
    return [];
  }
  const text = withoutLinks(lines.map((line) => line.trim()).join(" "));
  const label = ITEM.exec(text)?.[0] ?? "";
  // An address that is longer than the line stays whole, so that it can be copied.
  const wide = Math.max(20, width - label.length);
  const wrappedLines = wrap(text.slice(label.length), wide, { hard: false }).split("\n");
  return wrappedLines.map((line, index) => (index === 0 ? label : " ".repeat(label.length)) + line);
}

/** A link to another page of the package is its words; one to the web keeps its address. */
function withoutLinks(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, "$1 ($2)")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/<(https?:[^>]+)>/g, "$1");
}
