import type { OrderedPlan, PlannedApply, PlannedObject } from "../../model/apply";
import type { ApplyOrder, Flags, Step } from "../../model/rollout";
import { connectDestroys, type DestroyOptions, type Turn } from "./order-destroy";
import { cyclicVertices, Reach } from "./order-digraph";
import { Readings } from "./order-readings";
import { drawnGraph } from "./order-terraform";
import { storedFlag } from "./order-unsure";
import { connectReferences, type Reading, type Vertices } from "./order-vertices";

/** The orders of one plan's apply, by reading of its unsure deletes. What is common is made once. */
export function planOrders(ordered: OrderedPlan): (flags: Flags) => ApplyOrder {
  const { plan, graph } = ordered;
  if (graph !== undefined) {
    const drawn = lazily(() => drawnOrder(plan, graph));
    return () => ({
      precedes: (a, b) => drawn().precedes(a, b),
      mayPrecede: (a, b) => drawn().mayPrecede(a, b),
    });
  }
  const sure = lazily(() => surely(ordered));
  const possible = lazily(() => possibly(ordered));
  return (flags) => orderUnder(flags, sure, possible);
}

function orderUnder(flags: Flags, sure: () => Readings, possible: () => Readings): ApplyOrder {
  const surely = lazily(() => sure().with(flags));
  const possibly = lazily(() => possible().without(flags));
  const precedes = (a: Step, b: Step) => surely()(a, b) && !surely()(b, a);
  return {
    precedes,
    mayPrecede: (a, b) => precedes(a, b) || (possibly()(a, b) && !precedes(b, a)),
  };
}

/** Steps that the graph does not have are ordered with nothing, for all it shows. */
function drawnOrder(plan: PlannedApply, graph: NonNullable<OrderedPlan["graph"]>): ApplyOrder {
  const { edges, ofStep } = drawnGraph(plan, graph);
  const reach = new Reach(edges);
  const waits = (a: Step, b: Step) => {
    const [from, to] = [ofStep.get(b), ofStep.get(a)];
    return from !== undefined && to !== undefined && reach.reaches(from, to);
  };
  const precedes = (a: Step, b: Step) => waits(a, b) && !waits(b, a);
  const missing = (step: Step) => !ofStep.has(step);
  return { precedes, mayPrecede: (a, b) => precedes(a, b) || missing(a) || missing(b) };
}

function surely(ordered: OrderedPlan): Readings {
  const cyclic = providersRefer(ordered.plan) ? cyclicObjects(ordered.plan) : new Set();
  const crossesProviders = (object: PlannedObject) => !cyclic.has(object);
  const { vertices, turns } = connected(ordered.plan, "shown", {
    ...{ flagOf: flagsOf(ordered), both: false, crossesProviders },
  });
  return new Readings(vertices.graph.edges, vertices.ofStep, turns);
}

function possibly(ordered: OrderedPlan): Readings {
  const { vertices, turns } = connected(ordered.plan, "possible", {
    ...{ flagOf: flagsOf(ordered), both: true, crossesProviders: () => true },
  });
  return new Readings(vertices.graph.edges, vertices.ofStep, turns);
}

function flagsOf({ state }: OrderedPlan): DestroyOptions["flagOf"] {
  return ({ step }) => storedFlag(step, state) ?? "unsure";
}

/** Only then a destroy leads to anything but other destroys, which makes a cycle possible. */
function providersRefer({ references: { edges, hidden } }: PlannedApply): boolean {
  const refers = (name: string) => (edges.get(name) ?? []).length > 0 || hidden.has(name);
  return [...edges.keys()].some((name) => name.startsWith("provider:") && refers(name));
}

/**
 * Objects that may be on a cycle while no edge is turned yet. Terraform adds an edge between the
 * destroys of different providers only where it closes no cycle; which of several it leaves out is
 * not fixed.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/transform_destroy_edge.go#L58
 */
function cyclicObjects(plan: PlannedApply): ReadonlySet<unknown> {
  const options = { flagOf: () => false, both: true, crossesProviders: () => true };
  const { graph, creators, destroyers } = connected(plan, "possible", options).vertices;
  const cyclic = cyclicVertices(graph.edges);
  const all = [...creators, ...destroyers];
  return new Set(all.filter(({ vertex }) => cyclic.has(vertex)).map(({ object }) => object));
}

function connected(
  plan: PlannedApply,
  reading: Reading,
  options: DestroyOptions,
): { readonly vertices: Vertices; readonly turns: ReadonlyMap<Step, Turn> } {
  const vertices = connectReferences(plan, reading);
  return { vertices, turns: connectDestroys(plan, vertices, options) };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
