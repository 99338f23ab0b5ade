import { edgeRanges } from "../../lib/edge/ranges";
import { prove } from "../../lib/prove/prove";
import type { ProvedPath } from "../../lib/prove/verdict";
import { parseInput } from "../../lib/read/parse-input";
import { parseRawState } from "../../lib/read/raw-state";
import type { ReadInput } from "../../lib/read/snapshot";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import { readTopology } from "../../lib/read/topology";
import type { OrderFacts } from "../../lib/rules/apply-world";
import { NO_CONFIG } from "../../lib/rules/config";
import { withOrder } from "../../lib/rules/removals";
import { readOptions } from "../../lib/rules/review";
import { readEntry } from "../corpus/files";
import type { PathLabel } from "../corpus/label";
import { unmutated } from "./unmutated";

/** A plan of the corpus as far as it can be read without what is mutated. */
export interface Prepared {
  readonly label: readonly PathLabel[];
  readonly reads: readonly ReadInput[];
  readonly facts: OrderFacts;
  readonly before: readonly ProvedPath[];
  readonly after: readonly ProvedPath[];
}

const LABEL = "plan.json";
/** As a review without anything beside the plan. */
export const OPTIONS = readOptions(edgeRanges(), [], NO_CONFIG);
const prepared = new Map<string, Prepared>();

function prepare(name: string): Prepared {
  const { plan, graph, state, label } = readEntry(name);
  const reads = [parseInput(plan, LABEL)];
  const graphs = [parseTerraformGraph(graph, LABEL)];
  const states = state === undefined ? [] : [parseRawState(state, LABEL)];
  const facts = { graphs, states };
  const read = withOrder(OPTIONS, reads, facts);
  const of = (list: readonly ReadInput[]) =>
    prove(readTopology(list, read), {
      edge: read.edge,
      exceptions: [],
      assumptions: [],
      forbidden: [],
    });
  const past = reads.map((each) => ({ ...each, instances: each.before ?? [], before: undefined }));
  return { label: label.paths, reads, facts, before: of(past), after: of(reads) };
}

export function entryOf(name: string): Prepared {
  const known = prepared.get(name) ?? unmutated(() => prepare(name));
  prepared.set(name, known);
  return known;
}
