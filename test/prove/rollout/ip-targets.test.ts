import { type Blocks, changed, configuration, site } from "../../support/balancer";
import type { Written } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

const { app = {} } = site().aws_instance ?? {};
const LARGER = { instance_type: "t3.large" };

/** A machine that is registered by its address. */
function byAddress(machine: Written = {}): Blocks {
  return changed(site(), {
    aws_lb_target_group: { app: { target_type: "ip" } },
    aws_lb_target_group_attachment: { app: { target_id: "${aws_instance.app.private_ip}" } },
    aws_instance: { app: machine },
  });
}

const both = (machines: Readonly<Record<string, Written>>) =>
  changed(byAddress(), {
    aws_lb_target_group_attachment: {
      two: {
        target_group_arn: "${aws_lb_target_group.app.arn}",
        target_id: "${aws_instance.two.private_ip}",
      },
    },
    aws_instance: { two: { ...app, ...machines.two }, app: machines.app ?? {} },
  });

async function rollout(first: Blocks, second: Blocks) {
  return rolloutOf((await changeOf(configuration(first), configuration(second))).review());
}

describeWithTerraform("a machine that is a target by its address", () => {
  it("answers nobody there while it stops, where it is the only one", async () => {
    expect(await rollout(byAddress(), byAddress(LARGER))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.app (stops the instance)"],
    });
  });

  it("may be left out by health checks where there is another", async () => {
    const found = await rollout(both({}), both({ app: LARGER }));
    expect(found.verdict).toBe("undetermined");
    const all = await rollout(both({}), both({ app: LARGER, two: LARGER }));
    expect(all.verdict).toBe("refuted");
  });

  it("has the address of the machine that takes its place", async () => {
    const fixed = { private_ip: "172.31.0.80" };
    const next = { ...fixed, ami: "ami-0fedcba9876543210" };
    expect(await rollout(byAddress(fixed), byAddress(next))).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_instance.app"],
      pending: ["create aws_instance.app"],
    });
  });
});
