import type { Flags, Step } from "../../model/rollout";
import type { Turn } from "./order-destroy";
import { Reach } from "./order-digraph";

/** Whether the first step is waited for by the second. */
export type Waits = (first: Step, second: Step) => boolean;

type Edges = readonly (readonly number[])[];
type Edge = readonly [from: number, to: number];

/** Of more edges than these a graph of its own is made: steps between them would be too many. */
const FEW = 48;

/** One graph under the readings of its unsure deletes, each of which changes few edges. */
export class Readings {
  readonly #reach: Reach;

  constructor(
    private readonly edges: Edges,
    private readonly ofStep: ReadonlyMap<Step, number>,
    private readonly turns: ReadonlyMap<Step, Turn>,
  ) {
    this.#reach = new Reach(edges);
  }

  /** The graph, which has no edge of an unsure delete, with those that the flags decide. */
  public with(flags: Flags): Waits {
    const added = this.decided(flags, true);
    if (added.length > FEW) {
      const reach = new Reach(this.edges, withEdges(this.edges, added));
      return this.waits((from, to) => reach.reaches(from, to));
    }
    return this.waits((from, to) => reachesBy(this.#reach, added, from, to));
  }

  /** The graph, which has every edge of an unsure delete, without those that the flags rule out. */
  public without(flags: Flags): Waits {
    const removed = this.decided(flags, false);
    let reach: Reach | undefined;
    return this.waits((from, to) => {
      if (removed.length === 0 || !this.#reach.reaches(from, to)) {
        return this.#reach.reaches(from, to);
      }
      reach ??= new Reach(this.edges, withoutEdges(this.edges, removed));
      return reach.reaches(from, to);
    });
  }

  /** The edges of each unsure delete that is as its flag says, or that is not. */
  private decided(flags: Flags, as: boolean): readonly Edge[] {
    return [...flags].flatMap(([step, flag]): readonly Edge[] => {
      const turn = this.turns.get(step);
      if (turn === undefined) {
        return [];
      }
      const { vertex, waitedForBy, waitsFor } = turn;
      return flag === as
        ? waitsFor.map((to) => [vertex, to] as const)
        : waitedForBy.map((from) => [from, vertex] as const);
    });
  }

  private waits(reaches: (from: number, to: number) => boolean): Waits {
    return (first, second) => {
      const [from, to] = [this.ofStep.get(second), this.ofStep.get(first)];
      return from !== undefined && to !== undefined && reaches(from, to);
    };
  }
}

/** Whether a way leads from one vertex to another over the graph and some more edges. */
function reachesBy(reach: Reach, added: readonly Edge[], from: number, to: number): boolean {
  const leads = (start: number, end: number) => start === end || reach.reaches(start, end);
  if (reach.reaches(from, to)) {
    return true;
  }
  const open = new Set(added);
  const starts = [from];
  for (let start = starts.pop(); start !== undefined; start = starts.pop()) {
    for (const edge of open) {
      if (leads(start, edge[0])) {
        if (leads(edge[1], to)) {
          return true;
        }
        open.delete(edge);
        starts.push(edge[1]);
      }
    }
  }
  return false;
}

function withEdges(edges: Edges, added: readonly Edge[]): ReadonlyMap<number, readonly number[]> {
  const changed = new Map<number, number[]>();
  for (const [from, to] of added) {
    const own = changed.get(from) ?? [...(edges[from] ?? [])];
    own.push(to);
    changed.set(from, own);
  }
  return changed;
}

function withoutEdges(
  edges: Edges,
  removed: readonly Edge[],
): ReadonlyMap<number, readonly number[]> {
  const gone = new Map<number, Set<number>>();
  for (const [from, to] of removed) {
    gone.set(from, (gone.get(from) ?? new Set()).add(to));
  }
  return new Map(
    [...gone].map(([from, targets]) => [
      from,
      (edges[from] ?? []).filter((each) => !targets.has(each)),
    ]),
  );
}
