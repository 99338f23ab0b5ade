import type { Reason } from "../../model/hop";
import type { Path } from "../../model/path";
import type { Step } from "../../model/rollout";
import { equalJson, member } from "../../model/value";
import { mannerOf } from "./atomicity";
import type { Act } from "./things";

/**
 * An interface that is assumed to hang on a machine: a step may be about that machine, or about what
 * ties them, without anything on the path naming it.
 */
export function attachmentDoubts(
  paths: readonly Path[],
  steps: readonly Step[],
  acts: readonly Act[],
): readonly Reason[] {
  const assumed = paths
    .flatMap(({ route }) => [...route.assumptions, ...route.hops.flatMap((hop) => hop.assumptions)])
    .filter(({ id }) => id === "aws/interface-attached");
  const interfaces = new Set(assumed.map(({ subject }) => subject));
  if (interfaces.size === 0) {
    return [];
  }
  const known = new Set(acts.map(({ step }) => step));
  const unties = steps.find((step) => {
    switch (step.type) {
      case "aws_network_interface_attachment":
        return true;
      case "aws_network_interface":
        return interfaces.has(step.address) && changes(step, "attachment");
      case "aws_instance":
        return !(known.has(step) && isGiven(step)) && (step.action === "delete" || stops(step));
      default:
        return false;
    }
  });
  if (unties === undefined) {
    return [];
  }
  const [subject = ""] = interfaces;
  const text = `which machine ${subject} is attached to is not in the input, and ${unties.address} may be it or what ties them`;
  return [{ id: "rollout/dependencies", subject, text }];
}

/** A machine that is given its interfaces: what becomes of those is seen. */
function isGiven({ before }: Step): boolean {
  const given = member(before, "network_interface");
  return Array.isArray(given) && given.length > 0;
}

function stops(step: Step): boolean {
  const names = Object.keys(Object(step.after));
  return (
    step.action === "update" &&
    names.some((name) => mannerOf(step.type, name) === "stop-then-start" && changes(step, name))
  );
}

function changes({ action, before, after }: Step, name: string): boolean {
  const [old, next] = [member(before, name) ?? null, member(after, name) ?? null];
  return action === "update" && !equalJson(old, next);
}
