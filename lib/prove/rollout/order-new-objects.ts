import type { PlannedObject } from "../../model/apply";
import { type Blocks, EVERYWHERE, type Scope } from "./order-blocks";
import { blockOfTarget, type Creator, type Vertices } from "./order-vertices";

export interface NewObjectsContext extends Pick<Vertices, "graph" | "references"> {
  readonly blocks: Blocks;
  /** The vertices between what is destroyed of a block and what depends on it. */
  readonly use: (block: string, scope: Scope) => { destroyed: number; users: number };
}

/**
 * A new object has no dependencies in the state: it depends on whatever it leads to by the
 * configuration (AttachDependenciesTransformer). Each way through the configuration is walked once,
 * by two vertices for each of its vertices: `after` waits for the destroys on the way, and
 * `before` is waited for by them.
 */
export function connectNewObjects(fresh: readonly Creator[], context: NewObjectsContext): void {
  const walks = new Map<Scope, Walk>();
  for (const { vertex, object } of fresh) {
    const { module, modulePath } = object;
    const scope = context.blocks.hasInstances(modulePath) ? module : EVERYWHERE;
    const walk = walks.get(scope) ?? new Walk(context, { module, modulePath }, scope);
    walks.set(scope, walk);
    const { after, before } = walk.from(`block:${object.block}`);
    context.graph.connect(vertex, after);
    context.graph.connect(before, vertex);
  }
}

class Walk {
  readonly #seen = new Set<string>();

  constructor(
    private readonly context: NewObjectsContext,
    private readonly place: Pick<PlannedObject, "module" | "modulePath">,
    private readonly scope: Scope,
  ) {}

  public from(start: string): { after: number; before: number } {
    const waiting = this.#seen.has(start) ? [] : [start];
    this.#seen.add(start);
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      for (const target of this.step(name)) {
        if (!this.#seen.has(target)) {
          this.#seen.add(target);
          waiting.push(target);
        }
      }
    }
    return this.pair(start);
  }

  private step(name: string): readonly string[] {
    const { graph, references, blocks } = this.context;
    const own = this.pair(name);
    const block = blockOfTarget(name);
    if (block !== undefined && blocks.destroyed(block).length > 0) {
      const { destroyed, users } = this.context.use(block, blocks.scope(block, this.place));
      graph.connect(own.after, destroyed);
      graph.connect(users, own.before);
    }
    const targets = references(name);
    for (const target of targets) {
      const next = this.pair(target);
      graph.connect(own.after, next.after);
      graph.connect(next.before, own.before);
    }
    return targets;
  }

  private pair(name: string): { after: number; before: number } {
    const { graph } = this.context;
    const text = `${JSON.stringify(this.scope)} ${name}`;
    return { after: graph.named(`after ${text}`), before: graph.named(`before ${text}`) };
  }
}
