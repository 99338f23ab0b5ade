import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import { bind } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";

/** States in which a machine serves, or soon will. */
const UP = ["running", "pending"];

/**
 * What stops a machine, or may, until somebody starts it again: a block, or the machine as the plan
 * shows it. A target group sends nothing to one that is stopped.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function stopperOf(lookup: Lookup, instance: Instance): Instance | undefined {
  let started = false;
  for (const by of lookup.managed("aws_ec2_instance_state")) {
    const state = attribute(bodyOf(by), "state");
    const id = attribute(bodyOf(by), "instance_id");
    const named = bind(lookup, id, scopeOf(by), { types: ["aws_instance"], attribute: "id" });
    const own = named.kind === "bound" && named.instance === instance;
    const runs = state.kind === "known" && state.value === "running";
    if (!runs && (own || named.kind === "uncertain")) {
      return by;
    }
    started ||= own && by.certain;
  }
  const shown = knownString(attribute(bodyOf(instance), "instance_state"));
  const stopped = shown !== undefined && !UP.includes(shown) && instance.action !== "create";
  return stopped && !started ? instance : undefined;
}
