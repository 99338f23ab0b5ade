import type { IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";
import { callerLine, type SourceLine } from "./source-line";

const WEAKENING = "originproof:weakening";

/** Something that a user chose to know better than the proof; every report lists it. */
export type WeakeningDeclaration =
  | {
      readonly kind: "acknowledged";
      /** The rule whose findings about the construct, and all below it, are known. */
      readonly rule: string;
      readonly reason: string;
      readonly expires: string;
    }
  | {
      readonly kind: "exception";
      /** Who else is let in, in network form. */
      readonly cidr: string;
      /** The ports; none means all. */
      readonly ports: readonly number[];
      readonly reason: string;
      readonly expires: string | undefined;
    }
  | {
      readonly kind: "filtered-elsewhere";
      /** The addresses or names whose filter nothing in the app shows. */
      readonly addresses: readonly string[];
      readonly reason: string;
      readonly expires: string | undefined;
    };

/** A weakening as it was declared on a construct. */
export type DeclaredWeakening = WeakeningDeclaration & { readonly source: SourceLine | null };

/** Keeps a weakening on the construct it is about, with the user's line, for every report. */
export function declareWeakening(construct: IConstruct, weakening: WeakeningDeclaration): void {
  // Node metadata, unlike a WeakMap, is shared between copies of this library in one app.
  construct.node.addMetadata(WEAKENING, { ...weakening, source: callerLine() });
}

/** What {@link declareWeakening} was given for the construct itself. */
export function weakeningsOf(construct: IConstruct): readonly DeclaredWeakening[] {
  return construct.node.metadata
    .filter(({ type }) => type === WEAKENING)
    .map(({ data }) => data as DeclaredWeakening);
}

/** @throws ConfigurationError `reason-missing` */
export function requireReason(reason: string, scope: IConstruct): string {
  if (reason.trim() === "") {
    throw new ConfigurationError(
      "reason-missing",
      "'reason' is empty; say in a few words why, since every report shows it",
      scope,
    );
  }
  return reason;
}

/**
 * A day, valid through its end in UTC.
 *
 * @throws ConfigurationError `invalid-expiry`
 */
export function requireExpiry(expires: string, scope: IConstruct): string {
  const time = Date.parse(`${expires}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(expires) && !Number.isNaN(time);
  // Date.parse takes 30 February for 2 March.
  if (!real || new Date(time).toISOString().slice(0, 10) !== expires) {
    throw new ConfigurationError(
      "invalid-expiry",
      `'expires' is ${JSON.stringify(expires)}; give a day such as "2027-01-31"`,
      scope,
    );
  }
  return expires;
}
