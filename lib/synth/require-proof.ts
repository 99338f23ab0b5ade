import type { IConstruct } from "constructs";
import { ensureProof } from "./prove-at-synth";
import { declareRequired } from "./required-paths";

/**
 * Makes what can't be decided fail the synth, rather than warn: for every path whose record is the
 * construct's own or lies below it, availability and exclusivity must be decided. A `ProxiedRecord`
 * without any path, as an override of `proxied` leaves it, fails too.
 *
 * @param scope the app, a stack, or any construct
 * @example
 * requireProof(this);
 */
export function requireProof(scope: IConstruct): void {
  ensureProof(scope);
  declareRequired(scope);
}
