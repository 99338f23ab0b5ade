import type { Instance } from "../model/instance";
import type { Flow } from "../model/path";
import type { RuleContext } from "./rule";

/** Finds the resources of the input by their address, in the stack that a flow is of. */
export class Resources {
  /** By stack, then by address. */
  readonly #stacks = new Map<string, Map<string, Instance>>();

  constructor({ topology }: RuleContext) {
    for (const instance of topology.instances) {
      const { label } = instance.input;
      const stack = this.#stacks.get(label) ?? new Map<string, Instance>();
      this.#stacks.set(label, stack.set(instance.address, instance));
    }
  }

  public recordOf({ input, record }: Flow): Instance | undefined {
    return this.#stacks.get(input)?.get(record);
  }
}
