import { Members } from "./order-members";

/** A directed graph of numbered vertices, some with names. An edge leads to what is waited for. */
export class Digraph {
  public readonly edges: number[][] = [];
  readonly #named = new Map<string, number>();

  /** A vertex without a name. */
  public add(): number {
    return this.edges.push([]) - 1;
  }

  /** The vertex with a name, which is made if there is none. */
  public named(name: string): number {
    const known = this.#named.get(name);
    if (known !== undefined) {
      return known;
    }
    const made = this.add();
    this.#named.set(name, made);
    return made;
  }

  public has(name: string): boolean {
    return this.#named.has(name);
  }

  public connect(from: number, to: number): void {
    this.edges[from]?.push(to);
  }
}

/** From this many edges on, what a vertex reaches is kept: many others reach it. */
const WIDE = 64;

/** Wide vertices behind wide vertices, each explored by itself: no more than these. */
const DEEPEST = 100;

/** What is kept of other vertices, at most. */
const KEPT = 256;

/** Which vertices of a graph reach which, found when asked. */
export class Reach {
  readonly #wide = new Map<number, Members>();
  readonly #asked = new Map<number, Members>();
  /** Those that are being explored: what they reach is not known yet. */
  readonly #exploring = new Set<number>();

  /**
   * @param edges by vertex, which may hold cycles
   * @param changed the edges of vertices that have others in this graph
   */
  constructor(
    private readonly edges: readonly (readonly number[])[],
    private readonly changed: ReadonlyMap<number, readonly number[]> = new Map(),
  ) {}

  private edgesOf(vertex: number): readonly number[] {
    return this.changed.get(vertex) ?? this.edges[vertex] ?? [];
  }

  /** Whether a way of one edge or more leads from one vertex to another. */
  public reaches(from: number, to: number): boolean {
    const found = this.#wide.get(from) ?? this.#asked.get(from) ?? this.explore(from);
    return found.has(to);
  }

  private explore(from: number, depth = 0): Members {
    const found = new Members(this.edges.length);
    const stack: number[] = [];
    this.#exploring.add(from);
    this.push(from, found, stack);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const known = this.known(next, depth);
      if (known === undefined) {
        this.push(next, found, stack);
      } else {
        found.addAll(known);
      }
    }
    this.#exploring.delete(from);
    this.keep(from, found);
    return found;
  }

  private push(vertex: number, found: Members, stack: number[]): void {
    for (const next of this.edgesOf(vertex)) {
      if (!found.has(next)) {
        found.add(next);
        stack.push(next);
      }
    }
  }

  /** What a vertex on the way reaches, if it is kept; a wide one is explored for others too. */
  private known(vertex: number, depth: number): Members | undefined {
    const known = this.#wide.get(vertex) ?? this.#asked.get(vertex);
    const wide = this.edgesOf(vertex).length >= WIDE;
    const explores = known === undefined && wide && depth < DEEPEST && !this.#exploring.has(vertex);
    return explores ? this.explore(vertex, depth + 1) : known;
  }

  private keep(vertex: number, found: Members): void {
    if (this.edgesOf(vertex).length >= WIDE) {
      this.#wide.set(vertex, found);
      return;
    }
    this.#asked.set(vertex, found);
    if (this.#asked.size > KEPT) {
      const [oldest] = this.#asked.keys();
      this.#asked.delete(oldest ?? vertex);
    }
  }
}

/** The vertices that reach themselves (Tarjan's components, without recursion). */
export function cyclicVertices(edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const open = new Uint8Array(edges.length);
  const component: number[] = [];
  const found = new Set<number>();
  let count = 0;
  const enter = (vertex: number) => {
    order[vertex] = count;
    low[vertex] = count;
    count += 1;
    open[vertex] = 1;
    component.push(vertex);
    return { vertex, next: 0 };
  };
  const leave = (vertex: number) => {
    if (low[vertex] !== order[vertex]) {
      return;
    }
    const members = component.splice(component.lastIndexOf(vertex));
    for (const member of members) {
      open[member] = 0;
      if (members.length > 1 || edges[member]?.includes(member)) {
        found.add(member);
      }
    }
  };
  for (let start = 0; start < edges.length; start += 1) {
    const stack = order[start] === -1 ? [enter(start)] : [];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = edges[top.vertex]?.[top.next];
      top.next += 1;
      if (to === undefined) {
        stack.pop();
        leave(top.vertex);
        const parent = stack.at(-1)?.vertex;
        if (parent !== undefined) {
          low[parent] = Math.min(low[parent] ?? 0, low[top.vertex] ?? 0);
        }
      } else if (order[to] === -1) {
        stack.push(enter(to));
      } else if (open[to] === 1) {
        low[top.vertex] = Math.min(low[top.vertex] ?? 0, order[to] ?? 0);
      }
    }
  }
  return found;
}
