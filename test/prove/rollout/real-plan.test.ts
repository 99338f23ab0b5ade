import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInput, reviewInputs } from "originproof/review";
import { parseTerraformGraph } from "../../../lib/read/terraform-graph";

const INPUTS = join(__dirname, "../../golden/inputs");
const DOT = readFileSync(join(INPUTS, "range-change.dot"), "utf8");

interface Plan {
  resource_changes: { type: string }[];
  prior_state: { values: { root_module: { resources: { type: string }[] } } };
  configuration: { root_module: { resources: { type: string }[] } };
}

/** The plan of the real provider, its zone active and its subnet outside the input. */
function plan(): Plan {
  const text = readFileSync(join(INPUTS, "range-change.plan.json"), "utf8");
  const json = JSON.parse(text.replaceAll('"pending"', '"active"')) as Plan;
  const outside = ({ type }: { type: string }) => type !== "aws_vpc" && type !== "aws_subnet";
  json.resource_changes = json.resource_changes.filter(outside);
  for (const module of [json.prior_state.values.root_module, json.configuration.root_module]) {
    module.resources = module.resources.filter(outside);
  }
  return json;
}

function rollouts(graph: boolean): readonly string[] {
  const graphs = graph ? [parseTerraformGraph(DOT, "plan.json")] : [];
  const review = reviewInputs([parseInput(JSON.stringify(plan()), "plan.json")], { graphs });
  return review.paths.map(({ origin, rollout }) => {
    const reasons = rollout?.reasons.map(({ id }) => id).join();
    return `${origin.port} ${rollout?.verdict} ${reasons}`;
  });
}

describe("a range that is split, planned by the real provider", () => {
  it("is undetermined by the plan alone", () => {
    expect(rollouts(false)).toEqual([
      "80 notOwed rollout/never",
      "443 undetermined order/stored-flag",
    ]);
  });

  it("is proved by the order that terraform graph tells", () => {
    expect(rollouts(true)).toEqual(["80 notOwed rollout/never", "443 proved "]);
  });
});
