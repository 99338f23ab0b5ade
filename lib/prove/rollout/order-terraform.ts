import type { OrderedPlan, PlannedObject, TerraformGraph } from "../../model/apply";
import type { Step } from "../../model/rollout";
import { Digraph } from "./order-digraph";

/** The graph that Terraform itself writes, with the vertex of each step that it has. */
export interface DrawnGraph {
  readonly edges: readonly (readonly number[])[];
  readonly ofStep: ReadonlyMap<Step, number>;
}

/** Finds the steps of a plan in the graph that `terraform graph -plan` wrote of it. */
export function drawnGraph(plan: OrderedPlan["plan"], drawn: TerraformGraph): DrawnGraph {
  const graph = new Digraph();
  const replaced = deposedByReplace(plan.objects, drawn);
  for (const [name, targets] of drawn.edges) {
    const vertex = graph.named(name);
    for (const target of targets) {
      graph.connect(vertex, graph.named(target));
    }
  }
  const ofStep = new Map<Step, number>();
  for (const step of plan.objects.flatMap((object) => object.steps)) {
    const name = nameOf(step) ?? replaced.get(step.address);
    if (name !== undefined && graph.has(name)) {
      ofStep.set(step, graph.named(name));
    }
  }
  return { edges: graph.edges, ofStep };
}

/** Steps of a plan that a graph lacks: it is that of another plan then. */
export function stepsNotDrawn(plan: OrderedPlan["plan"], drawn: TerraformGraph): readonly Step[] {
  const { ofStep } = drawnGraph(plan, drawn);
  const steps = plan.objects.flatMap((object) => object.steps);
  return steps.filter((step) => !ofStep.has(step));
}

/** The name of a step's vertex; undefined where Terraform chooses a key for it. */
function nameOf(step: Step): string | undefined {
  if (step.action === "create" || step.action === "update") {
    return step.address;
  }
  const word = step.action === "delete" ? "destroy" : "forget";
  if (step.deposed !== undefined) {
    return `${step.address} (${word} deposed ${step.deposed})`;
  }
  const deposes = step.action === "delete" && step.replace === "create-first";
  return deposes ? undefined : `${step.address} (${word})`;
}

const DEPOSED = /^(.*) \(destroy deposed ([0-9a-f]+)\)$/s;

/** An object that is replaced create-first is deposed, under a key that no plan holds. */
function deposedByReplace(
  objects: readonly PlannedObject[],
  drawn: TerraformGraph,
): ReadonlyMap<string, string> {
  const known = new Set(objects.map(({ address, deposed }) => `${address} ${deposed}`));
  const found = new Map<string, string>();
  for (const name of drawn.edges.keys()) {
    const [, address, key] = DEPOSED.exec(name) ?? [];
    if (address !== undefined && !known.has(`${address} ${key}`)) {
      found.set(address, name);
    }
  }
  return found;
}
