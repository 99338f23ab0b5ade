import type { Instance } from "../../model/instance";
import type { Expression } from "../../model/value";
import type { Lookup } from "../lookup";
import { resolve, type Scope, type Target } from "../references";
import { BALANCER_TYPES } from "./aws-balancer-face";

/** What the name of a CNAME leads to. */
export interface NamedBalancers {
  /** Balancers that it may be the name of. */
  readonly balancers: readonly Instance[];
  /** What else it may be. */
  readonly others: readonly string[];
}

/**
 * The balancers with a name: AWS gives each balancer `dualstack.` before its own as well. Several
 * are blocks for the same one, of which it can't be told which is right.
 */
export function balancersNamed(lookup: Lookup, name: string): readonly Instance[] {
  const own = name.replace(/\.$/, "").replace(/^dualstack\./i, "");
  const found = BALANCER_TYPES.flatMap((type) =>
    [own, own.toLowerCase()].flatMap((text) => lookup.byValue(type, "dns_name", text)),
  );
  const managed = found.filter((instance) => instance.mode === "managed");
  return [...new Set(managed.length > 0 ? managed : found.slice(0, 1))];
}

/** The balancers whose name an expression gives. */
export function balancersIn(lookup: Lookup, expression: Expression, scope: Scope): NamedBalancers {
  const found = resolve(lookup, expression, scope);
  const balancers = found.targets.filter(isName).map((target) => target.instance);
  const others = found.targets.filter((target) => !isName(target));
  return {
    balancers: [...new Set(balancers)],
    others: [
      ...others.map((target) => target.instance.address),
      ...found.opaque.map((part) => part.text),
    ],
  };
}

/** `aws_lb.web.dns_name`, or all of a balancer where a splat or a computed index hides the rest. */
function isName({ instance, path }: Target): boolean {
  const [first, ...rest] = path;
  return (
    BALANCER_TYPES.includes(instance.type) &&
    rest.length === 0 &&
    (first === undefined || ("attribute" in first && first.attribute === "dns_name"))
  );
}
