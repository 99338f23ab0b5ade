import { shown } from "../escape";

/** Longer names make a picture too wide to be read. */
const LONGEST = 60;

/**
 * Lines of a label of a Mermaid flowchart, in its quotes. Whatever is not a letter, a digit, a blank
 * or a `-` or `_` between two of them is a character code of Mermaid's: it reads Markdown, HTML,
 * links and icons in labels.
 */
export function label(lines: readonly string[]): string {
  return `"${lines.map(escaped).join("<br/>")}"`;
}

function escaped(text: string): string {
  return shown(text, LONGEST).replace(/(?<![a-z0-9])[-_]|[-_](?![a-z0-9])|[^a-z0-9 _-]/giu, code);
}

function code(character: string): string {
  return `#${character.codePointAt(0)};`;
}
