import { type Blocks, changed, listener, site, synth } from "../../support/balancer";
import { idsOf, reviewOf, type Written } from "../../support/plan";

/** A balancer before an autoscaling group. */
function fleet(group: Written, more: Blocks = {}): Blocks {
  const { aws_lb_target_group_attachment: _, aws_instance: __, ...rest } = site();
  return {
    ...rest,
    aws_launch_template: {
      app: { vpc_security_group_ids: ["${aws_security_group.app.id}"], image_id: "ami-1" },
    },
    aws_autoscaling_group: {
      app: {
        min_size: 1,
        max_size: 2,
        launch_template: [{ id: "${aws_launch_template.app.id}", version: "$Latest" }],
        target_group_arns: ["${aws_lb_target_group.app.arn}"],
        vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
        ...group,
      },
    },
    ...more,
  };
}

function decided(blocks: Blocks): readonly string[] {
  const review = reviewOf([synth(blocks)]);
  return [...review.paths.map((path) => path.availability.verdict), ...idsOf(review).reasons];
}

const IDLE = ["undetermined", "aws/no-target"];
const schedule = (body: Written): Blocks => ({
  aws_autoscaling_schedule: {
    night: { autoscaling_group_name: "${aws_autoscaling_group.app.name}", ...body },
  },
});

describe("an autoscaling group", () => {
  it.each<[string, Written]>([
    ["may have none at most", { min_size: 0, max_size: 0 }],
    ["is to have none", { min_size: 0, desired_capacity: 0 }],
    ["has none until it is scaled", { min_size: 0 }],
    ["launches none", { suspended_processes: ["Launch"] }],
    ["registers none", { suspended_processes: ["AddToLoadBalancer"] }],
  ])("that %s is no target for certain", (_, group) => {
    expect(decided(fleet(group))).toEqual(IDLE);
  });

  it("that a schedule empties is no target for certain", () => {
    expect(decided(fleet({}, schedule({ desired_capacity: 0 })))).toEqual(IDLE);
    expect(decided(fleet({}, schedule({ desired_capacity: 2 })))).toEqual(["proved"]);
    const other = schedule({ desired_capacity: 0, autoscaling_group_name: "other" });
    expect(decided(fleet({}, other))).toEqual(["proved"]);
  });

  it("that has machines is one", () => {
    expect(decided(fleet({ min_size: 0, desired_capacity: 2 }))).toEqual(["proved"]);
    expect(decided(fleet({ suspended_processes: ["AZRebalance"] }))).toEqual(["proved"]);
  });
});

describe("a listener that redirects", () => {
  const redirecting = (redirect: Written) => {
    const default_action = [
      { type: "redirect", redirect: [{ status_code: "HTTP_301", ...redirect }] },
    ];
    const https = listener(443, "HTTPS", { default_action });
    return decided(changed(site(), { aws_lb_listener: { https } }));
  };

  it.each<[string, Written]>([
    ["by what it sets", { port: "443", protocol: "HTTPS" }],
    ["by its defaults", { host: "#{host}", path: "/#{path}" }],
  ])("to itself is not the end of the path: %s", (_, redirect) => {
    expect(redirecting(redirect)).toEqual(["undetermined", "aws/listener"]);
  });

  it("to something else answers", () => {
    expect(redirecting({ host: "shop.example.com" })).toEqual(["proved"]);
    expect(redirecting({ path: "/shop" })).toEqual(["proved"]);
  });
});

describe("a machine behind a target group", () => {
  const behind = (state: Written): readonly string[] =>
    decided({
      ...site(),
      aws_ec2_instance_state: { app: { instance_id: "${aws_instance.app.id}", ...state } },
    });

  it("that a block stops is no target for certain", () => {
    expect(behind({ state: "stopped" })).toEqual(IDLE);
    expect(behind({ state: "running" })).toEqual(["proved"]);
  });
});
