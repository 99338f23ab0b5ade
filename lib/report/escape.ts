/**
 * Controls, and everything that turns or hides text: bidirectional marks, embeddings, overrides and
 * isolates, zero-width and filler characters, soft hyphens, line and paragraph separators, tags.
 * Variation selectors stay: emoji have them.
 */
export const HIDDEN =
  /(?![\ufe00-\ufe0f])[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

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
