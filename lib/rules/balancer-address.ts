import type { Instance } from "../model/instance";
import type { Value } from "../model/value";
import type { Lookup } from "../read/lookup";
import { resolve, scopeOf } from "../read/references";

const BALANCERS: ReadonlySet<string> = new Set(["aws_lb", "aws_alb", "aws_elb"]);

/** Whether an address of a block may be that of a load balancer of AWS, by its references. */
export function mayBeBalancer(lookup: Lookup, address: Value, holder: Instance): boolean {
  if (address.kind !== "unknown" || address.expression === undefined) {
    return (
      address.kind === "known" && /\.elb\.[a-z0-9-]*\.?amazonaws\.com/i.test(String(address.value))
    );
  }
  const { targets } = resolve(lookup, address.expression, scopeOf(holder));
  return targets.some((target) => BALANCERS.has(target.instance.type));
}
