import type { Review } from "../rules/review-types";
import { HIDDEN } from "./escape";

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
  return `${text.replace(HIDDEN, (character) => (character === "\n" ? character : escaped(character)))}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
