import type { Instance } from "../../model/instance";
import { attribute, type Block, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { RULE, type RuleForm, VPC_RULE } from "./aws-rule";

/** Which way a rule's packets go: in to the members of its group, or out of them. */
export type Direction = "ingress" | "egress";

/** A block that holds one rule, with how it names the rule's parts. */
export interface StandaloneRule {
  readonly block: Block;
  readonly form: RuleForm;
  /** False: there may be none, or its direction is known after apply. */
  readonly certain: boolean;
}

/** The rules of a direction that are blocks of their own. */
export function standaloneRules(lookup: Lookup, direction: Direction): readonly StandaloneRule[] {
  const own = lookup.managed(`aws_vpc_security_group_${direction}_rule`);
  return [
    ...own.map((instance) => ruleOf(instance, VPC_RULE, instance.certain)),
    ...lookup.managed("aws_security_group_rule").flatMap((instance) => {
      const type = attribute(bodyOf(instance), "type");
      const known = type.kind === "known";
      return known && type.value !== direction
        ? []
        : [ruleOf(instance, RULE, known && instance.certain)];
    }),
  ];
}

function ruleOf(instance: Instance, form: RuleForm, certain: boolean): StandaloneRule {
  return { block: bodyOf(instance), form, certain };
}
