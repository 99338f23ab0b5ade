import type { Instance } from "../../model/instance";
import { knownString, member } from "../../model/value";
import { OTHER_ACTION, STOP_ACTION } from "../actions";
import { attribute, bodyOf } from "../attributes";
import { bind } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { machinesOf } from "./aws-machine";

/** States in which a machine serves, or soon will. */
const UP = ["running", "pending"];

/** What stops a machine, or the one that an interface is of. */
export function stopperOf(lookup: Lookup, holder: Instance): Instance | undefined {
  for (const machine of machinesOf(lookup).behind(holder)) {
    const by = machineStopper(lookup, machine);
    if (by !== undefined) {
      return by;
    }
  }
  return undefined;
}

/**
 * What stops a machine, or may, until somebody starts it again: a block, or the machine as the plan
 * shows it. A target group sends nothing to one that is stopped.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function machineStopper(lookup: Lookup, instance: Instance): Instance | undefined {
  let started = false;
  let stopper: Instance | undefined;
  for (const by of lookup.managed("aws_ec2_instance_state")) {
    const state = attribute(bodyOf(by), "state");
    const own = isNamed(lookup, by, instance);
    const runs = state.kind === "known" && state.value === "running";
    const stops = !runs && own !== false;
    const isLeft = by.action === "forget";
    if (stops && !isLeft) {
      return by;
    }
    stopper ??= stops ? by : undefined;
    started ||= own === true && runs && by.certain && !isLeft;
  }
  // A block that is only forgotten has stopped it before others start it.
  if (stopper !== undefined && !started) {
    return stopper;
  }
  const invoked = invokedOn(lookup, instance);
  if (invoked !== undefined) {
    return invoked;
  }
  const shown = knownString(attribute(bodyOf(instance), "instance_state"));
  const stopped = shown !== undefined && !UP.includes(shown) && instance.action !== "create";
  return stopped && !started ? instance : detachedFrom(lookup, instance);
}

/** An action of this apply that stops a machine, or of which nobody knows what it does. */
function invokedOn(lookup: Lookup, instance: Instance): Instance | undefined {
  const [other] = lookup.managed(OTHER_ACTION);
  return other ?? lookup.managed(STOP_ACTION).find((by) => isNamed(lookup, by, instance) !== false);
}

/** Whether a block's `instance_id` is that machine's; undefined: perhaps. */
function isNamed(lookup: Lookup, by: Instance, instance: Instance): boolean | undefined {
  const id = attribute(bodyOf(by), "instance_id");
  const named = bind(lookup, id, scopeOf(by), { types: ["aws_instance"], attribute: "id" });
  const own = named.kind === "bound" && named.instance === instance;
  return own || (named.kind === "uncertain" ? undefined : false);
}

/**
 * A volume's attachment that this apply takes away, and that stops its machine first: the provider
 * does not start it again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/volume_attachment stop_instance_before_detaching
 */
function detachedFrom(lookup: Lookup, { values }: Instance): Instance | undefined {
  const id = member(values, "id");
  const gone = lookup.before?.managed("aws_volume_attachment") ?? [];
  return gone.find((old) => {
    const stops = member(old.values, "stop_instance_before_detaching") === true;
    return (
      stops && id !== undefined && id === member(old.values, "instance_id") && !isKept(lookup, old)
    );
  });
}

function isKept(lookup: Lookup, old: Instance): boolean {
  const same = (now: Instance) =>
    ["id", "instance_id", "volume_id", "device_name"].every(
      (name) => member(now.values, name) === member(old.values, name),
    );
  return lookup
    .managed(old.type)
    .some((now) => now.address === old.address && now.input === old.input && same(now));
}
