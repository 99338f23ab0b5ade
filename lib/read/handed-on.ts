import type { Instance } from "../model/instance";
import { push } from "./lookup";
import { idOf, isSame, nameOf } from "./one-object";
import type { ReadInput } from "./snapshot";

type Read = Pick<ReadInput, "before" | "instances">;

/**
 * The inputs without blocks that are only forgotten, since another block has their object now:
 * `removed` with `destroy = false` beside an `import`, in one stack or in two.
 */
export function withoutHandedOn<T extends Read>(reads: readonly T[]): readonly T[] {
  const forgotten = new Map<string, Instance[]>();
  for (const instance of reads.flatMap(({ instances }) => instances)) {
    if (instance.action === "forget") {
      push(forgotten, nameOf(instance), instance);
    }
  }
  if (forgotten.size === 0) {
    return reads;
  }
  const others = reads.flatMap(({ instances }) =>
    instances.filter(({ action, mode }) => mode === "managed" && action !== "forget"),
  );
  const twins = others.flatMap((each) => {
    const own = idOf(each) === undefined ? [] : (forgotten.get(nameOf(each)) ?? []);
    return own.filter((twin) => isSame(each, twin));
  });
  const addresses = new Set(twins.map(({ address }) => address));
  const stays = ({ input, address }: Instance) =>
    !addresses.has(address) ||
    !twins.some((twin) => twin.input === input && twin.address === address);
  return twins.length === 0
    ? reads
    : reads.map((read) => ({
        ...read,
        instances: read.instances.filter(stays),
        before: read.before?.filter(stays),
      }));
}
