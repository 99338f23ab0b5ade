import type { Instance } from "../../model/instance";
import { type Json, member } from "../../model/value";

/** Groups of targets, and classic balancers, that surely have a machine or task of a fleet. */
export function usedByFleets(present: readonly Instance[]): readonly (Json | undefined)[] {
  const groups = present.filter(
    (each) => each.type === "aws_autoscaling_group" && hasMachine(each),
  );
  const names = new Set(
    groups.flatMap(({ values }) => [member(values, "name"), member(values, "id")]),
  );
  return present.flatMap(({ type, values, certain }) => {
    if (!certain) {
      return [];
    }
    switch (type) {
      case "aws_autoscaling_group":
        return groups.some((each) => each.values === values)
          ? [...listOf(values, "target_group_arns"), ...listOf(values, "load_balancers")]
          : [];
      case "aws_autoscaling_attachment":
        return names.has(member(values, "autoscaling_group_name"))
          ? [member(values, "lb_target_group_arn"), member(values, "elb")]
          : [];
      case "aws_ecs_service":
        return atLeastOne(values, "desired_count")
          ? listOf(values, "load_balancer").map((block) => member(block, "target_group_arn"))
          : [];
      default:
        return [];
    }
  });
}

/** Without a desired capacity a group has its least size. */
function hasMachine({ values, certain }: Instance): boolean {
  const desired = member(values, "desired_capacity") ?? null;
  const least = desired === null ? "min_size" : "desired_capacity";
  const suspended = listOf(values, "suspended_processes");
  return certain && atLeastOne(values, least) && suspended.length === 0;
}

function atLeastOne(values: Json, name: string): boolean {
  return Number(member(values, name) ?? 0) >= 1;
}

function listOf(values: Json, name: string): readonly Json[] {
  const list = member(values, name);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}
