/**
 * How the provider makes an update, by type and attribute:
 *
 * - `one-call`: the attributes of the row at once;
 * - `inert`: no hop notices;
 * - the others name calls in order, which `parts.ts` makes steps of.
 */
export type Manner =
  | "one-call"
  | "inert"
  | "revoke-then-authorize"
  | "entry-by-entry"
  | "route-by-route"
  | "subnet-by-subnet"
  | "described-entries-apart"
  | "removes-then-adds"
  | "adds-then-removes"
  | "disassociate-then-associate"
  | "stop-then-start";

/** The rows of one type are in the order in which its provider makes their calls. */
export interface AtomicityRow {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly manner: Manner;
  /** File and line of the provider at this version, or how it was seen. */
  readonly source: string;
}

/** A row, with types and attributes each in one text. */
export function row(
  types: string,
  attributes: string,
  manner: Manner,
  source: string,
): AtomicityRow {
  return { types: types.split(" "), attributes: attributes.split(/\s+/), manner, source };
}
