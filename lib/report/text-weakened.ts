import type { Review } from "../rules/review-types";
import type { Weakening } from "../rules/weakening";
import { wrapped } from "./block";
import { forTerminal } from "./escape";

/** One line for each thing that was declared beside the proof. */
export function weakenedLines({ weakened }: Review, width: number): string[] {
  return weakened.flatMap((each) => {
    const text = `${forTerminal(weakeningText(each))}: ${forTerminal(each.reason)}`;
    return wrapped("weakened  ", `${text}${weakeningEnd(each)}`, width);
  });
}

/** What is declared, without its reason; not escaped. */
export function weakeningText({ kind, what, subject }: Weakening): string {
  switch (kind) {
    case "acknowledged":
      return `${what} of ${subject} is acknowledged`;
    case "exception":
      return `${what} may connect (${subject})`;
    case "filtered-elsewhere":
      return `${what} is filtered elsewhere (${subject})`;
  }
}

/** ` (until 2027-06-30)`, where it ends. */
export function weakeningEnd({ expires, state }: Weakening): string {
  if (expires === null) {
    return "";
  }
  return state === "expired" ? ` (expired after ${expires})` : ` (until ${expires})`;
}
