/*
 * C0 and C1 controls, DEL, and everything that turns or hides text: bidirectional marks,
 * embeddings, overrides and isolates, zero-width characters, line and paragraph separators, tags.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Longer names are cut: no real address, hostname or path of a construct is longer. */
const LONGEST = 300;

/**
 * Text from outside made safe for a terminal: what would move the cursor, colour, turn or hide
 * text is shown as a visible symbol instead.
 */
export function forTerminal(text: string): string {
  return shown(text, LONGEST);
}

/**
 * Text from outside with symbols in place of what would move the cursor, colour, turn or hide text.
 *
 * @param longest characters after which it is cut
 */
export function shown(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(HIDDEN, visible).replace(/\p{Surrogate}/gu, "\ufffd");
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  return code === 0x7f ? "␡" : `\\u{${code.toString(16)}}`;
}
