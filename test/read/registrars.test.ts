import { parseInput } from "../../lib/read/parse-input";
import { Registrars } from "../../lib/read/registrars";
import { type PlannedResource, planOf } from "../support/plan";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/app/1";
const APP: PlannedResource = { address: "aws_lb_target_group.app", values: { arn: ARN } };

const names = (...resources: readonly PlannedResource[]) =>
  new Registrars([parseInput(JSON.stringify(planOf({ resources })), "plan.json")]).has(APP.address);

describe("what may register targets that no block shows", () => {
  it.each<[string, PlannedResource]>([
    ["by its ARN", { address: "kubernetes_manifest.a", values: { manifest: { arn: ARN } } }],
    ["in a text", { address: "aws_iam_policy.a", values: { policy: `{"Resource":"${ARN}"}` } }],
    [
      "by reference",
      { address: "terraform_data.a", refs: { input: ["aws_lb_target_group.app.arn"] } },
    ],
    [
      "by its name",
      { address: "aws_codedeploy_app.a", refs: { x: ["aws_lb_target_group.app.name"] } },
    ],
    ["as a whole", { address: "terraform_data.a", refs: { input: ["aws_lb_target_group.app"] } }],
    ["in a script", { address: "aws_instance.a", values: { user_data: `register ${ARN}` } }],
    [
      "in a script that is encoded",
      { address: "aws_instance.a", values: { user_data_base64: btoa(`register ${ARN}`) } },
    ],
  ])("names its target group %s", (_, resource) => {
    expect(names(APP, resource)).toBe(true);
  });

  it.each<[string, PlannedResource]>([
    [
      "by another part of its name",
      { address: "aws_a.a", refs: { x: ["aws_lb_target_group.app.arn_suffix"] } },
    ],
    ["as a block that paths are read by", { address: "aws_lb_listener.a", values: { a: ARN } }],
    ["as a data source", { address: "data.aws_lb_target_group.a", values: { arn: ARN } }],
    ["not at all", { address: "terraform_data.a", values: { input: `${ARN.slice(0, -1)}2` } }],
  ])("is nothing that names it %s", (_, resource) => {
    expect(names(APP, resource)).toBe(false);
  });

  it("is told for what the plan deletes, too", () => {
    const gone: PlannedResource = { ...APP, before: { arn: ARN }, actions: ["delete"] };
    expect(names(gone, { address: "terraform_data.a", values: { input: ARN } })).toBe(true);
  });
});
