import { parseInput, reviewInputs } from "originproof/review";
import { type Blocks, changed, group, site } from "../../support/balancer";
import type { Written } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, configuration, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

interface Plan {
  readonly prior_state: {
    readonly values: { readonly root_module: { readonly resources: readonly Known[] } };
  };
  readonly resource_changes: readonly object[];
}

interface Known {
  readonly address: string;
  readonly values: { readonly id: string };
}

interface Step {
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
}

/** The stand-in providers don't have the type: a plan of theirs is given one more change. */
async function rolloutWith(type: string, step: (machine: string) => Step) {
  const { plan } = await changeOf(web(), web());
  const real = plan as Plan;
  const { resources } = real.prior_state.values.root_module;
  const machine = resources.find(({ address }) => address === "aws_instance.web")?.values.id ?? "";
  const { actions, before = null, after = null } = step(machine);
  const entry = { address: `${type}.web`, mode: "managed", type, name: "web" };
  const change = { actions, before, after, after_unknown: after === null ? {} : { id: true } };
  const past = before === null ? [] : [{ ...entry, values: before }];
  const prior = { values: { root_module: { resources: [...resources, ...past] } } };
  const changed = {
    ...real,
    prior_state: { ...real.prior_state, ...prior },
    resource_changes: [...real.resource_changes, { ...entry, change }],
  };
  const [path] = reviewInputs([parseInput(JSON.stringify(changed), "plan.json")]).paths;
  const { availability, rollout } = path ?? {};
  return [
    availability?.verdict,
    rollout?.verdict ?? "none",
    ...(rollout?.reasons ?? []).map(({ id, subject }) => `${id} ${subject}`),
  ];
}

describeWithTerraform("a step that stops a machine which does not change", () => {
  const image = (source_instance_id: string, more: object = {}): Step => ({
    actions: ["create"],
    after: { name: "web", source_instance_id, ...more },
  });

  it("is undetermined: AWS reboots what an image is made of", async () => {
    const found = await rolloutWith("aws_ami_from_instance", (machine) => image(machine));
    expect(found).toEqual([
      "proved",
      "undetermined",
      "rollout/machine-restarts aws_ami_from_instance.web",
    ]);
  });

  it("is none where an image is made without a reboot, or of another machine", async () => {
    const running = { snapshot_without_reboot: true };
    const [kept, other] = await Promise.all([
      rolloutWith("aws_ami_from_instance", (machine) => image(machine, running)),
      rolloutWith("aws_ami_from_instance", () => image("i-0fedcba9876543210")),
    ]);
    expect([kept[1], other[1]]).not.toContain("undetermined");
    expect([kept[0], other[0]]).toEqual(["proved", "proved"]);
  });

  const detached = (instance_id: string, more: object): Step => ({
    actions: ["delete"],
    before: { id: "vai-1", device_name: "/dev/sdf", volume_id: "vol-1", instance_id, ...more },
  });

  it("leaves it stopped where a volume is detached so", async () => {
    const stops = { stop_instance_before_detaching: true };
    const found = await rolloutWith("aws_volume_attachment", (own) => detached(own, stops));
    expect(found.slice(0, 2)).toEqual(["undetermined", "undetermined"]);
    const runs = await rolloutWith("aws_volume_attachment", (own) => detached(own, {}));
    expect(runs[0]).toBe("proved");
    expect(runs[1]).not.toBe("undetermined");
  });
});

/** A site whose only target is an ECS service. */
function served(more: Written, image: string): object {
  const task = { family: "app", container_definitions: `[{"image":"${image}"}]` };
  const service = {
    ...{ name: "app", desired_count: 1, launch_type: "FARGATE" },
    task_definition: "${aws_ecs_task_definition.app.arn}",
    network_configuration: [
      { subnets: ["subnet-0aaaaaaaaaaaaaaa1"], security_groups: ["${aws_security_group.app.id}"] },
    ],
    load_balancer: [
      {
        target_group_arn: "${aws_lb_target_group.app.arn}",
        ...{ container_name: "app", container_port: 8080 },
      },
    ],
    ...more,
  };
  return configuration({
    ...changed(site(), {
      aws_lb_target_group_attachment: { app: null },
      aws_lb_target_group: { app: { target_type: "ip" } },
    }),
    aws_ecs_task_definition: { app: task },
    aws_ecs_service: { app: service },
  });
}

async function deployment(more: Written) {
  const change = await changeOf(served(more, "app:1"), served(more, "app:2"));
  return rolloutOf(change.review());
}

describeWithTerraform("a deployment of an ECS service", () => {
  it("keeps tasks while new ones come", async () => {
    expect(await deployment({})).toEqual({ verdict: "proved" });
  });

  it("may stop them all before, where none has to stay", async () => {
    const none = { deployment_minimum_healthy_percent: 0, deployment_maximum_percent: 100 };
    expect(await deployment(none)).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/machine-restarts"],
    });
  });
});

/** A site whose only target is an autoscaling group with a refresh. */
function grown(tag: string, refresh: Written): object {
  const group = {
    ...{ name: "app", min_size: 2, max_size: 2, desired_capacity: 2 },
    vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
    target_group_arns: ["${aws_lb_target_group.app.arn}"],
    launch_template: [{ id: "${aws_launch_template.app.id}", version: "1" }],
    tag: [{ key: "release", value: tag, propagate_at_launch: true }],
    instance_refresh: [{ strategy: "Rolling", ...refresh }],
  };
  const groups = ["${aws_security_group.app.id}"];
  return configuration({
    ...changed(site(), { aws_lb_target_group_attachment: { app: null } }),
    aws_launch_template: { app: { name: "app", vpc_security_group_ids: groups } },
    aws_autoscaling_group: { app: group },
  });
}

describeWithTerraform("an instance refresh", () => {
  const rollout = async (refresh: Written) =>
    rolloutOf((await changeOf(grown("one", refresh), grown("two", refresh))).review());

  it("replaces machines for what triggers it", async () => {
    expect(await rollout({ triggers: ["tag"] })).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/machine-restarts"],
    });
  });

  it("is none for anything else", async () => {
    expect(await rollout({})).toEqual({ verdict: "proved" });
  });
});

describeWithTerraform("an ECS service that an apply makes", () => {
  const listener = (name: string) => ({
    aws_lb_listener: {
      https: {
        default_action: [
          { type: "forward", target_group_arn: `\${aws_lb_target_group.${name}.arn}` },
        ],
      },
    },
  });

  /** Blue and green: the listener moves to a second service's target group once that is made. */
  function moved(service: Written): object {
    const { resource } = served({}, "app:1") as { resource: Blocks };
    const { app: group } = resource.aws_lb_target_group as { app: Written };
    const { app } = resource.aws_ecs_service as { app: Written };
    const green = changed(resource, {
      aws_lb_target_group: { green: { ...group, name: "green" } },
      aws_ecs_service: {
        green: {
          ...{ ...app, name: "green", ...service },
          load_balancer: [
            {
              target_group_arn: "${aws_lb_target_group.green.arn}",
              ...{ container_name: "app", container_port: 8080 },
            },
          ],
        },
      },
    });
    const { https } = (changed(green, listener("green")).aws_lb_listener ?? {}) as {
      https: Written;
    };
    const waits = { ...https, depends_on: ["aws_ecs_service.green"] };
    return configuration(changed(green, { aws_lb_listener: { https: waits } }));
  }

  const rollout = async (service: Written) =>
    rolloutOf((await changeOf(served({}, "app:1"), moved(service))).review());

  it("has no task yet when its call returns", async () => {
    expect(await rollout({})).toEqual({ verdict: "undetermined", reasons: ["aws/no-target"] });
  });

  it("has one where its block waits for it", async () => {
    expect(await rollout({ wait_for_steady_state: true })).toEqual({ verdict: "proved" });
  });

  it("has none yet where it had none before", async () => {
    const idle = served({ desired_count: 0 }, "app:1");
    const [path] = (await changeOf(idle, served({}, "app:1"))).review().paths;
    expect(path?.availability.verdict).toBe("proved");
    expect(path?.rollout?.verdict).not.toBe("refuted");
  });
});

/** A site behind an autoscaling group whose template names these groups. */
function fleet(template: Written, more: Blocks = {}): object {
  const group = {
    ...{ name: "app", min_size: 2, max_size: 2, desired_capacity: 2 },
    vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
    target_group_arns: ["${aws_lb_target_group.app.arn}"],
    launch_template: [
      {
        id: "${aws_launch_template.app.id}",
        version: "${aws_launch_template.app.latest_version}",
      },
    ],
  };
  return configuration(
    changed(
      {
        ...changed(site(), { aws_lb_target_group_attachment: { app: null } }),
        aws_launch_template: {
          app: {
            name: "app",
            vpc_security_group_ids: ["${aws_security_group.app.id}"],
            ...template,
          },
        },
        aws_autoscaling_group: { app: group },
      },
      more,
    ),
  );
}

describeWithTerraform("an autoscaling group's template", () => {
  const review = async (first: object, second: object) => {
    const [path] = (await changeOf(first, second)).review().paths;
    const { availability, exclusivity, rollout } = path ?? {};
    return [availability?.verdict, exclusivity?.verdict, rollout?.verdict];
  };

  it("may get another image: machines to come have it", async () => {
    const [first, second] = [fleet({ image_id: "ami-1" }), fleet({ image_id: "ami-2" })];
    expect(await review(first, second)).toEqual(["proved", "proved", "proved"]);
  });

  /** The listener moves to a new group, once that is made. */
  async function grownAnew(group: Written): Promise<unknown> {
    const groups = ["${aws_security_group.app.id}"];
    const { app = {} } = site().aws_lb_target_group ?? {};
    const { https = {} } = site().aws_lb_listener ?? {};
    const target_group_arn = "${aws_lb_target_group.green.arn}";
    const green = changed(site(), {
      aws_launch_template: { app: { name: "app", vpc_security_group_ids: groups } },
      aws_lb_target_group: { green: { ...app, name: "green" } },
      aws_autoscaling_group: {
        green: {
          ...{ name: "green", min_size: 2, max_size: 2, desired_capacity: 2 },
          vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
          target_group_arns: [target_group_arn],
          launch_template: [{ id: "${aws_launch_template.app.id}", version: "1" }],
          ...group,
        },
      },
      aws_lb_listener: {
        https: {
          ...https,
          default_action: [{ type: "forward", target_group_arn }],
          depends_on: ["aws_autoscaling_group.green"],
        },
      },
    });
    return rolloutOf((await changeOf(configuration(site()), configuration(green))).review());
  }

  it("has machines when a new group is made, unless nothing waits for them", async () => {
    expect(await grownAnew({})).toEqual({ verdict: "proved" });
    expect(await grownAnew({ wait_for_capacity_timeout: "0" })).toEqual({
      verdict: "undetermined",
      reasons: ["aws/no-target"],
    });
  });

  const closed: Blocks = { aws_security_group: { closed: group([]) } };
  const other = { vpc_security_group_ids: ["${aws_security_group.closed.id}"] };

  it("leaves machines in the groups that they have, so theirs must let the balancer in too", async () => {
    const [from, to] = [fleet(other, closed), fleet({}, closed)];
    expect((await review(from, to))[0]).toBe("refuted");
    expect((await review(to, from))[0]).toBe("refuted");
    expect((await review(fleet({}), to))[0]).toBe("proved");
  });
});
