import { withoutDetached } from "../../lib/read/detached";
import { parseInput } from "../../lib/read/parse-input";
import { planOf, type Written } from "../support/plan";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/app/1";

/** What an autoscaling group has left when an attachment to it is deleted. */
function leftOf(group: Written, type: string, attachment: Written): unknown {
  const named = { name: "app", ...group };
  const gone = { autoscaling_group_name: "app", ...attachment };
  const plan = planOf({
    resources: [
      { address: "aws_autoscaling_group.app", values: named, before: named, actions: ["no-op"] },
      { address: `${type}.app`, before: gone, actions: ["delete"] },
    ],
  });
  const [read] = withoutDetached([parseInput(JSON.stringify(plan), "plan.json")]);
  const values = read?.instances.find(({ type: own }) => own === "aws_autoscaling_group")?.values;
  return Object.entries((values ?? {}) as Written).filter(([name]) => name !== "name");
}

const SOURCE = { traffic_source: [{ identifier: ARN, type: "elbv2" }] };
const LISTED = { target_group_arns: [ARN] };

it.each<[string, Written, string, Written]>([
  ["its list", LISTED, "aws_autoscaling_attachment", { lb_target_group_arn: ARN }],
  ["its list, by a source", LISTED, "aws_autoscaling_traffic_source_attachment", SOURCE],
  ["its sources", SOURCE, "aws_autoscaling_attachment", { lb_target_group_arn: ARN }],
  ["its sources, by a source", SOURCE, "aws_autoscaling_traffic_source_attachment", SOURCE],
])("a deleted attachment takes a target group out of %s", (_, group, type, attachment) => {
  const [name] = Object.keys(group);
  expect(leftOf(group, type, attachment)).toEqual([[name, []]]);
});

it("another target group stays", () => {
  const other = { traffic_source: [{ identifier: `${ARN}2`, type: "elbv2" }] };
  const left = leftOf(other, "aws_autoscaling_traffic_source_attachment", SOURCE);
  expect(left).toEqual(Object.entries(other));
});
