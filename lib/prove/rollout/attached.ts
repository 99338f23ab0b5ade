import type { Reason } from "../../model/hop";
import type { Path } from "../../model/path";
import type { Step } from "../../model/rollout";
import { equalJson, type Json, member } from "../../model/value";
import { mannerOf } from "./atomicity";
import type { Act, Both } from "./things";
import type { World } from "./world";

/**
 * An interface that is assumed to hang on a machine: a step may be about that machine, or about what
 * ties them, without anything on the path naming it.
 */
export function attachmentDoubts(
  paths: readonly Path[],
  { graph, things }: Pick<World, "graph" | "things">,
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
  const isHeld = [...interfaces].every((address) =>
    isGivenThroughout(address, [...things.values()]),
  );
  const unties = graph.steps.find((step) => {
    switch (step.type) {
      case "aws_network_interface_attachment":
        return true;
      case "aws_network_interface":
        return interfaces.has(step.address) && changes(step, "attachment");
      case "aws_instance":
        return (
          !(isHeld || (known.has(step) && isGiven(step))) &&
          (step.action === "delete" || stops(step))
        );
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
  return givenBy(before, "network_interface").length > 0;
}

/** Whether machines of the input have it before the apply and afterwards: an interface has one. */
function isGivenThroughout(address: string, all: readonly Both[]): boolean {
  const own = all.filter(
    ({ before, after }) => before?.address === address || after?.address === address,
  );
  const machines = all.filter(({ before, after }) => (before ?? after)?.type === "aws_instance");
  const isHeldAt = (end: "before" | "after") =>
    own.every((one) => {
      const id = member(one[end]?.values ?? null, "id");
      const isHolder = (each: Both) =>
        ["network_interface", "primary_network_interface"].some((name) =>
          givenBy(each[end]?.values ?? null, name).includes(id ?? null),
        );
      return typeof id === "string" && machines.some(isHolder);
    });
  return isHeldAt("before") && isHeldAt("after");
}

/** Ids of the interfaces that a machine is launched with. */
function givenBy(values: Json, name: string): readonly Json[] {
  const given = member(values, name);
  const blocks = Array.isArray(given) ? (given as readonly Json[]) : [];
  return blocks.map((block) => member(block, "network_interface_id") ?? null);
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
