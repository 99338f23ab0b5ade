import type { Instance } from "../../model/instance";
import { equalJson, hasTrue, isObject, type Json, member } from "../../model/value";

/**
 * Why a create stops a machine for a while, though nothing of the machine changes.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html NoReboot
 */
export function rebootBy({ type, address, values }: Instance): string | undefined {
  return type === IMAGE && member(values, "snapshot_without_reboot") !== true
    ? `${address} reboots the machine that it is made of: snapshot_without_reboot = true leaves it running`
    : undefined;
}

/** Nothing of these is a hop's: only their steps matter. */
export function isImage(type: string): boolean {
  return type === IMAGE;
}

const IMAGE = "aws_ami_from_instance";

/** Attributes of an ECS service whose change has new tasks take the place of the old ones. */
const DEPLOYS = [
  "capacity_provider_strategy",
  "force_new_deployment",
  "launch_type",
  "platform_version",
  "service_connect_configuration",
  "service_registries",
  "task_definition",
  "triggers",
  "volume_configuration",
];

/**
 * Why an update may stop all tasks of an ECS service before new ones run: none has to go on where
 * its deployment asks for none.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function deploymentBy(before: Instance, after: Instance): string | undefined {
  if (after.type !== "aws_ecs_service" || !DEPLOYS.some((name) => differs(before, after, name))) {
    return undefined;
  }
  const name = "deployment_minimum_healthy_percent";
  const least = isOpen(after, name) ? undefined : (member(after.values, name) ?? 100);
  const isDaemon = member(after.values, "scheduling_strategy") === "DAEMON";
  const keeps = typeof least === "number" && least > 0 && !(isDaemon && least === 100);
  return keeps
    ? undefined
    : `${after.address} may stop all its tasks before new ones run: ${name} is ${least === undefined ? "known after apply" : `0${isDaemon ? " by default" : ""}`}`;
}

/** What begins an instance refresh besides what its triggers name. */
const REFRESHES = ["launch_configuration", "launch_template", "mixed_instances_policy"];

/**
 * Why an update replaces the machines of an autoscaling group.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group triggers
 */
export function refreshBy(before: Instance, after: Instance): string | undefined {
  const refresh = member(after.values, "instance_refresh");
  const [block] = Array.isArray(refresh) ? (refresh as readonly Json[]) : [];
  const open = isOpen(after, "instance_refresh");
  if (after.type !== "aws_autoscaling_group" || (block === undefined && !open)) {
    return undefined;
  }
  const named = member(block, "triggers") ?? [];
  const triggers = Array.isArray(named) ? (named as readonly Json[]) : [];
  const all = [...REFRESHES, ...triggers.filter((name) => typeof name === "string")];
  return open || all.some((name) => differs(before, after, name))
    ? `${after.address} replaces its machines by an instance refresh, and whether others run meanwhile is not read`
    : undefined;
}

function differs(before: Instance, after: Instance, name: string): boolean {
  const [old, next] = [before, after].map(({ values }) => member(values, name) ?? null);
  // What is not set is computed anew in the plan of an update.
  const open = isOpen(after, name) && after.configured?.has(name) !== false;
  return open || !(isOpen(after, name) || equalJson(old, next));
}

function isOpen({ unknown }: Instance, name: string): boolean {
  return unknown === true || (isObject(unknown) && hasTrue(member(unknown, name) ?? false));
}
