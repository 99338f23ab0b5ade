import type { Instance } from "../../../lib/model/instance";
import { type Json, NO_REFERENCES, type Reference } from "../../../lib/model/value";
import { withoutUnused } from "../../../lib/prove/rollout/unused-targets";
import { usedByFleets } from "../../../lib/prove/rollout/used-by-fleets";
import { instanceOf } from "./instances";

type Values = Readonly<Record<string, Json>>;

describe("groups of targets that a fleet surely uses", () => {
  const group = (more: Values, rest: Partial<Instance> = {}) => {
    const values = { name: "web", id: "asg-1", target_group_arns: ["a"], load_balancers: ["b"] };
    return instanceOf("aws_autoscaling_group.web", { ...values, ...more }, rest);
  };
  const tie = (name: string) =>
    instanceOf("aws_autoscaling_attachment.x", {
      ...{ autoscaling_group_name: name, lb_target_group_arn: "c", elb: "d" },
    });

  it("are those of an autoscaling group with a machine", () => {
    expect(usedByFleets([group({ desired_capacity: 1 })])).toEqual(["a", "b"]);
    expect(usedByFleets([group({ desired_capacity: null, min_size: 2 })])).toEqual(["a", "b"]);
    expect(usedByFleets([group({ desired_capacity: 0, min_size: 1 })])).toEqual([]);
    expect(usedByFleets([group({ min_size: 0 })])).toEqual([]);
    expect(usedByFleets([group({})])).toEqual([]);
    const large = { desired_capacity: 2, target_group_arns: "a", load_balancers: null };
    expect(usedByFleets([group(large)])).toEqual([]);
  });

  it("are none of one that is suspended, or perhaps not there", () => {
    const suspended = { desired_capacity: 1, suspended_processes: ["Launch"] };
    expect(usedByFleets([group(suspended)])).toEqual([]);
    expect(usedByFleets([group({ desired_capacity: 1 }, { certain: false }), tie("web")])).toEqual(
      [],
    );
    const tied = { ...tie("web"), certain: false };
    expect(usedByFleets([group({ desired_capacity: 1 }), tied])).toEqual(["a", "b"]);
    const [one, none] = [group({ desired_capacity: 1 }), group({ target_group_arns: ["z"] })];
    expect(usedByFleets([one, none])).toEqual(["a", "b"]);
  });

  it("are those that it is attached to, by its name or its id", () => {
    const web = group({ desired_capacity: 1, target_group_arns: [], load_balancers: [] });
    expect(usedByFleets([web, tie("web")])).toEqual(["c", "d"]);
    expect(usedByFleets([web, tie("asg-1")])).toEqual(["c", "d"]);
    expect(usedByFleets([web, tie("other")])).toEqual([]);
    const other = instanceOf("aws_thing.x", { name: "web", id: "asg-1", desired_capacity: 1 });
    expect(usedByFleets([other, tie("web")])).toEqual([]);
  });

  it("are those of an ECS service with a task", () => {
    const service = (desired_count: Json) =>
      instanceOf("aws_ecs_service.x", {
        ...{ desired_count, load_balancer: [{ target_group_arn: "e" }, {}] },
      });
    expect(usedByFleets([service(1)])).toEqual(["e", undefined]);
    expect(usedByFleets([service(0)])).toEqual([]);
    expect(usedByFleets([service(null)])).toEqual([]);
    const thing = { desired_count: 1, load_balancer: [{ target_group_arn: "e" }] };
    expect(usedByFleets([instanceOf("aws_thing.x", thing)])).toEqual([]);
  });
});

describe("machines that are out and stay registered", () => {
  const [web, other] = [
    instanceOf("aws_instance.web (old)", { id: "i-1" }),
    instanceOf("aws_instance.other", { id: "i-2" }),
  ];
  const by = (name: string, type: string, values: Values, more: Partial<Instance> = {}) =>
    instanceOf(`${type}.${name}`, values, more);
  const addresses = (present: readonly Instance[], gone: readonly Instance[] = [web]) => {
    const { instances, assumptions } = withoutUnused(present, gone);
    return [instances.map(({ name }) => name), assumptions.map(({ subject }) => subject)];
  };

  it.each([
    ["aws_lb_target_group_attachment", "target_group_arn", "target_id"],
    ["aws_alb_target_group_attachment", "target_group_arn", "target_id"],
    ["aws_elb_attachment", "elb", "instance"],
  ])("get nothing as long as another is registered: %s", (type, group, machine) => {
    const out = by("out", type, { [group]: "g", [machine]: "i-1" });
    const used = by("used", type, { [group]: "g", [machine]: "i-2" });
    const apart = by("apart", type, { [group]: "h", [machine]: "i-2" });
    expect(addresses([out, used])).toEqual([["used"], ["aws_instance.web"]]);
    expect(addresses([out, apart])).toEqual([["out", "apart"], []]);
    expect(addresses([out])).toEqual([["out"], []]);
    expect(addresses([out, used], [])).toEqual([["out", "used"], []]);
    expect(addresses([out, used], [instanceOf("aws_eip.x", { id: "i-1" })])[0]).toHaveLength(2);
  });

  it("says what is assumed", () => {
    const list = by("elb", "aws_elb", { id: "b", instances: ["i-1", "i-2"] });
    expect(withoutUnused([list], [web])).toEqual({
      instances: [{ ...list, values: { id: "b", instances: ["i-2"] } }],
      assumptions: [
        {
          id: "aws/unused-target",
          subject: "aws_instance.web",
          text: "a balancer sends nothing to aws_instance.web while it is stopped or terminated, since it has other targets",
        },
      ],
    });
    expect(withoutUnused([list], [])).toEqual({ instances: [list], assumptions: [] });
    const old = instanceOf("aws_instance.a (old)b", { id: "i-1" });
    expect(withoutUnused([list], [old]).assumptions[0]?.subject).toBe("aws_instance.a (old)b");
  });

  it("are left out of a classic balancer's own list", () => {
    const lists = (...ids: readonly Json[]) => by("elb", "aws_elb", { id: "b", instances: ids });
    expect(addresses([lists("i-1")])).toEqual([["elb"], []]);
    const tie = by("tie", "aws_elb_attachment", { elb: "b", instance: "i-2" });
    expect(withoutUnused([lists("i-1"), tie], [web]).instances[0]?.values).toMatchObject({
      instances: [],
    });
    const apart = { ...tie, values: { elb: "c", instance: "i-2" } };
    expect(withoutUnused([lists("i-1"), apart], [web]).instances[0]).toMatchObject({
      values: { instances: ["i-1"] },
    });
    const thing = by("thing", "aws_thing", { id: "b", instances: ["i-1", "i-2"] });
    expect(withoutUnused([thing], [web]).instances).toEqual([thing]);
    expect(addresses([by("elb", "aws_elb", { id: "b", instances: "i-1" })])[0]).toEqual(["elb"]);
  });

  it("get nothing where a fleet is registered", () => {
    const out = by("out", "aws_lb_target_group_attachment", {
      ...{ target_group_arn: "g", target_id: "i-1" },
    });
    const fleet = by("fleet", "aws_autoscaling_group", {
      ...{ desired_capacity: 1, target_group_arns: ["g", "", null] },
    });
    expect(addresses([out, fleet])[0]).toEqual(["fleet"]);
    const open = { ...out, values: { target_id: "i-1" } };
    expect(addresses([open, fleet])[0]).toEqual(["out", "fleet"]);
  });

  it("are of one group that is not known yet, where one reference names it", () => {
    const named = (
      name: string,
      target_id: string,
      references: readonly Partial<Reference>[],
      more: Partial<Instance> = {},
    ) => {
      const expression = { ...NO_REFERENCES, references } as typeof NO_REFERENCES;
      const configured = new Map([
        ["target_group_arn", { kind: "expression" as const, expression }],
      ]);
      return by(name, "aws_lb_target_group_attachment", { target_id }, { configured, ...more });
    };
    const [g, h]: readonly Partial<Reference>[] = [
      { text: "aws_lb_target_group.g", path: [] },
      { text: "aws_lb_target_group.h", path: [] },
    ];
    const of = (left: readonly Partial<Reference>[], right = left, more: Partial<Instance> = {}) =>
      addresses([named("out", "i-1", left), named("used", "i-2", right, more)])[0];
    expect(of([g ?? {}])).toEqual(["used"]);
    expect(of([g ?? {}], [h ?? {}])).toEqual(["out", "used"]);
    expect(of([g ?? {}], [g ?? {}], { key: '"x"' } as Partial<Instance>)).toEqual(["used"]);
    const each = { text: "aws_lb_target_group.g", path: [{ own: "each.key" }, { key: "x" }] };
    const keyed = each as unknown as Partial<Reference>;
    expect(of([keyed], [keyed], { key: '"x"' } as Partial<Instance>)).toEqual(["out", "used"]);
    expect(of([keyed])).toEqual(["used"]);
    expect(of([g ?? {}, h ?? {}])).toEqual(["out", "used"]);
    expect(of([])).toEqual(["out", "used"]);
    expect(of([g ?? {}], [g ?? {}], { modules: [{ name: "m", key: undefined }] } as never)).toEqual(
      ["out", "used"],
    );
    const bare = by("bare", "aws_lb_target_group_attachment", { target_id: "i-1" });
    expect(addresses([bare, named("used", "i-2", [g ?? {}])])[0]).toEqual(["bare", "used"]);
    expect(addresses([bare, other])[0]).toEqual(["bare", "other"]);
  });
});
