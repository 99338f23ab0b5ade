import type { Step } from "../../../lib/model/rollout";
import type { Turn } from "../../../lib/prove/rollout/order-destroy";
import { Readings } from "../../../lib/prove/rollout/order-readings";
import { stepOf } from "./instances";

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

type Edge = readonly [from: number, to: number];

/** By vertex, what it reaches over these edges, by the definition. */
function closure(size: number, edges: readonly Edge[]): readonly ReadonlySet<number>[] {
  return Array.from({ length: size }, (_, from) => {
    const found = new Set(edges.flatMap((edge) => (edge[0] === from ? [edge[1]] : [])));
    for (const vertex of found) {
      for (const edge of edges) if (edge[0] === vertex) found.add(edge[1]);
    }
    return found;
  });
}

const steps = Array.from({ length: 30 }, (_, at) => stepOf("delete", `aws_x.${at}`));
const ofStep = new Map(steps.map((step, at) => [step, at]));

interface Drawn {
  readonly size: number;
  readonly plain: readonly Edge[];
  readonly turns: ReadonlyMap<Step, Turn>;
}

/** A graph with deletes of which a flag decides some edges. */
function drawn(next: (below: number) => number, turned: number, ends: number): Drawn {
  const size = 12;
  const some = (count: number) => Array.from({ length: count }, () => next(size));
  const plain = Array.from({ length: next(14) }, (): Edge => [next(size), next(size)]);
  const turns = steps
    .slice(0, turned)
    .map((step, vertex): [Step, Turn] => [
      step,
      { vertex, waitedForBy: some(ends), waitsFor: some(ends) },
    ]);
  return { size, plain, turns: new Map(turns) };
}

/** What the flags of some deletes decide, or what they rule out. */
const decided = ({ turns }: Drawn, flags: ReadonlyMap<Step, boolean>, as: boolean): Edge[] =>
  [...turns].flatMap(([step, { vertex, waitedForBy, waitsFor }]) => {
    const flag = flags.get(step);
    if (flag === undefined) return [];
    return flag === as
      ? waitsFor.map((to): Edge => [vertex, to])
      : waitedForBy.map((from): Edge => [from, vertex]);
  });

function edgesOf(size: number, list: readonly Edge[]): readonly (readonly number[])[] {
  return Array.from({ length: size }, (_, from) =>
    list.flatMap((edge) => (edge[0] === from ? [edge[1]] : [])),
  );
}

/** Every pair that the question says yes to, as `first second`. */
const pairs = (size: number, waits: (first: Step, second: Step) => boolean) =>
  steps
    .slice(0, size)
    .flatMap((second, from) =>
      steps.slice(0, size).flatMap((first, to) => (waits(first, second) ? [`${from} ${to}`] : [])),
    );
const wanted = (size: number, edges: readonly Edge[]) =>
  closure(size, edges).flatMap((found, from) =>
    [...found].sort((a, b) => a - b).map((to) => `${from} ${to}`),
  );

describe("the readings of an order", () => {
  const cases = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => [seed, 2, 1 + (seed % 3)] as const);
  // More edges than are tried one by one.
  const wide = [9, 10].map((seed) => [seed, 3, 24] as const);

  it.each([...cases, ...wide])(
    "add what flags decide to what is sure (%i)",
    (seed, turned, ends) => {
      const next = numbers(seed);
      const graph = drawn(next, turned, ends);
      const readings = new Readings(edgesOf(graph.size, graph.plain), ofStep, graph.turns);
      const given = [...graph.turns.keys(), steps[20]].flatMap((step) => step ?? []);
      const flags = new Map(given.map((step) => [step, next(2) === 0]));
      const all = [...graph.plain, ...decided(graph, flags, true)];
      expect(pairs(graph.size, readings.with(flags))).toEqual(wanted(graph.size, all));
      expect(pairs(graph.size, readings.with(new Map()))).toEqual(wanted(graph.size, graph.plain));
    },
  );

  it.each([...cases, ...wide])(
    "take what flags rule out from what may be (%i)",
    (seed, turned, ends) => {
      const next = numbers(seed);
      const graph = drawn(next, turned, Math.min(ends, 2));
      const flags = new Map([...graph.turns.keys()].map((step) => [step, next(2) === 0]));
      const ruledOut = decided(graph, flags, false);
      const others = graph.plain.filter(
        (edge) => !ruledOut.some((each) => each[0] === edge[0] && each[1] === edge[1]),
      );
      const rest = [...others, ...decided(graph, flags, true)].filter(
        (edge) => !ruledOut.some((each) => each[0] === edge[0] && each[1] === edge[1]),
      );
      const all = [...others, ...decided(graph, flags, true), ...ruledOut];
      const readings = new Readings(edgesOf(graph.size, all), ofStep, graph.turns);
      expect(pairs(graph.size, readings.without(flags))).toEqual(wanted(graph.size, rest));
      expect(pairs(graph.size, readings.without(new Map()))).toEqual(wanted(graph.size, all));
    },
  );

  it("say no of steps that the graph does not have", () => {
    const readings = new Readings(
      [[1], []],
      new Map(steps.slice(0, 2).map((s, at) => [s, at])),
      new Map(),
    );
    const [first, second, other] = steps as [Step, Step, Step];
    for (const waits of [readings.with(new Map()), readings.without(new Map())]) {
      expect(waits(second, first)).toBe(true);
      expect([waits(other, first), waits(second, other), waits(other, other)]).toEqual([
        false,
        false,
        false,
      ]);
    }
  });
});
