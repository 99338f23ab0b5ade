import { ANYWHERE, type Blocks, configuration, group, site } from "../../support/balancer";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

/** The targets' group, with one rule of its own for the balancer. */
function withRule(name: string, more: object = {}): Blocks {
  const rule = {
    security_group_id: "${aws_security_group.app.id}",
    ip_protocol: "tcp",
    from_port: 8080,
    to_port: 8080,
    referenced_security_group_id: "${aws_security_group.lb.id}",
    ...more,
  };
  const { ingress: _, ...app } = group([], [ANYWHERE]) as { ingress?: unknown };
  const before = site() as Blocks & { aws_security_group: Record<string, object> };
  return {
    ...before,
    aws_security_group: { ...before.aws_security_group, app },
    aws_vpc_security_group_ingress_rule: { [name]: rule },
  } as Blocks;
}

describeWithTerraform("the only rule that lets a balancer in to its targets", () => {
  it("is missing between its deletion and what another block makes", async () => {
    const [before, after] = [withRule("old"), withRule("new", { description: "x" })];
    const change = await changeOf(configuration(before), configuration(after));
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_vpc_security_group_ingress_rule.old"],
    });
  });

  it("is gone where it is deleted, whatever the group's list still shows", async () => {
    const before = withRule("old");
    const { aws_vpc_security_group_ingress_rule: _, ...bare } = before;
    const change = await changeOf(configuration(before), configuration(bare));
    const { paths } = change.review();
    expect(paths.map(({ availability }) => availability.verdict)).toEqual(["refuted"]);
  });
});
