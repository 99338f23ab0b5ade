import { applyGraph } from "../../../lib/prove/rollout/order";
import { RANGES, site } from "../../sandbox/site";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { disagreements, name, orderedPairs, plannedBy } from "./order-oracle";
import { RandomTopology, randomOf } from "./order-topology";

afterAll(removeSandboxes);

/** Compares the order of one plan with Terraform's; returns the steps and how many are ordered. */
async function compared(box: ReturnType<typeof newSandbox>, ...args: readonly string[]) {
  const planned = await plannedBy(box, await box.plan(...args));
  const graph = applyGraph([{ plan: planned.plan, state: planned.state }]);
  expect(disagreements(planned, graph.order(new Map()), true)).toEqual([]);
  return { steps: graph.steps.map(name), pairs: orderedPairs(planned) };
}

describeWithTerraform("the order of an apply is Terraform's", () => {
  it("where everything is destroyed, or only a part is planned", async () => {
    const box = newSandbox();
    const topology = new RandomTopology(randomOf(4));
    box.configure(topology.next(box.folder));
    await box.apply();
    const destroyed = await compared(box, "-destroy");
    expect(destroyed.steps.every((step) => step.endsWith("delete"))).toBe(true);
    expect(destroyed.pairs).toBeGreaterThan(20);
    const part = await compared(box, "-destroy", "-target=module.m0");
    expect(part.steps.length).toBeLessThan(destroyed.steps.length);
    expect(
      (await compared(box, "-refresh=false", "-replace=terraform_data.r0")).steps,
    ).toBeDefined();
  });

  it("where an object of an interrupted replace is left", async () => {
    const group = (description: string) => ({
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      resource: {
        aws_vpc: { v: { cidr_block: "10.0.0.0/16" } },
        aws_security_group: {
          g: {
            ...{ vpc_id: "${aws_vpc.v.id}", name_prefix: "g", description },
            lifecycle: [{ create_before_destroy: true }],
          },
        },
        terraform_data: { after: { input: "${aws_security_group.g.id}" } },
      },
    });
    const refuse = [{ call: "DeleteSecurityGroup", message: "DependencyViolation" }];
    const box = newSandbox({ configuration: group("one"), refuse });
    await box.apply();
    box.configure(group("two"));
    await expect(box.apply()).rejects.toThrow(/DependencyViolation/);
    const left = await compared(box);
    expect(left.steps).toEqual([
      expect.stringMatching(/^aws_security_group\.g delete [0-9a-f]{8}$/),
    ]);
    box.configure(group("three"));
    const next = await compared(box);
    expect(next.steps).toHaveLength(4);
    expect(next.pairs).toBeGreaterThan(3);
  });

  it("for a site whose ranges change", async () => {
    const box = newSandbox({ configuration: site(RANGES) });
    await box.apply();
    box.configure(site([...RANGES.slice(1), "203.0.113.0/24"]));
    expect((await compared(box)).steps.length).toBeGreaterThan(1);
  });
});
