import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { RuleId } from "../rules/rule-ids";
import { ConfigurationError } from "./configuration-error";
import { requireLiteral } from "./literal";
import { callerLine, type SourceLine } from "./source-line";

const WEAKENING = "originproof:weakening";

/** Something that a user chose to know better than the proof; every report lists it. */
export type WeakeningDeclaration =
  | {
      readonly kind: "acknowledged";
      /** The rule whose findings about the construct, and all below it, are known. */
      readonly rule: RuleId;
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

/**
 * Text that reports show, so it must be known at synth.
 *
 * @throws ConfigurationError `reason-missing`, `token-for-literal`
 */
export function requireReason(reason: string, scope: IConstruct): string {
  // It never reaches Terraform: a text that only looks like an expression is one to show.
  if (Token.isUnresolved(reason)) {
    requireLiteral("reason", reason, '"partners connect until SHOP-41"', scope);
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    const got = reason === undefined ? "missing" : reason === "" ? "empty" : JSON.stringify(reason);
    throw new ConfigurationError(
      "reason-missing",
      `'reason' is ${got}; say in a few words why, since every report shows it`,
      scope,
    );
  }
  return reason;
}

/**
 * A day, valid through its end in UTC.
 *
 * @throws ConfigurationError `invalid-expiry`, `token-for-literal`
 */
export function requireExpiry(expires: string, scope: IConstruct): string {
  requireLiteral("expires", expires, '"2027-01-31"', scope);
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
