import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import { attribute, bodyOf, type ListValue } from "../attributes";
import { type Binding, bind, bindList, type ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import type { Scope } from "../references";

/** The types of a load balancer and of its parts go by two names each. */
export const BALANCERS = ["aws_lb", "aws_alb"];
export const LISTENERS = ["aws_lb_listener", "aws_alb_listener"];
export const LISTENER_RULES = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
export const TARGET_GROUPS = ["aws_lb_target_group", "aws_alb_target_group"];
export const ATTACHMENTS = ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"];

/** By what a resource is named whose id is its ARN. */
const ARN = ["arn", "id"];

/** The same for one object and no other: its address may be another's too, which replaces it. */
export function idOf(instance: Instance): string {
  return knownString(attribute(bodyOf(instance), "arn")) ?? instance.address;
}

/** Binds a value that names one resource by any of some attributes. */
export function bindBy(
  lookup: Lookup,
  [value, scope]: readonly [Value, Scope],
  types: readonly string[],
  attributes: readonly string[] = ARN,
): Binding {
  const bindings = attributes.map((attribute) => bind(lookup, value, scope, { types, attribute }));
  const known = bindings.find((binding) => binding.kind === "bound");
  const named = bindings.find(
    (binding) => binding.kind === "uncertain" && binding.candidates.length > 0,
  );
  return known ?? named ?? bindings[0] ?? { kind: "unset" };
}

/** Binds a list of ARNs, or of ids that are ARNs. */
export function bindArns(
  lookup: Lookup,
  list: ListValue,
  scope: Scope,
  types: readonly string[],
): ListBinding {
  const [byArn, byId] = ARN.map((attribute) =>
    bindList(lookup, list, scope, { types, attribute }),
  ) as [ListBinding, ListBinding];
  const named = (binding: ListBinding) =>
    binding.candidates.length + binding.certain.filter((each) => !("foreign" in each)).length;
  return named(byId) > named(byArn) ? byId : byArn;
}
