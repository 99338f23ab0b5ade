import { withoutUnused } from "../../../lib/prove/rollout/unused-targets";
import { parseInput } from "../../../lib/read/parse-input";
import { type Blocks, changed, configuration, site } from "../../support/balancer";
import { planOf } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

const { app = {} } = site().aws_instance ?? {};
const both: Blocks = changed(site(), {
  aws_instance: { other: app },
  aws_lb_target_group_attachment: {
    other: {
      target_group_arn: "${aws_lb_target_group.app.arn}",
      target_id: "${aws_instance.other.id}",
    },
  },
});
const larger = { instance_type: "t3.large" };

async function reviewOf(first: Blocks, second: Blocks) {
  return (await changeOf(configuration(first), configuration(second))).review();
}

describeWithTerraform("a target that is stopped and started", () => {
  it("cuts nobody off where another one remains, as an assumption says", async () => {
    const review = await reviewOf(both, changed(both, { aws_instance: { app: larger } }));
    expect(rolloutOf(review)).toEqual({ verdict: "proved" });
    const ids = review.paths[0]?.assumptions.map(({ id, subject }) => `${id} ${subject}`);
    expect(ids).toContain("aws/unused-target aws_instance.app");
  });

  it("cuts everybody off with all others at once", async () => {
    const after = changed(both, { aws_instance: { app: larger, other: larger } });
    const found = rolloutOf(await reviewOf(both, after));
    expect(found).toMatchObject({ verdict: "refuted" });
    expect([...(found.done ?? [])].sort()).toEqual([
      "update aws_instance.app (stops the instance)",
      "update aws_instance.other (stops the instance)",
    ]);
  });

  it("cuts nobody off where an autoscaling group has machines", async () => {
    const groups = ["${aws_security_group.app.id}"];
    const grown = (size: number): Blocks => ({
      ...site(),
      aws_launch_template: { app: { name: "app", vpc_security_group_ids: groups } },
      aws_autoscaling_group: {
        app: {
          ...{ name: "app", min_size: 0, max_size: 2, desired_capacity: size },
          vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
          target_group_arns: ["${aws_lb_target_group.app.arn}"],
          launch_template: [{ id: "${aws_launch_template.app.id}", version: "1" }],
        },
      },
    });
    const stops = async (size: number) => {
      const after = changed(grown(size), { aws_instance: { app: larger } });
      return rolloutOf(await reviewOf(grown(size), after)).verdict;
    };
    expect(await stops(1)).toBe("proved");
    expect(await stops(0)).not.toBe("proved");
  });

  it("cuts everybody off where it is the only one", async () => {
    const after = changed(site(), { aws_instance: { app: larger } });
    expect(rolloutOf(await reviewOf(site(), after))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.app (stops the instance)"],
    });
  });
});

describeWithTerraform("a machine of a classic balancer", () => {
  const elb = changed(both, {
    aws_elb: {
      web: {
        ...{ name: "web", subnets: ["subnet-0aaaaaaaaaaaaaaa1"] },
        security_groups: ["${aws_security_group.lb.id}"],
        instances: ["${aws_instance.app.id}", "${aws_instance.other.id}"],
        health_check: [
          {
            ...{ target: "TCP:8080", healthy_threshold: 2, unhealthy_threshold: 2 },
            ...{ interval: 30, timeout: 5 },
          },
        ],
        listener: [
          { lb_port: 443, lb_protocol: "tcp", instance_port: 8080, instance_protocol: "tcp" },
        ],
      },
    },
    cloudflare_dns_record: { www: { content: "${aws_elb.web.dns_name}" } },
  });

  it("cuts nobody off while another one is registered", async () => {
    const review = await reviewOf(elb, changed(elb, { aws_instance: { app: larger } }));
    expect(rolloutOf(review)).toEqual({ verdict: "proved" });
  });
});

test("two groups that are known after apply are two", () => {
  const registers = (name: string, group: string, target_id: string) => ({
    address: `aws_lb_target_group_attachment.${name}`,
    values: { target_id },
    refs: { target_group_arn: [`aws_lb_target_group.${group}.arn`] },
  });
  const machine = { address: "aws_instance.app", values: { id: "i-1" } };
  const of = (...resources: Parameters<typeof planOf>[0]["resources"]) =>
    parseInput(JSON.stringify(planOf({ resources })), "plan.json").instances;
  const [app, other] = [registers("app", "blue", "i-1"), registers("other", "blue", "i-2")];
  const left = (...present: (typeof app)[]) =>
    withoutUnused(of(...present), of(machine)).instances.map(({ address }) => address);
  expect(left(app, other)).toEqual(["aws_lb_target_group_attachment.other"]);
  expect(left(app, registers("other", "green", "i-2"))).toHaveLength(2);
});

test("a target by its address is sure no longer, where there is another", () => {
  const registers = (name: string, target_id: string | null) => ({
    address: `aws_lb_target_group_attachment.${name}`,
    values: { target_group_arn: "arn:1", target_id },
  });
  const of = (...resources: Parameters<typeof planOf>[0]["resources"]) =>
    parseInput(JSON.stringify(planOf({ resources })), "plan.json").instances;
  const machine = { address: "aws_instance.app", values: { id: "i-1", private_ip: "10.0.0.1" } };
  const nameless = { address: "aws_instance.app", values: { id: "i-1" } };
  const left = (
    gone: typeof machine | typeof nameless,
    ...present: ReturnType<typeof registers>[]
  ) => {
    const { instances, assumptions } = withoutUnused(of(...present), of(gone));
    return [...instances.map(({ certain }) => certain), ...assumptions];
  };
  const [own, other] = [registers("own", "10.0.0.1"), registers("other", "10.0.0.2")];
  expect(left(machine, own, other)).toEqual([false, true]);
  expect(left(machine, own)).toEqual([true]);
  expect(left(nameless, registers("own", null), registers("empty", ""), other)).toEqual([
    true,
    true,
    true,
  ]);
});
