import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { type GroupRule, groupRule, RULE, VPC_RULE } from "./aws-rule";

/** Which way a rule's packets go: in to the members of its group, or out of them. */
export type Direction = "ingress" | "egress";

/**
 * The rules of a direction that are blocks of their own; not certain where there may be none, or
 * the direction is known after apply.
 */
export function standaloneRules(lookup: Lookup, direction: Direction): readonly GroupRule[] {
  const own = lookup.managed(`aws_vpc_security_group_${direction}_rule`);
  return [
    ...own.map((instance) => groupRule(bodyOf(instance), VPC_RULE, instance.certain)),
    ...lookup.managed("aws_security_group_rule").flatMap((instance) => {
      const type = attribute(bodyOf(instance), "type");
      const known = type.kind === "known";
      return known && type.value !== direction
        ? []
        : [groupRule(bodyOf(instance), RULE, known && instance.certain)];
    }),
  ];
}
