import type { Draft } from "../rule";
import type { Weakening } from "../weakening";

/** A finding about something declared: it refutes nothing, so it has no path and no witness. */
export function declaredDraft(
  said: Pick<Weakening, "subject" | "what" | "constructPath" | "source">,
  words: Pick<Draft, "what" | "why" | "fix">,
): Draft {
  const { subject, what: key, constructPath, source } = said;
  return { subject, key, place: { constructPath, source }, paths: [], witness: null, ...words };
}

/** How a finding calls what was declared. */
export function nameOf({ kind, what, subject }: Weakening): string {
  switch (kind) {
    case "acknowledged":
      return `the acknowledgement of ${what} for ${subject}`;
    case "exception":
      return `the exception for ${what} of ${subject}`;
    case "filtered-elsewhere":
      return `what was said of the filter of ${what}`;
  }
}
