import type { Input, Instance } from "../model/instance";
import type { ApplyGraph, Step } from "../model/rollout";
import type { ReadOptions } from "../read/options";
import type { ReadInput } from "../read/snapshot";
import type { OrderFacts } from "./apply-world";

/**
 * How inputs are read where the order of their apply decides what they leave: a rule block that goes
 * takes what its owner's update has put in its place, where it goes after that.
 */
export function withOrder(
  options: ReadOptions,
  reads: readonly ReadInput[],
  facts: OrderFacts,
): ReadOptions {
  let asked: ReturnType<typeof questions> | undefined;
  return {
    ...options,
    removal: (block, owner) => {
      const { plannedGraph } = require("./apply-world") as typeof import("./apply-world");
      asked ??= questions(plannedGraph(reads, options, facts));
      return asked(block, owner);
    },
  };
}

/** Asks for the order under no reading of unsure deletes: what is sure is so under each. */
function questions(graph: ApplyGraph): NonNullable<ReadOptions["removal"]> {
  const order = graph.order(new Map());
  const steps = new Map<Input, Map<string, Step[]>>();
  for (const step of graph.steps.filter(({ deposed }) => deposed === undefined)) {
    const own = steps.get(step.input) ?? new Map<string, Step[]>();
    steps.set(step.input, own);
    own.set(step.address, [...(own.get(step.address) ?? []), step]);
  }
  const stepOf = ({ input, address }: Instance, isIt: (step: Step) => boolean) =>
    steps.get(input)?.get(address)?.find(isIt);
  return (block, owner) => {
    const removal = stepOf(block, ({ action }) => action === "delete" || action === "update");
    const change = stepOf(owner, ({ action }) => action === "create" || action === "update");
    if (removal === undefined || change === undefined) {
      return "unordered";
    }
    return order.precedes(removal, change)
      ? "first"
      : order.precedes(change, removal)
        ? "last"
        : "unordered";
  };
}
