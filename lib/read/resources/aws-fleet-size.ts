import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { asBoolean, asNumber, attribute, type Block, bodyOf, listAttribute } from "../attributes";
import type { Lookup } from "../lookup";
import { resolve, scopeOf } from "../references";
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
  if (attribute(body, "desired_count").kind !== "unset") {
    return isZero(body, "desired_count");
  }
  return !lookup.managed("aws_appautoscaling_target").some((each) => raises(lookup, each, service));
}

/**
 * Whether an apply has only asked for the first task of a service, and did not wait until it runs.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service wait_for_steady_state
 */
export function isStarting(lookup: Lookup, service: Instance): boolean {
  const waits = attribute(bodyOf(service), "wait_for_steady_state");
  if (!lookup.during || (waits.kind === "known" && asBoolean(waits.value) === true)) {
    return false;
  }
  const old = lookup.before
    ?.managed(service.type)
    .find(({ address, input }) => address === service.address && input === service.input);
  const idled = old !== undefined && lookup.before !== undefined && mayBeIdle(lookup.before, old);
  return service.action === "create" || (service.action !== "unknown" && idled);
}

/**
 * The same of a new autoscaling group, which by default is waited for.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group wait_for_capacity_timeout
 */
export function isFilling(lookup: Lookup, group: Instance): boolean {
  const waits = attribute(bodyOf(group), "wait_for_capacity_timeout");
  const skips = waits.kind === "unknown" || /^0/.test(knownString(waits) ?? "10m");
  return lookup.during && group.action === "create" && skips;
}

/** Whether a scaling target surely keeps a service at one task at least. */
function raises(lookup: Lookup, target: Instance, service: Instance): boolean {
  const body = bodyOf(target);
  const least = attribute(body, "min_capacity");
  const some = least.kind === "known" && (asNumber(least.value) ?? 0) >= 1;
  const ecs = knownString(attribute(body, "service_namespace")) === "ecs";
  return target.certain && some && ecs && isFor(lookup, target, service);
}

/** `service/<cluster>/<service>`: by its name, or by a reference to it and to no other one. */
function isFor(lookup: Lookup, target: Instance, service: Instance): boolean {
  const id = attribute(bodyOf(target), "resource_id");
  if (id.kind === "known") {
    const name = knownString(id)?.split("/")[2];
    const named = lookup
      .managed("aws_ecs_service")
      .filter((each) => knownString(attribute(bodyOf(each), "name")) === name);
    return named.length === 1 && named[0] === service;
  }
  const expression = id.kind === "unknown" ? id.expression : undefined;
  const found = expression && resolve(lookup, expression, scopeOf(target)).targets;
  const services = (found ?? []).filter(({ instance }) => instance.type === "aws_ecs_service");
  return services.length > 0 && services.every(({ instance }) => instance === service);
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
