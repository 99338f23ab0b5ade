import { parseInput, reviewInputs } from "originproof/review";
import type { Sandbox } from "../../../sandbox/terraform";
import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const BARE: Blocks = { aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } } };

function ruleOf(...cidrs: readonly string[]): object {
  return {
    ...{ type: "ingress", from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: cidrs },
    security_group_id: "${aws_security_group.web.id}",
    lifecycle: { create_before_destroy: true },
  };
}

function site(...cidrs: readonly string[]): object {
  return web(BARE, { aws_security_group_rule: { web: ruleOf(...cidrs) } });
}

/** A replace of the rule that is interrupted when the new one is there and the old one still is. */
async function interrupted(first: object, second: object): Promise<Sandbox> {
  const box = newSandbox({ configuration: first });
  await box.apply();
  box.configure(second);
  const address = "aws_security_group_rule.web";
  await box.steer(await box.plan(), {
    done: [{ address, action: "create" }],
    pending: [{ address, action: "delete" }],
    timeout: 20_000,
    stop: true,
  });
  return box;
}

async function rolloutFrom(box: Sandbox, next: object) {
  box.configure(next);
  const plan = await box.show(await box.plan());
  return rolloutOf(reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]));
}

describeWithTerraform("what an interrupted replace has left", () => {
  it("goes without a gap where the new one does the same", async () => {
    const box = await interrupted(site("0.0.0.0/0"), site("0.0.0.0/1", "128.0.0.0/1"));
    const found = await rolloutFrom(box, site("0.0.0.0/1", "128.0.0.0/1"));
    expect(found).toEqual({ verdict: "proved" });
  });

  it("goes after what the same block makes", async () => {
    const box = await interrupted(site("0.0.0.0/0"), site("10.0.0.0/8"));
    const found = await rolloutFrom(box, site("0.0.0.0/1", "128.0.0.0/1"));
    expect(found).toEqual({ verdict: "proved" });
  });

  it("may go before another block takes its place", async () => {
    const box = await interrupted(site("0.0.0.0/0"), site("10.0.0.0/8"));
    const next = { next: ruleOf("0.0.0.0/1", "128.0.0.0/1"), web: ruleOf("10.0.0.0/8") };
    expect(await rolloutFrom(box, web(BARE, { aws_security_group_rule: next }))).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_security_group_rule.web"],
      pending: ["create aws_security_group_rule.next"],
    });
  });
});
