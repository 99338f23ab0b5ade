import type { ProvedPath } from "../../prove/verdict";
import { push } from "../../read/lookup";
import type { RuleContext } from "../rule";
import { blockOf, isBelow, type Weakening } from "../weakening";

/** What an acknowledgement is about, and whether the input shows all of it. */
export class Subjects {
  /** Construct paths by address, of every stack that is known. */
  readonly #places = new Map<string, string[]>();
  /** How many inputs hold a block. */
  readonly #inputs = new Map<string, Set<unknown>>();

  constructor(private readonly context: RuleContext) {
    for (const { resources } of context.sidecars) {
      for (const [address, { constructPath }] of Object.entries(resources)) {
        push(this.#places, address, constructPath);
      }
    }
    for (const { address, input } of context.topology.instances) {
      const block = blockOf(address);
      this.#inputs.set(block, (this.#inputs.get(block) ?? new Set()).add(input));
    }
  }

  /** Is any part of a finding's subject what the acknowledgement is about? */
  public covers(weakening: Weakening, subject: string): boolean {
    return weakening.constructPath === null
      ? weakening.subject === subject
      : subject.split(", ").some((address) => this.isBelow(address, weakening));
  }

  /** Is nothing left open that could still be such a finding? */
  public isDecided(weakening: Weakening): boolean {
    const { constructPath, subject } = weakening;
    if (constructPath !== null && !this.isShown(constructPath)) {
      return false;
    }
    const concerns = (address: string) =>
      constructPath === null
        ? subject.split(", ").map(blockOf).includes(blockOf(address))
        : this.isBelow(address, weakening);
    const touching = this.context.proved.filter(({ path }) =>
      [path.flow.record, ...path.route.hops.flatMap((hop) => hop.resources)].some(concerns),
    );
    // A zone or an address is on no path itself: then every path may be about it.
    return (touching.length === 0 ? this.context.proved : touching).every(isSettled);
  }

  private isBelow(address: string, { constructPath }: Weakening): boolean {
    const places = this.#places.get(blockOf(address)) ?? [];
    return places.some((place) => isBelow(place, constructPath ?? ""));
  }

  /**
   * Does the input hold every resource below the construct? Of two stacks with the same addresses
   * both must be there, and what lies around stacks may be about one that is not.
   */
  private isShown(constructPath: string): boolean {
    const own = [...this.#places].filter(
      ([address, places]) =>
        !address.startsWith("data.") && places.some((place) => isBelow(place, constructPath)),
    );
    const shown = own.every(
      ([address, places]) => (this.#inputs.get(address)?.size ?? 0) >= places.length,
    );
    return own.length > 0 && shown && !this.isAroundStacks(constructPath);
  }

  private isAroundStacks(constructPath: string): boolean {
    const steps = constructPath.split("/");
    return this.context.sidecars.some(({ stack, resources }) => {
      const places = Object.values(resources).map((each) => each.constructPath);
      const all = places.length > 0 && places.every((place) => isBelow(place, constructPath));
      return all && !steps.includes(stack);
    });
  }
}

function isSettled({ availability, exclusivity }: ProvedPath): boolean {
  return availability.verdict !== "undetermined" && exclusivity.verdict !== "undetermined";
}
