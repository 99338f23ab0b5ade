import type { Instance } from "../../../lib/model/instance";
import { type Json, NO_REFERENCES } from "../../../lib/model/value";
import { deploymentBy, isImage, rebootBy, refreshBy } from "../../../lib/prove/rollout/restarts";
import { instanceOf } from "./instances";

type Values = Readonly<Record<string, Json>>;
type Restart = (before: Instance, after: Instance) => string | undefined;

/** What an update of an object named `x` restarts. */
const by =
  (restart: Restart, type: string, base: Values = {}) =>
  (before: Values, after: Values, more: Partial<Instance> = {}) =>
    restart(
      instanceOf(`${type}.x`, { ...base, ...before }),
      instanceOf(`${type}.x`, { ...base, ...after }, more),
    );

const configured = (...names: readonly string[]): Instance["configured"] =>
  new Map(names.map((name) => [name, { kind: "expression", expression: NO_REFERENCES }]));

describe("an image that is made of a machine", () => {
  const of = (type: string, values: Values) => rebootBy(instanceOf(`${type}.x`, values));

  it("reboots it unless it is told not to", () => {
    const text =
      "aws_ami_from_instance.x reboots the machine that it is made of: snapshot_without_reboot = true leaves it running";
    expect(of("aws_ami_from_instance", {})).toBe(text);
    expect(of("aws_ami_from_instance", { snapshot_without_reboot: false })).toBe(text);
    expect(of("aws_ami_from_instance", { snapshot_without_reboot: true })).toBeUndefined();
    expect(of("aws_ami", {})).toBeUndefined();
    expect([isImage("aws_ami_from_instance"), isImage("aws_ami")]).toEqual([true, false]);
  });
});

describe("a deployment of an ECS service", () => {
  const LEAST = "deployment_minimum_healthy_percent";
  const none = { [LEAST]: 0 };
  const deployed = by(deploymentBy, "aws_ecs_service", none);
  const [one, two] = [{ task_definition: "web:1" }, { task_definition: "web:2" }];

  it.each([
    "capacity_provider_strategy",
    "force_new_deployment",
    "launch_type",
    "platform_version",
    "service_connect_configuration",
    "service_registries",
    "task_definition",
    "triggers",
    "volume_configuration",
  ])("may stop all its tasks where %s changes", (name) => {
    expect(deployed({ [name]: "a" }, { [name]: "b" })).toBe(
      "aws_ecs_service.x may stop all its tasks before new ones run: deployment_minimum_healthy_percent is 0",
    );
    expect(deployed({ [name]: "a" }, { [name]: "a" })).toBeUndefined();
    expect(deployed({}, { [name]: null })).toBeUndefined();
  });

  it("keeps some where its deployment asks for that", () => {
    const of = (more: Values, rest: Partial<Instance> = {}) =>
      by(deploymentBy, "aws_ecs_service", more)(one, two, rest);
    expect(of({})).toBeUndefined();
    expect(of({ [LEAST]: 50 })).toBeUndefined();
    expect(of({ [LEAST]: 1 })).toBeUndefined();
    expect(of({ [LEAST]: "50" })).toContain("is 0");
    expect(of({ [LEAST]: 50 }, { unknown: { [LEAST]: true } })).toContain("is known after apply");
    expect(of({ [LEAST]: 50 }, { unknown: { [LEAST]: false } })).toBeUndefined();
  });

  it("keeps none of a daemon by default", () => {
    const daemon = (more: Values) =>
      by(deploymentBy, "aws_ecs_service", { scheduling_strategy: "DAEMON", ...more })(one, two);
    expect(daemon({})).toContain(`${LEAST} is 0 by default`);
    expect(daemon({ [LEAST]: 100 })).toContain("is 0 by default");
    expect(daemon({ [LEAST]: 50 })).toBeUndefined();
  });

  it("is one of what is known after apply and configured, or whole", () => {
    const unknown = { task_definition: true };
    expect(deployed(one, {}, { unknown })).toBeDefined();
    expect(deployed(one, {}, { unknown, configured: configured("task_definition") })).toBeDefined();
    expect(deployed(one, {}, { unknown, configured: configured("name") })).toBeUndefined();
    expect(deployed(one, one, { unknown: true })).toBeDefined();
    expect(deployed(one, two, { unknown: false })).toBeDefined();
  });

  it("is none of another object", () => {
    expect(by(deploymentBy, "aws_ecs_task_set", none)(one, two)).toBeUndefined();
  });
});

describe("an instance refresh of an autoscaling group", () => {
  const group = { instance_refresh: [{ strategy: "Rolling", triggers: ["tag", 1] }] };
  const refreshed = by(refreshBy, "aws_autoscaling_group", group);

  it.each(["launch_configuration", "launch_template", "mixed_instances_policy", "tag"])(
    "replaces its machines where %s changes",
    (name) => {
      expect(refreshed({ [name]: "a" }, { [name]: "b" })).toBe(
        "aws_autoscaling_group.x replaces its machines by an instance refresh, and whether others run meanwhile is not read",
      );
      expect(refreshed({ [name]: "a" }, { [name]: "a" })).toBeUndefined();
    },
  );

  it("is none where what changes begins none, or no refresh is asked for", () => {
    expect(refreshed({ max_size: 1, 1: "a" }, { max_size: 2, 1: "b" })).toBeUndefined();
    const plain = (more: Values) =>
      by(
        refreshBy,
        "aws_autoscaling_group",
        more,
      )({ launch_template: "a" }, { launch_template: "b" });
    expect(plain({})).toBeUndefined();
    expect(plain({ instance_refresh: [] })).toBeUndefined();
    expect(plain({ instance_refresh: "x" })).toBeUndefined();
    expect(plain({ instance_refresh: [{}] })).toBeDefined();
    expect(plain({ instance_refresh: [{ triggers: "tag" }] })).toBeDefined();
    expect(by(refreshBy, "aws_autoscaling_policy", group)({}, { launch_template: "b" })).toBe(
      undefined,
    );
  });

  it("may be where whether it is asked for is known after apply", () => {
    const unknown = { instance_refresh: true };
    expect(by(refreshBy, "aws_autoscaling_group")({}, {}, { unknown })).toBeDefined();
    expect(by(refreshBy, "aws_ecs_service")({}, {}, { unknown })).toBeUndefined();
  });
});
