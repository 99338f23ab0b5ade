import { type Blocks, changed, configuration, site } from "../../support/balancer";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

/** A site that a function answers. */
function functionSite({ name = "f1", statement = "alb", more = {} } = {}): Blocks {
  const { aws_instance: _, ...rest } = site();
  return {
    ...rest,
    aws_lb_target_group: { app: { name: "app", target_type: "lambda" } },
    aws_lb_target_group_attachment: {
      app: {
        target_group_arn: "${aws_lb_target_group.app.arn}",
        target_id: "${aws_lambda_function.app.arn}",
        depends_on: ["aws_lambda_permission.app"],
      },
    },
    aws_lambda_function: { app: { function_name: name, role: "arn:aws:iam::1:role/r", ...more } },
    aws_lambda_permission: {
      app: {
        statement_id: statement,
        action: "lambda:InvokeFunction",
        function_name: "${aws_lambda_function.app.function_name}",
        principal: "elasticloadbalancing.amazonaws.com",
        source_arn: "${aws_lb_target_group.app.arn}",
      },
    },
  } as Blocks;
}

async function rollout(first: Blocks, second: Blocks) {
  const review = (await changeOf(configuration(first), configuration(second))).review();
  return { availability: review.paths[0]?.availability.verdict, ...rolloutOf(review) };
}

describeWithTerraform("a lambda behind a balancer", () => {
  it("answers before, afterwards and in between where its code changes", async () => {
    const found = await rollout(
      functionSite(),
      functionSite({ more: { memory_size: 256, timeout: 9 } }),
    );
    expect(found).toEqual({ availability: "proved", verdict: "proved" });
  });

  it("is not invoked while its permission is replaced", async () => {
    const found = await rollout(functionSite(), functionSite({ statement: "balancer" }));
    expect(found).toMatchObject({ availability: "proved", verdict: "refuted" });
    expect(found.done).toContain("delete aws_lambda_permission.app");
  });

  it("is not there while it is replaced", async () => {
    const found = await rollout(functionSite(), functionSite({ name: "f2" }));
    expect(found).toMatchObject({ availability: "proved", verdict: "refuted" });
  });

  it("is invoked by a permission that another block has made first", async () => {
    const before = changed(functionSite(), {
      aws_lambda_permission: {
        second: { ...functionSite({ statement: "second" }).aws_lambda_permission?.app },
      },
    });
    const after = changed(before, {
      aws_lambda_permission: { app: { statement_id: "renamed" } },
    });
    expect(await rollout(before, after)).toMatchObject({ verdict: "proved" });
  });

  it("is unknown where nothing of the input is registered", async () => {
    const { aws_lb_target_group_attachment: _, ...bare } = functionSite();
    const { paths } = (await changeOf(configuration(bare), configuration(bare))).review();
    expect(paths[0]?.availability.reasons.map(({ id }) => id)).toEqual(["aws/no-target"]);
  });
});
