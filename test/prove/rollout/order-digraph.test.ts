import { cyclicVertices, Digraph, Reach } from "../../../lib/prove/rollout/order-digraph";

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

type Edges = readonly (readonly number[])[];

function randomEdges(seed: number, size: number, most: number): Edges {
  const next = numbers(seed);
  return Array.from({ length: size }, () =>
    Array.from({ length: next(most + 1) }, () => next(size)),
  );
}

/** What each vertex reaches by one edge or more, by the definition. */
function closureOf(edges: Edges): readonly ReadonlySet<number>[] {
  return edges.map((own) => {
    const found = new Set(own);
    for (const vertex of found) {
      for (const to of edges[vertex] ?? []) found.add(to);
    }
    return found;
  });
}

function reachedIn(reach: Reach, size: number, from: number): ReadonlySet<number> {
  const all = Array.from({ length: size }, (_, to) => to);
  return new Set(all.filter((to) => reach.reaches(from, to)));
}

describe("a graph with names", () => {
  it("has one vertex for each name, and others without", () => {
    const graph = new Digraph();
    const [a, none, b] = [graph.named("a"), graph.add(), graph.named("b")];
    expect([a, none, b, graph.named("a")]).toEqual([0, 1, 2, 0]);
    expect([graph.has("a"), graph.has("c")]).toEqual([true, false]);
  });

  it("keeps edges in their direction, and drops those from a vertex that it lacks", () => {
    const graph = new Digraph();
    graph.connect(graph.named("a"), graph.named("b"));
    graph.connect(7, 0);
    expect(graph.edges).toEqual([[1], []]);
  });
});

describe("what a vertex reaches", () => {
  it.each([1, 2, 3, 4, 5, 6])("is the closure, in random graphs (%i)", (seed) => {
    const edges = randomEdges(seed, 24, 3);
    const [reach, closure] = [new Reach(edges), closureOf(edges)];
    const found = edges.map((_, from) => reachedIn(reach, edges.length, from));
    expect(found).toEqual(closure);
  });

  it("is the closure where vertices are wide, and lie on cycles with each other", () => {
    const size = 400;
    const wide = (from: number) => Array.from({ length: 64 }, (_, at) => (from + at * 3) % size);
    const edges = randomEdges(9, size, 1).map((own, from) => (from % 40 === 0 ? wide(from) : own));
    const [reach, closure] = [new Reach(edges), closureOf(edges)];
    // Twice: what is kept of the first questions answers the others.
    for (const from of [0, 40, 81, 41, 160, 40, 399, 0]) {
      expect(reachedIn(reach, size, from)).toEqual(closure[from]);
    }
  });

  it("is the closure in a chain of more wide vertices than are explored one in another", () => {
    const [links, leaves] = [110, 63];
    const size = links * (leaves + 1) + 1;
    const edges = Array.from({ length: size }, (_, vertex) => {
      const [link, leaf] = [Math.floor(vertex / (leaves + 1)), vertex % (leaves + 1)];
      const own = Array.from({ length: leaves }, (_, at) => vertex + 1 + at);
      return leaf === 0 && link < links ? [...own, vertex + leaves + 1] : [];
    });
    const reach = new Reach(edges);
    expect(reachedIn(reach, size, 0).size).toBe(size - 1);
    expect(reachedIn(reach, size, 64 * 109)).toEqual(new Set(edges[64 * 109]));
  });

  it("is the closure after more questions than are kept", () => {
    const size = 300;
    const edges = Array.from({ length: size }, (_, at) => (at + 1 < size ? [at + 1] : []));
    const reach = new Reach(edges);
    for (const from of [...edges.keys(), 0, 1]) {
      expect([reach.reaches(from, size - 1), reach.reaches(from, from)]).toEqual([
        from < size - 1,
        false,
      ]);
    }
  });

  it("follows the edges that some vertices have instead", () => {
    const reach = new Reach([[1], [2], []], new Map([[1, []]]));
    expect([reach.reaches(0, 1), reach.reaches(0, 2)]).toEqual([true, false]);
  });

  it("is nothing for a vertex without edges, or outside the graph", () => {
    const reach = new Reach([[], [0]]);
    expect([reach.reaches(0, 0), reach.reaches(1, 0), reach.reaches(5, 0)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe("vertices on a cycle", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("are those that reach themselves (%i)", (seed) => {
    const edges = randomEdges(seed, 30, 2);
    const closure = closureOf(edges);
    const found = [...edges.keys()].filter((vertex) => closure[vertex]?.has(vertex));
    expect([...cyclicVertices(edges)].sort((a, b) => a - b)).toEqual(found);
  });

  it("hold a vertex with an edge to itself, and none of a diamond", () => {
    expect(cyclicVertices([[0], []])).toEqual(new Set([0]));
    expect(cyclicVertices([[1, 2], [3], [3], []])).toEqual(new Set());
  });

  it("hold both of two cycles, and not what lies between", () => {
    const edges = [[1], [0, 2], [3], [4], [3]];
    expect([...cyclicVertices(edges)].sort()).toEqual([0, 1, 3, 4]);
  });
});
