import type { Review } from "../rules/review-types";
import type { Weakening } from "../rules/weakening";
import { wrapped } from "./block";
import { forTerminal } from "./escape";

/** One line for each thing that was declared beside the proof. */
export function weakenedLines({ weakened }: Review, width: number): string[] {
  return weakened.flatMap((each) => {
    const text = `${forTerminal(textOf(each))}: ${forTerminal(each.reason)}${endOf(each)}`;
    return wrapped("weakened  ", text, width);
  });
}

function textOf({ kind, what, subject }: Weakening): string {
  switch (kind) {
    case "acknowledged":
      return `${what} of ${subject} is acknowledged`;
    case "exception":
      return `${what} may connect (${subject})`;
    case "filtered-elsewhere":
      return `${what} is filtered elsewhere (${subject})`;
  }
}

function endOf({ expires, state }: Weakening): string {
  if (expires === null) {
    return "";
  }
  return state === "expired" ? ` (expired after ${expires})` : ` (until ${expires})`;
}
