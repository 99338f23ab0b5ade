import type { Review } from "../rules/review-types";
import { wrapped } from "./block";
import { forTerminal } from "./escape";

/** What the refresh before the plan found changed, of all that is on a path. */
export function driftLines({ drift }: Review, width: number): readonly string[] {
  if (drift.length === 0) {
    return [];
  }
  const texts = drift.map(({ address, action, attributes }) =>
    action === "delete"
      ? `${forTerminal(address)} was deleted outside Terraform`
      : `${forTerminal(address)} was changed outside Terraform (${forTerminal(attributes.join(", "))})`,
  );
  return wrapped("drift   ", texts.join(" · "), width);
}
