import type { PlannedObject } from "../../model/apply";
import type { Creator, Destroyer } from "./order-vertices";

/** Instances of one module that are not ordered with those of its other instances. */
export type Scope = string;

/** Every instance. */
export const EVERYWHERE: Scope = "*";

/** What is done to the objects of each block, and which of them one object is ordered with. */
export class Blocks {
  readonly #creators = new Map<string, Creator[]>();
  readonly #destroyers = new Map<string, Destroyer[]>();
  readonly #instances = new Map<string, Set<string>>();
  readonly #pathOf = new Map<string, string>();

  constructor(creators: readonly Creator[], destroyers: readonly Destroyer[]) {
    for (const each of creators) {
      this.place(each.object);
      push(this.#creators, each);
    }
    for (const each of destroyers) {
      this.place(each.object);
      push(this.#destroyers, each);
    }
  }

  private place({ block, module, modulePath }: PlannedObject): void {
    this.#pathOf.set(block, modulePath);
    const instances = this.#instances.get(modulePath) ?? new Set();
    this.#instances.set(modulePath, instances.add(module));
  }

  public created(block: string, scope: Scope = EVERYWHERE): readonly Creator[] {
    return within(this.#creators.get(block) ?? [], scope);
  }

  public destroyed(block: string, scope: Scope = EVERYWHERE): readonly Destroyer[] {
    return within(this.#destroyers.get(block) ?? [], scope);
  }

  /**
   * The objects of a block that an object is ordered with: those of its own module instance where
   * both are of one module.
   *
   * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_abstract.go#L567
   */
  public scope(block: string, object: Pick<PlannedObject, "module" | "modulePath">): Scope {
    const same = this.#pathOf.get(block) === object.modulePath;
    return same && this.hasInstances(object.modulePath) ? object.module : EVERYWHERE;
  }

  /** Whether objects of several instances of a module are concerned. */
  public hasInstances(modulePath: string): boolean {
    return (this.#instances.get(modulePath)?.size ?? 0) > 1;
  }
}

function push<T extends Creator>(map: Map<string, T[]>, each: T): void {
  const { block } = each.object;
  const known = map.get(block);
  if (known === undefined) {
    map.set(block, [each]);
  } else {
    known.push(each);
  }
}

function within<T extends Creator>(all: readonly T[], scope: Scope): readonly T[] {
  return scope === EVERYWHERE ? all : all.filter(({ object }) => object.module === scope);
}

/** Pairs of a block and something else that are asked for, each once. */
export class Demands<T> {
  readonly #asked = new Map<string, T>();

  public add(name: string, demand: T): void {
    this.#asked.set(name, demand);
  }

  public all(): readonly [name: string, demand: T][] {
    return [...this.#asked];
  }
}
