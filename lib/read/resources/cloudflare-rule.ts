import { SSL_VALUES, type SslValue } from "../../edge/flows";
import type { EdgeRule } from "../../edge/rules";
import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { ZoneRule } from "../../model/zone";

/** A rule of a zone as its resource has it. */
export interface ReadRule extends EdgeRule {
  readonly instance: Instance;
  /** Undefined where the zone can't be told: then it may be a rule of any. */
  readonly key: string | undefined;
  readonly unread: Reason | undefined;
  readonly rewrites?: true;
  readonly setsHost?: boolean;
}

/** Makes a rule of a zone: a rule of an unknown zone, or one that may not be there, never surely applies. */
export function readRule(read: ReadRule): ZoneRule {
  const { instance, key, unread, rewrites, setsHost = false, ...rule } = read;
  const sure = key !== undefined && instance.certain;
  const when: EdgeRule["when"] = (requests) => {
    const truth = rule.when(requests);
    return truth === true && !sure ? undefined : truth;
  };
  return { ...rule, when, key, unread, rewrites: rewrites === true, setsHost };
}

/** A rule that may not be there, or not apply: never certain. */
export function perhaps(rule: ZoneRule): ZoneRule {
  return { ...rule, when: (requests) => (rule.when(requests) === false ? false : undefined) };
}

/** Why what a resource of the edge does is not known. */
export function notRead(instance: Instance, what: string): Reason {
  const { address } = instance;
  return { id: "cloudflare/rule-not-read", subject: address, text: `${address}: ${what}` };
}

export function isSslValue(value: unknown): value is SslValue {
  return SSL_VALUES.some((mode) => mode === value);
}
