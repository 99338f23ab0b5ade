import type { Step } from "../../../lib/model/rollout";
import { applyGraph } from "../../../lib/prove/rollout/order";
import { TerraformError } from "../../../sandbox/terraform";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { disagreements, orderedPairs, type Planned, plannedBy } from "./order-oracle";
import { RandomTopology, randomOf, type Traits } from "./order-topology";

afterEach(removeSandboxes);

/** Plans of each kind, each in a sandbox that goes through several configurations. */
const PLANS = Math.max(8, Math.ceil(Number(process.env.ORACLE_RUNS ?? "0") / 20));
const ROUNDS = 5;

/** The plans of one sandbox. Terraform itself refuses a change whose order is a cycle. */
async function* plansOf(seed: number, traits: Traits): AsyncGenerator<Planned> {
  const box = newSandbox();
  const topology = new RandomTopology(randomOf(seed), traits);
  for (let round = 0; round < ROUNDS; round += 1) {
    box.configure(topology.next(box.folder));
    try {
      const plan = await box.plan();
      yield await plannedBy(box, plan);
      await box.apply(plan);
    } catch (error) {
      if (!(error instanceof TerraformError && error.output.includes("Error: Cycle"))) throw error;
    }
  }
}

/** What the state says of each delete that the plan alone leaves open. */
function trueFlags(plan: Planned): ReadonlyMap<Step, boolean> {
  const told = plan.state.createBeforeDestroy;
  return new Map(
    applyGraph([{ plan: plan.plan }]).unsure.map(({ step }) => {
      const flag = told.get(step.previousAddress ?? step.address);
      expect(typeof flag).toBe("boolean");
      return [step, flag === true];
    }),
  );
}

async function compare(first: number, traits: Traits, exact: boolean): Promise<number> {
  let [plans, pairs] = [0, 0];
  for (let seed = first; plans < PLANS; seed += 1) {
    for await (const plan of plansOf(seed, traits)) {
      const flags = trueFlags(plan);
      const [bare, withState] = [{ plan: plan.plan }, { plan: plan.plan, state: plan.state }];
      const found = {
        seed,
        withState: disagreements(plan, applyGraph([withState]).order(new Map()), exact),
        underTrueFlags: disagreements(plan, applyGraph([bare]).order(flags), exact),
        underSome: disagreements(
          plan,
          applyGraph([bare]).order(new Map([...flags].slice(1))),
          false,
        ),
        withoutFlags: disagreements(plan, applyGraph([bare]).order(new Map()), false),
      };
      const none = { withState: [], underTrueFlags: [], underSome: [], withoutFlags: [] };
      expect(found).toEqual({ seed, ...none });
      plans += 1;
      pairs += orderedPairs(plan);
    }
  }
  return pairs;
}

const TIME = 120_000 + PLANS * 6_000;

describeWithTerraform("the order of an apply, over random topologies and changes", () => {
  const tested = (first: number, traits: Traits, exact: boolean) => async () => {
    expect(await compare(first, traits, exact)).toBeGreaterThan(100);
  };

  it("is the closure of terraform graph -plan", tested(1, {}, true), TIME);

  it("is that with several providers", tested(200, { providers: "plain" }, true), TIME);

  // Which edge Terraform leaves out of a cycle between providers is not the same each time.
  const referring = tested(220, { providers: "referring" }, false);
  it("is sure only of what is so where a provider refers to an object", referring, TIME);

  const hidden = tested(100, { locals: true, conditions: true }, false);
  it("is sure only of what is so where references are hidden", hidden, TIME);
});
