import type { Review } from "../rules/review-types";

/** Controls, separators and bidirectional marks that `JSON.stringify` leaves as they are. */
const HIDDEN = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The review as JSON with a final newline; its shape is the contract of `schemaVersion`. Characters
 * that turn or hide text are written as escapes, so that it is safe to look at in a terminal.
 */
export function renderJson(review: Review): string {
  return safeJson(review);
}

/** Any value as JSON with a final newline that is safe to look at in a terminal. */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(HIDDEN, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
