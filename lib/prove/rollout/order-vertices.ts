import type { PlannedApply, PlannedObject } from "../../model/apply";
import type { Step } from "../../model/rollout";
import { Digraph } from "./order-digraph";

/** An object that is created, updated, read, or checked again. */
export interface Creator {
  readonly vertex: number;
  readonly object: PlannedObject;
}

/** An object that is destroyed or forgotten. */
export interface Destroyer extends Creator {
  readonly step: Step;
}

/** The graph of an apply before its destroys are connected. */
export interface Vertices {
  readonly graph: Digraph;
  readonly ofStep: ReadonlyMap<Step, number>;
  readonly creators: readonly Creator[];
  readonly destroyers: readonly Destroyer[];
  /** What a vertex of the configuration waits for, by name. */
  readonly references: (name: string) => readonly string[];
}

/**
 * What is taken as the references of the configuration: those that the plan shows, or all that
 * there may be.
 */
export type Reading = "shown" | "possible";

/**
 * Connects creates, updates and reads by the references of the configuration. Every instance waits
 * for its block, and whatever refers to the block waits for both (DiffTransformer and
 * ReferenceTransformer; references between instances go through their blocks, so leaving out those
 * between different instances of one module changes nothing).
 */
export function connectReferences(plan: PlannedApply, reading: Reading): Vertices {
  const graph = new Digraph();
  const references = reading === "shown" ? shown(plan) : possible(plan);
  const ofStep = new Map<Step, number>();
  const creators: Creator[] = [];
  const destroyers: Destroyer[] = [];
  for (const object of plan.objects) {
    for (const step of object.steps) {
      const vertex = graph.add();
      ofStep.set(step, vertex);
      if (step.action === "create" || step.action === "update") {
        creators.push({ vertex, object });
      } else {
        destroyers.push({ vertex, object, step });
      }
    }
    if (object.read || object.checked) {
      creators.push({ vertex: graph.add(), object });
    }
  }
  connectCreators(graph, creators, plan);
  connectNamed(graph, plan.references.edges.keys(), references);
  connectProviders(graph, destroyers, reading);
  return { graph, ofStep, creators, destroyers, references };
}

function connectCreators(graph: Digraph, creators: readonly Creator[], plan: PlannedApply): void {
  for (const { vertex, object } of creators) {
    const block = `block:${object.block}`;
    graph.connect(graph.named(`all:${object.block}`), vertex);
    if (object.key !== "") {
      graph.connect(graph.named(`key:${object.block}${object.key}`), vertex);
    }
    if (plan.references.edges.has(block)) {
      graph.connect(vertex, graph.named(block));
    }
  }
}

function connectNamed(
  graph: Digraph,
  names: Iterable<string>,
  references: (name: string) => readonly string[],
): void {
  const blocks = new Set<string>();
  for (const name of names) {
    const vertex = graph.named(name);
    for (const target of references(name)) {
      const block = blockOfTarget(target);
      // An instance that the apply does nothing with has no vertex: all of its block is meant.
      const whole = block !== undefined && !(target.startsWith("key:") && graph.has(target));
      graph.connect(vertex, graph.named(whole ? `all:${block}` : target));
      if (whole) {
        blocks.add(block);
      }
    }
  }
  for (const block of blocks) {
    graph.connect(graph.named(`all:${block}`), graph.named(`block:${block}`));
  }
}

/** The block of `all:…` or `key:…["a"]`; undefined for a vertex of another kind. */
export function blockOfTarget(target: string): string | undefined {
  if (target.startsWith("all:")) {
    return target.slice("all:".length);
  }
  return target.startsWith("key:") ? target.slice("key:".length, target.indexOf("[")) : undefined;
}

/** A destroy waits for its provider's configuration; for which one may be unknown. */
function connectProviders(graph: Digraph, destroyers: readonly Destroyer[], reading: Reading) {
  for (const { vertex, object } of destroyers) {
    const sure = object.servedBy.length === 1 || reading === "possible";
    for (const provider of sure ? object.servedBy : []) {
      graph.connect(vertex, graph.named(provider));
    }
  }
}

function shown(plan: PlannedApply): Vertices["references"] {
  return (name) => {
    const block = blockOfTarget(name);
    return block === undefined ? (plan.references.edges.get(name) ?? []) : [`block:${block}`];
  };
}

/**
 * A block that was planned with an object in the prior state has all its references there: planning
 * adds them to those of the last apply. Elsewhere hidden references may be to anything in the
 * module.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_plan_instance.go#L306
 */
function possible(plan: PlannedApply): Vertices["references"] {
  const stored = new Map<string, Set<string>>();
  for (const { address, block, steps, deposed } of plan.objects) {
    const gone =
      steps.length > 0 && steps.every((step) => step.before !== null && step.after === null);
    const dependencies = gone || deposed !== undefined ? undefined : plan.dependencies.get(address);
    for (const dependency of dependencies ?? []) {
      const known = stored.get(`block:${block}`) ?? new Set();
      stored.set(`block:${block}`, known.add(`all:${dependency}`));
    }
  }
  const direct = shown(plan);
  return (name) => {
    const all = stored.get(name);
    if (all !== undefined) {
      return [...all, ...direct(name).filter((target) => blockOfTarget(target) !== undefined)];
    }
    const module = plan.references.hidden.get(name);
    return module === undefined ? direct(name) : [...direct(name), `close:${module}`];
  };
}
