import { parseInput } from "../../lib/read/parse-input";
import { twinsIn, withoutTwins } from "../../lib/read/twins";
import { planOf, type Written } from "../support/plan";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/app/1";
const TYPE = "aws_lb_target_group_attachment";
const TARGET = { target_group_arn: ARN, target_id: "i-1" };
const GROUP = {
  address: "aws_lb_target_group.app",
  before: { arn: ARN, port: 8080 },
  values: { arn: ARN, port: 8080 },
  actions: ["no-op"],
};

/** A registration that stays, beside one that goes. */
function readOf(now: Written, gone: Written, type = TYPE, more: Written = {}) {
  const [kept, old] = [
    { ...now, id: "app-1" },
    { ...gone, id: "app-2" },
  ];
  const plan = planOf({
    resources: [
      GROUP,
      { address: `${type}.app`, before: kept, values: kept, actions: ["no-op"] },
      { address: `${type}.old`, before: old, actions: ["delete"] },
    ],
  }) as { resource_changes: Written[] };
  const [group, stays, goes] = plan.resource_changes;
  const resource_changes = [group, stays, { ...goes, ...more }];
  return parseInput(JSON.stringify({ ...plan, resource_changes }), "plan.json");
}

const left = (...given: Parameters<typeof readOf>) =>
  withoutTwins([readOf(...given)]).flatMap(({ instances }) =>
    instances.filter(({ type }) => type === (given[2] ?? TYPE)).map(({ certain }) => certain),
  );

const at = (port: number | null): Written => ({ ...TARGET, port });

describe("a registration that another block has made too", () => {
  it("goes with that block's", () => {
    expect(left(at(8080), at(8080))).toEqual([]);
    expect(left(at(8080), at(null))).toEqual([]);
    expect(twinsIn([readOf(at(8080), at(8080))])).toHaveLength(1);
  });

  it("goes with a deposed object of its own block", () => {
    const deposed = { address: `${TYPE}.app`, name: "app", deposed: "ab12cd34" };
    expect(left(at(8080), at(null), TYPE, deposed)).toEqual([]);
  });

  it("stays beside that of another target or port", () => {
    expect(left(at(8080), { ...at(8080), target_id: "i-2" })).toEqual([true]);
    expect(left(at(8080), at(8081))).toEqual([true]);
  });

  it("may go where its port is not known", () => {
    const other = { target_group_arn: "arn:of:another:input", target_id: "i-1" };
    expect(left({ ...other, port: 8080 }, { ...other, port: null })).toEqual([false]);
  });

  it("is one of an autoscaling group by either name of the target group", () => {
    const type = "aws_autoscaling_attachment";
    const fleet = { autoscaling_group_name: "app" };
    const [now, before] = [{ lb_target_group_arn: ARN }, { alb_target_group_arn: ARN }];
    expect(left({ ...fleet, ...now }, { ...fleet, ...before }, type)).toEqual([]);
  });
});
