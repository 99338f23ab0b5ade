import type { DriftReport, Review } from "../rules/review-types";
import { wrapped } from "./block";
import { forTerminal } from "./escape";

/** What the refresh before the plan found changed, of all that is on a path. */
export function driftLines({ drift }: Review, width: number): readonly string[] {
  if (drift.length === 0) {
    return [];
  }
  const texts = drift.map((each) => forTerminal(driftText(each)));
  return wrapped("drift   ", texts.join(" · "), width);
}

/** What was changed or deleted; not escaped. */
export function driftText({ address, action, attributes }: DriftReport): string {
  return action === "delete"
    ? `${address} was deleted outside Terraform`
    : `${address} was changed outside Terraform (${attributes.join(", ")})`;
}
