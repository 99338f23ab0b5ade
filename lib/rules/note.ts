import type { Draft } from "./rule";

/** A finding that refutes nothing by itself: it has no witness. */
export function note(
  subject: string,
  words: Pick<Draft, "what" | "why" | "fix">,
  paths: readonly number[] = [],
): Draft {
  return { subject, paths, witness: null, ...words };
}
