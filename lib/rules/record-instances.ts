import type { Instance } from "../model/instance";
import type { Flow } from "../model/path";
import type { RuleContext } from "./rule";

/** Finds the resources of the input by their address, in the stack that a flow is of. */
export class Resources {
  readonly #byAddress = new Map<string, Instance>();

  constructor({ topology }: RuleContext) {
    for (const instance of topology.instances) {
      this.#byAddress.set(`${instance.input.label} ${instance.address}`, instance);
    }
  }

  public recordOf({ input, record }: Flow): Instance | undefined {
    return this.#byAddress.get(`${input} ${record}`);
  }
}
