import type { Instance } from "../../model/instance";
import { asNumber, attribute, type Block, bodyOf, listAttribute } from "../attributes";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { bindBy } from "./aws-arn";

/** Processes without which a group has no machine that a balancer knows. */
const NEEDED: ReadonlySet<unknown> = new Set(["AddToLoadBalancer", "Launch"]);

/**
 * Whether the input says that an autoscaling group has no machine, now or by its schedule. Without
 * a desired capacity a group has its least size.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html
 */
export function mayBeEmpty(lookup: Lookup, group: Instance): boolean {
  const body = bodyOf(group);
  const desired = attribute(body, "desired_capacity");
  const least = desired.kind === "unset" ? "min_size" : "desired_capacity";
  const suspended = listAttribute(body, "suspended_processes");
  return (
    isZero(body, "max_size") ||
    isZero(body, least) ||
    (suspended !== "unset" && suspended.known.some((name) => NEEDED.has(name))) ||
    lookup.managed("aws_autoscaling_schedule").some((each) => empties(lookup, each, group))
  );
}

/**
 * Whether the input says that an ECS service runs no task: without a count it has 0, unless a
 * scaling target may raise it or it runs one on each machine.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
 */
export function mayBeIdle(lookup: Lookup, service: Instance): boolean {
  const body = bodyOf(service);
  const strategy = attribute(body, "scheduling_strategy");
  if (strategy.kind === "known" && strategy.value === "DAEMON") {
    return false;
  }
  const scaled = lookup.managed("aws_appautoscaling_target").length > 0;
  const unset = attribute(body, "desired_count").kind === "unset";
  return isZero(body, "desired_count") || (unset && !scaled);
}

function empties(lookup: Lookup, schedule: Instance, group: Instance): boolean {
  const body = bodyOf(schedule);
  const name = attribute(body, "autoscaling_group_name");
  const own = [name, scopeOf(schedule)] as const;
  const named = bindBy(lookup, own, ["aws_autoscaling_group"], ["name", "id"]);
  const others = named.kind === "foreign" || (named.kind === "bound" && named.instance !== group);
  return !others && (isZero(body, "desired_capacity") || isZero(body, "max_size"));
}

function isZero(block: Block, name: string): boolean {
  const value = attribute(block, name);
  return value.kind === "known" && asNumber(value.value) === 0;
}
