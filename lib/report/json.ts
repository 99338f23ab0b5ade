import type { Review } from "../rules/review-types";

/** The review as JSON with a final newline; its shape is the contract of `schemaVersion`. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
