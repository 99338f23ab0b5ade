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

/** What is kept of other vertices, at most. */
const KEPT = 256;

/** Which vertices of a graph reach which, found when asked. */
export class Reach {
  readonly #wide = new Map<number, Uint32Array>();
  readonly #asked = new Map<number, Uint32Array>();
  readonly #words: number;

  /** @param edges by vertex, which may hold cycles */
  constructor(private readonly edges: readonly (readonly number[])[]) {
    this.#words = (edges.length + 31) >>> 5;
  }

  /** Whether a way of one edge or more leads from one vertex to another. */
  public reaches(from: number, to: number): boolean {
    const found = this.#wide.get(from) ?? this.#asked.get(from) ?? this.explore(from);
    return ((found[to >>> 5] ?? 0) & (1 << (to & 31))) !== 0;
  }

  private explore(from: number): Uint32Array {
    const found = new Uint32Array(this.#words);
    const stack: number[] = [];
    const push = (vertex: number) => {
      for (const next of this.edges[vertex] ?? []) {
        const bit = 1 << (next & 31);
        if (((found[next >>> 5] ?? 0) & bit) === 0) {
          found[next >>> 5] = (found[next >>> 5] ?? 0) | bit;
          stack.push(next);
        }
      }
    };
    push(from);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const known = this.#wide.get(next) ?? this.#asked.get(next);
      if (known === undefined) {
        push(next);
      } else {
        merge(found, known);
      }
    }
    this.keep(from, found);
    return found;
  }

  private keep(vertex: number, found: Uint32Array): void {
    if ((this.edges[vertex]?.length ?? 0) >= WIDE) {
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

function merge(into: Uint32Array, from: Uint32Array): void {
  for (let at = 0; at < into.length; at += 1) {
    into[at] = (into[at] ?? 0) | (from[at] ?? 0);
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
