import { Reach } from "../../../lib/prove/rollout/order-digraph";

/** A graph that counts how often the edges of each vertex are read. */
function counted(edges: readonly (readonly number[])[]) {
  const reads = new Map<number, number>();
  const watched = new Proxy(edges, {
    get: (target, name) => {
      const vertex = typeof name === "string" ? Number(name) : Number.NaN;
      if (!Number.isNaN(vertex)) reads.set(vertex, (reads.get(vertex) ?? 0) + 1);
      return Reflect.get(target, name) as unknown;
    },
  });
  const reach = new Reach(watched);
  /** Whether the answer to a question needs the edges of a vertex again. */
  const readsOf = (vertex: number, from: number): boolean => {
    const before = reads.get(vertex) ?? 0;
    reach.reaches(from, vertex);
    return (reads.get(vertex) ?? 0) > before;
  };
  return { reach, readsOf };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe("what is remembered of what a vertex reaches", () => {
  it("is what was asked of a vertex", () => {
    const { readsOf } = counted([[1], [2], []]);
    expect([readsOf(2, 0), readsOf(2, 0), readsOf(1, 0)]).toEqual([true, false, false]);
  });

  it("is what was asked of 256 vertices, and no more", () => {
    // Each but the first two leads to the first.
    const edges = [[], [0], ...range(2, 300).map(() => [0])];
    const { readsOf } = counted(edges);
    const asked = range(2, 258).map((from) => readsOf(0, from));
    expect(asked).toEqual(asked.map(() => true));
    expect([readsOf(0, 2), readsOf(0, 257)]).toEqual([false, false]);
    expect(readsOf(0, 258)).toBe(true);
    expect([readsOf(0, 258), readsOf(0, 3)]).toEqual([false, false]);
    expect(readsOf(0, 2)).toBe(true);
  });

  /** From 1000 on, vertices that lead to one with so many edges, which leads to leaves. */
  function behind(leaves: number) {
    const edges = Array.from({ length: 1300 }, (): number[] => []);
    edges[0] = range(1, leaves + 1);
    for (const from of range(1000, 1300)) edges[from] = [0];
    return counted(edges);
  }

  it("is what a wide vertex reaches that others lead to", () => {
    const { readsOf } = behind(64);
    expect([readsOf(1, 1000), readsOf(1, 1001), readsOf(1, 0)]).toEqual([true, false, false]);
    for (const from of range(1002, 1300)) expect(readsOf(1, from)).toBe(false);
  });

  it("is not what each narrow vertex on the way reaches", () => {
    const { readsOf } = behind(63);
    expect([readsOf(1, 1000), readsOf(1, 1001), readsOf(1, 1000)]).toEqual([true, true, false]);
  });

  it("is what a wide vertex reaches by way of another one", () => {
    const edges = Array.from({ length: 300 }, (): number[] => []);
    edges[0] = [...range(10, 74), 1];
    edges[1] = [...range(80, 144), 0];
    for (const from of range(200, 210)) edges[from] = [from % 2];
    const { reach, readsOf } = counted(edges);
    expect(reach.reaches(200, 80)).toBe(true);
    expect([reach.reaches(201, 10), reach.reaches(201, 81)]).toEqual([true, true]);
    expect([readsOf(80, 202), readsOf(10, 204)]).toEqual([false, false]);
  });
});
