import type { PlannedApply, PlannedObject } from "../../model/apply";
import type { Step } from "../../model/rollout";
import { Blocks, Demands, type Scope } from "./order-blocks";
import type { Digraph } from "./order-digraph";
import { connectNewObjects } from "./order-new-objects";
import type { Creator, Destroyer, Vertices } from "./order-vertices";

/**
 * Whether a destroyed object has `create_before_destroy`. `unsure`: a reading decides; `unknown`:
 * nothing does.
 */
export type Flag = boolean | "unsure" | "unknown";

export interface DestroyOptions {
  readonly flagOf: (destroyer: Destroyer) => Flag;
  /** Whether both orders of what is unsure or unknown are connected, or neither. */
  readonly both: boolean;
  /**
   * Whether an edge from or to this object counts where its other end has another provider:
   * Terraform leaves such an edge out where it would close a cycle.
   */
  readonly crossesProviders: (object: PlannedObject) => boolean;
}

/** The edges that the flag of an unsure delete decides. */
export interface Turn {
  readonly vertex: number;
  /** Without the flag, these wait for the delete. */
  readonly waitedForBy: number[];
  /** With the flag, the delete waits for these. */
  readonly waitsFor: number[];
}

/** Destroyed objects that depended on a block, by what decides who waits for them. */
interface Dependents {
  readonly block: string;
  readonly scope: Scope;
  readonly provider: string;
}

/** Objects that are created or updated and depend on a block of which something is destroyed. */
interface Users {
  readonly block: string;
  readonly scope: Scope;
}

/**
 * Connects destroys as DestroyEdgeTransformer does, and turns the edges from creates and updates to
 * a destroyed object with `create_before_destroy`, as CBDEdgeTransformer does. Where many are
 * connected with many, a vertex between them stands for all the edges.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/transform_destroy_edge.go
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/transform_destroy_cbd.go
 */
export function connectDestroys(
  plan: PlannedApply,
  vertices: Vertices,
  options: DestroyOptions,
): ReadonlyMap<Step, Turn> {
  const edges = new DestroyEdges(plan, vertices, options);
  if (vertices.destroyers.length > 0) {
    edges.connect();
  }
  return edges.turns;
}

class DestroyEdges {
  public readonly turns = new Map<Step, Turn>();
  readonly #graph: Digraph;
  /** What is only checked again takes no part, but for deposed objects of its own. */
  readonly #creators: readonly Creator[];
  readonly #blocks: Blocks;
  readonly #dependents = new Demands<Dependents>();
  readonly #users = new Demands<Users>();

  constructor(
    private readonly plan: PlannedApply,
    private readonly vertices: Vertices,
    private readonly options: DestroyOptions,
  ) {
    this.#graph = vertices.graph;
    this.#creators = vertices.creators.filter(({ object }) => !object.checked);
    this.#blocks = new Blocks(this.#creators, vertices.destroyers);
  }

  public connect(): void {
    this.replaced();
    this.vertices.destroyers.forEach((destroyer) => {
      this.destroyed(destroyer);
    });
    const fresh: Creator[] = [];
    for (const creator of this.#creators) {
      const stored = this.plan.dependencies.get(creator.object.address);
      if (stored === undefined) {
        fresh.push(creator);
      }
      for (const block of stored ?? []) {
        this.uses(creator, block);
      }
    }
    connectNewObjects(fresh, {
      ...this.vertices,
      blocks: this.#blocks,
      use: (block, scope) => this.use(block, scope),
    });
    this.#dependents.all().forEach(([name, demand]) => {
      this.precede(name, demand);
    });
    this.#users.all().forEach(([name, demand]) => {
      this.follow(name, demand);
    });
  }

  /** Old and new object of one address, deposed objects included. */
  private replaced(): void {
    const byAddress = new Map(this.vertices.creators.map((each) => [each.object.address, each]));
    for (const destroyer of this.vertices.destroyers) {
      const creator = byAddress.get(destroyer.object.address);
      if (creator !== undefined) {
        this.turnable(destroyer, { first: creator.vertex, last: creator.vertex });
      }
    }
  }

  /**
   * An edge that `create_before_destroy` turns: `first` waits for the destroy, or the destroy waits
   * for `last`.
   */
  private turnable(destroyer: Destroyer, { first, last }: { first: number; last: number }): void {
    const { step, vertex } = destroyer;
    const flag = this.options.flagOf(destroyer);
    const open = typeof flag !== "boolean" && this.options.both;
    if (flag === false || open) {
      this.#graph.connect(first, vertex);
    }
    if (flag === true || open) {
      this.#graph.connect(vertex, last);
    }
    if (flag === "unsure") {
      const turn = this.turns.get(step) ?? { vertex, waitedForBy: [], waitsFor: [] };
      turn.waitedForBy.push(first);
      turn.waitsFor.push(last);
      this.turns.set(step, turn);
    }
  }

  /** What a destroyed object depended on is destroyed, created and updated after it. */
  private destroyed(destroyer: Destroyer): void {
    const { object, vertex } = destroyer;
    const { provider } = object;
    for (const block of this.plan.dependencies.get(object.address) ?? []) {
      const scope = this.#blocks.scope(block, object);
      const name = `${JSON.stringify([scope, provider])} ${block}`;
      this.#dependents.add(name, { block, scope, provider });
      this.#graph.connect(this.#graph.named(`dependents ${name}`), vertex);
      const [first, last] = [`first ${name}`, `last ${name}`];
      this.turnable(destroyer, { first: this.#graph.named(first), last: this.#graph.named(last) });
    }
  }

  /** What was depended on, beside the destroyed objects that depended on it. */
  private precede(name: string, { block, scope, provider }: Dependents): void {
    const counts = (object: PlannedObject) =>
      object.provider === provider || this.options.crossesProviders(object);
    for (const { vertex, object } of this.#blocks.destroyed(block, scope)) {
      if (counts(object)) {
        this.#graph.connect(vertex, this.#graph.named(`dependents ${name}`));
      }
    }
    for (const { vertex, object } of this.#blocks.created(block, scope)) {
      if (counts(object)) {
        this.#graph.connect(vertex, this.#graph.named(`first ${name}`));
        this.#graph.connect(this.#graph.named(`last ${name}`), vertex);
      }
    }
  }

  /** An object is created or updated after the destroy of what it depends on. */
  private uses(creator: Creator, block: string): void {
    if (this.#blocks.destroyed(block).length > 0) {
      const { destroyed, users } = this.use(block, this.#blocks.scope(block, creator.object));
      this.#graph.connect(creator.vertex, destroyed);
      this.#graph.connect(users, creator.vertex);
    }
  }

  private use(block: string, scope: Scope): { destroyed: number; users: number } {
    const name = `${JSON.stringify(scope)} ${block}`;
    this.#users.add(name, { block, scope });
    return {
      destroyed: this.#graph.named(`destroyed ${name}`),
      users: this.#graph.named(`users ${name}`),
    };
  }

  /** What is destroyed of a block, beside the objects that depend on the block. */
  private follow(name: string, { block, scope }: Users): void {
    for (const destroyer of this.#blocks.destroyed(block, scope)) {
      const [first, last] = [`destroyed ${name}`, `users ${name}`];
      this.turnable(destroyer, { first: this.#graph.named(first), last: this.#graph.named(last) });
    }
  }
}
