import type { JsonObject } from "../../lib/model/value";
import { applyGraph } from "../../lib/prove/rollout/order";
import { readApply } from "../../lib/read/changes";
import { parseRawState } from "../../lib/read/raw-state";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import { disagreements, type Planned } from "../prove/rollout/order-oracle";
import { type Entry, entryNames, readEntry } from "./files";

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
function wrong(entry: Entry, exact: boolean): readonly string[] {
  const planned = plannedIn(entry);
  const order = applyGraph([{ ...planned, graph: undefined }]).order(new Map());
  return disagreements(planned, order, exact).map(
    ({ first, second, terraform }) =>
      `${entry.name}: ${first} ${terraform ? "comes before" : "may come after"} ${second}`,
  );
}

const small = entryNames()
  .map(readEntry)
  .filter(({ plan }) => plan.length < 1_000_000);

test("the order of each plan is the closure of terraform graph -plan", () => {
  expect(small.flatMap((entry) => wrong(entry, true))).toEqual([]);
});
