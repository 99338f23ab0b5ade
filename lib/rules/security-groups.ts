import type { Lookup } from "../read/lookup";
import { SecurityGroups } from "../read/resources/aws-security-group";
import type { Direction } from "../read/resources/aws-standalone-rules";

/** By where they are looked up, then by direction. */
const READ = new WeakMap<Lookup, Map<Direction, SecurityGroups>>();

/** The security groups as they are after the apply, read once for all rules. */
export function securityGroups(lookup: Lookup, direction: Direction = "ingress"): SecurityGroups {
  const known = READ.get(lookup) ?? new Map<Direction, SecurityGroups>();
  READ.set(lookup, known);
  const groups = known.get(direction) ?? new SecurityGroups(lookup, undefined, direction);
  known.set(direction, groups);
  return groups;
}
