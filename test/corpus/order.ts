import type { JsonObject } from "../../lib/model/value";
import { applyGraph } from "../../lib/prove/rollout/order";
import { readApply } from "../../lib/read/changes";
import { parseRawState } from "../../lib/read/raw-state";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import { disagreements, type Planned } from "../prove/rollout/order-oracle";
import type { Entry } from "./files";

const LABEL = "plan.json";

function plannedIn({ plan, graph, state }: Entry): Planned {
  const json = JSON.parse(plan) as JsonObject;
  return {
    json,
    plan: readApply(json, { kind: "plan", label: LABEL, partial: undefined }),
    graph: parseTerraformGraph(graph, LABEL),
    state: parseRawState(state ?? '{"version":4}', LABEL),
  };
}

/** Steps that aren't in Terraform's order, from the plan and the state before it alone. */
export function wrongOrder(entry: Entry): readonly string[] {
  const planned = plannedIn(entry);
  const order = applyGraph([{ ...planned, graph: undefined }]).order(new Map());
  return disagreements(planned, order, true).map(
    ({ first, second, terraform }) =>
      `${entry.name}: ${first} ${terraform ? "comes before" : "may come after"} ${second}`,
  );
}
