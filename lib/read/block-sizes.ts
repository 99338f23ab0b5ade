import type { Instance, ModuleStep } from "../model/instance";
import { moduleAddress } from "./module-address";

type Block = Pick<Instance, "mode" | "type" | "name">;

/** How many instances `count` makes of each block, by its address. */
export type BlockSizes = ReadonlyMap<string, number>;

export function blockSizes(instances: readonly Instance[]): BlockSizes {
  const found = new Map<string, number>();
  for (const instance of instances) {
    if (typeof instance.key === "number") {
      const address = sizeKey(instance.modules, instance);
      found.set(address, (found.get(address) ?? 0) + 1);
    }
  }
  return found;
}

/** What the sizes are kept by. */
export function sizeKey(modules: readonly ModuleStep[], { mode, type, name }: Block): string {
  return `${moduleAddress(modules)} ${mode}.${type}.${name}`;
}
