import { type Json, member } from "../../model/value";
import type { Before } from "./states";
import type { Act } from "./things";

/**
 * Creates that must fail, since what is still there has what they ask for, and all that waits for
 * them: none of it is ever done.
 *
 * @see docs/proof.md, "Rollout"
 */
export function blockedActs(acts: readonly Act[], before: Before): ReadonlySet<Act> {
  const creates = acts.filter((act) => act.step.action === "create");
  const deletes = acts.filter((act) => act.step.action === "delete");
  const failing = creates.filter((create) =>
    deletes.some((other) => before(create, other) && clash(other, create)),
  );
  const blocked = new Set(failing);
  for (const act of acts) {
    if (failing.some((create) => before(create, act))) {
      blocked.add(act);
    }
  }
  return blocked;
}

/** Names that only one object can have, with what they are unique within. */
const UNIQUE: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_security_group", ["name", "vpc_id"]],
  ["aws_lb", ["name"]],
  ["aws_alb", ["name"]],
  ["aws_elb", ["name"]],
  ["aws_lb_target_group", ["name"]],
  ["aws_alb_target_group", ["name"]],
  ["aws_network_acl_rule", ["network_acl_id", "egress", "rule_number"]],
  ["aws_route", ["route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block"]],
]);

/** Whether what is still there makes the create fail. */
export function clash(old: Act, next: Act): boolean {
  const { type } = next.step;
  const names = UNIQUE.get(type);
  if (old.step.type === type && names !== undefined) {
    const set = names.filter((name) => setValue(next.step.after, name) !== undefined);
    return set.length > 0 && names.every((name) => sameValue(old, next, name));
  }
  return isDuplicate(old, next);
}

function sameValue(old: Act, next: Act, name: string): boolean {
  return (
    setValue(old.step.before, name) === setValue(next.step.after, name) && !isUnknown(next, name)
  );
}

/** AWS refuses a rule that a group has already: `InvalidPermission.Duplicate`. */
function isDuplicate(old: Act, next: Act): boolean {
  const types = [old.step.type, next.step.type];
  if (types.some((type) => !RULES.has(type)) || isUnknown(next, "security_group_id")) {
    return false;
  }
  const [left, right] = [rulesOf(old.step.before), rulesOf(next.step.after)];
  return (
    directionOf(types[0] ?? "", old.step.before) === directionOf(types[1] ?? "", next.step.after) &&
    left.some((rule) => right.includes(rule))
  );
}

const RULES: ReadonlySet<string> = new Set([
  "aws_security_group_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
]);

function directionOf(type: string, values: Json): string {
  const given = setValue(values, "type");
  return type === "aws_security_group_rule"
    ? String(given)
    : type.includes("egress")
      ? "egress"
      : "ingress";
}

/** One text for each source of a rule, with group, protocol and ports. */
function rulesOf(values: Json): readonly string[] {
  const protocol = setValue(values, "ip_protocol") ?? setValue(values, "protocol");
  const ports =
    protocol === "-1" ? [] : [setValue(values, "from_port"), setValue(values, "to_port")];
  const group = setValue(values, "security_group_id");
  const sources = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].flatMap((name) => {
    const value = member(values, name) ?? [];
    return Array.isArray(value) ? (value as readonly Json[]) : [value];
  });
  const texts = sources.filter((source) => typeof source === "string" && source !== "");
  return texts.map((source) => JSON.stringify([group, protocol, ports, source]));
}

function setValue(values: Json, name: string): Json | undefined {
  const value = member(values, name) ?? "";
  return value === "" || typeof value === "object" ? undefined : value;
}

function isUnknown({ step }: Act, name: string): boolean {
  const mask = step.afterUnknown === true ? true : (member(step.afterUnknown, name) ?? false);
  return mask !== false;
}
