import type { OrderedPlan, PlannedObject } from "../../model/apply";
import type { ApplyOrder, Flags, Step } from "../../model/rollout";
import { connectDestroys, type Flag } from "./order-destroy";
import { cyclicVertices, Reach } from "./order-digraph";
import { drawnGraph } from "./order-terraform";
import { storedFlag } from "./order-unsure";
import { connectReferences, type Destroyer, type Reading, type Vertices } from "./order-vertices";

/** The order of one plan's apply, under one reading of its unsure deletes. */
export function planOrder(ordered: OrderedPlan, flags: Flags): ApplyOrder {
  if (ordered.graph !== undefined) {
    return drawnOrder(ordered.plan, ordered.graph);
  }
  const sure = lazily(() => surely(ordered, flags));
  const possible = lazily(() => possibly(ordered, flags));
  const precedes = (a: Step, b: Step) => sure()(a, b) && !sure()(b, a);
  return {
    precedes,
    mayPrecede: (a, b) => precedes(a, b) || (possible()(a, b) && !precedes(b, a)),
  };
}

/** Whether the first is waited for by the second. */
type Waits = (first: Step, second: Step) => boolean;

/** Steps that the graph does not have are ordered with nothing, for all it shows. */
function drawnOrder(
  plan: OrderedPlan["plan"],
  graph: NonNullable<OrderedPlan["graph"]>,
): ApplyOrder {
  const drawn = lazily(() => {
    const { edges, ofStep } = drawnGraph(plan, graph);
    return { ofStep, waits: waitsIn(new Reach(edges), ofStep) };
  });
  const precedes: Waits = (a, b) => drawn().waits(a, b) && !drawn().waits(b, a);
  const has = (step: Step) => drawn().ofStep.has(step);
  return { precedes, mayPrecede: (a, b) => precedes(a, b) || !has(a) || !has(b) };
}

function surely({ plan, state }: OrderedPlan, flags: Flags): Waits {
  const flagOf = (destroyer: Destroyer): Flag =>
    storedFlag(destroyer.step, state) ?? flags.get(destroyer.step) ?? "unknown";
  const cyclic = providersRefer(plan) ? cyclicObjects(plan) : new Set();
  const crossesProviders = (object: PlannedObject) => !cyclic.has(object);
  const { graph, ofStep } = connected({ plan }, "shown", { flagOf, crossesProviders });
  return waitsIn(new Reach(graph.edges), ofStep);
}

/** Only then a destroy leads to anything but other destroys, which makes a cycle possible. */
function providersRefer({ references: { edges, hidden } }: OrderedPlan["plan"]): boolean {
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
function cyclicObjects(plan: OrderedPlan["plan"]): ReadonlySet<unknown> {
  const options = { flagOf: () => false, crossesProviders: () => true };
  const { graph, creators, destroyers } = connected({ plan }, "possible", options);
  const cyclic = cyclicVertices(graph.edges);
  const all = [...creators, ...destroyers];
  return new Set(all.filter(({ vertex }) => cyclic.has(vertex)).map(({ object }) => object));
}

function possibly({ plan, state }: OrderedPlan, flags: Flags): Waits {
  const flagOf = (destroyer: Destroyer): Flag =>
    storedFlag(destroyer.step, state) ?? flags.get(destroyer.step) ?? "either";
  const crossesProviders = () => true;
  const { graph, ofStep } = connected({ plan }, "possible", { flagOf, crossesProviders });
  return waitsIn(new Reach(graph.edges), ofStep);
}

function connected(
  { plan }: Pick<OrderedPlan, "plan">,
  reading: Reading,
  options: Parameters<typeof connectDestroys>[2],
): Vertices {
  const vertices = connectReferences(plan, reading);
  connectDestroys(plan, vertices, options);
  return vertices;
}

function waitsIn(reach: Reach, ofStep: ReadonlyMap<Step, number>): Waits {
  return (first, second) => {
    const [from, to] = [ofStep.get(second), ofStep.get(first)];
    return from !== undefined && to !== undefined && reach.reaches(from, to);
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
