import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const GROUP = "${aws_security_group.web.id}";

function group(name: string, more: object = {}): Blocks {
  const { web: own } = inlineGroup([inlineRule()]).aws_security_group ?? {};
  return { aws_security_group: { web: { ...own, name, ...more } } };
}

function rule(cidr: string, more: object = {}) {
  return {
    ...{ type: "ingress", from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: [cidr] },
    security_group_id: GROUP,
    ...more,
  };
}

function machineOf(group: string, more: object = {}): Blocks {
  const own = { associate_public_ip_address: true, subnet_id: "${aws_subnet.web.id}" };
  const what = { ami: "ami-0123456789abcdef0", instance_type: "t3.micro" };
  return { aws_instance: { web: { ...what, ...own, vpc_security_group_ids: [group], ...more } } };
}

async function rollout(first: object, second: object) {
  return rolloutOf((await changeOf(first, second)).review());
}

describeWithTerraform("a delete that AWS refuses", () => {
  it("is never done where an instance has the group until later", async () => {
    const found = await rollout(web(group("one")), web(group("two")));
    expect(found).toEqual({ verdict: "proved" });
  });

  it("takes the rules away where the group revokes them first", async () => {
    const revokes = { revoke_rules_on_delete: true };
    const found = await rollout(web(group("one", revokes)), web(group("two", revokes)));
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_security_group.web"],
    });
  });

  it("comes after the rules that are blocks, which are gone then", async () => {
    const site = (name: string) =>
      web(
        { aws_security_group: { web: { name, vpc_id: "${aws_vpc.main.id}" } } },
        { aws_security_group_rule: { web: rule("0.0.0.0/0") } },
      );
    expect(await rollout(site("one"), site("two"))).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_security_group_rule.web"],
    });
  });

  it("is done once its attachment is gone, whatever the instance's list still says", async () => {
    const tied = (name: string) =>
      web(
        {
          aws_security_group: {
            none: { name: "none", vpc_id: "${aws_vpc.main.id}" },
            ...group(name).aws_security_group,
          },
        },
        machineOf("${aws_security_group.none.id}", {
          lifecycle: { ignore_changes: ["vpc_security_group_ids"] },
        }),
        {
          aws_network_interface_sg_attachment: {
            web: {
              security_group_id: GROUP,
              network_interface_id: "${aws_instance.web.primary_network_interface_id}",
            },
          },
        },
      );
    const found = await rollout(tied("one"), tied("two"));
    expect(found.verdict).not.toBe("proved");
  });

  it("is done once the instance has another group", async () => {
    const next = group("next").aws_security_group?.web ?? {};
    const machine = machineOf("${aws_security_group.next.id}");
    const second = web({ aws_security_group: { web: {}, next } }, machine);
    const change = await changeOf(web(group("one")), second);
    expect(rolloutOf(change.review({ graph: true }))).toEqual({ verdict: "proved" });
  });
});

describeWithTerraform("a create that AWS refuses", () => {
  it("is never done where the group has the rule already, nor what waits for it", async () => {
    const site = (again: string, type: string, more: object) =>
      web(
        { aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } } },
        { aws_security_group_rule: { web: rule("0.0.0.0/0"), ...more } },
        machineOf(GROUP, { instance_type: type, depends_on: [again] }),
      );
    const first = site("aws_security_group_rule.web", "t3.micro", {});
    const after = (cidr: string) =>
      site("aws_security_group_rule.again", "t3.small", { again: rule(cidr) });
    expect(await rollout(first, after("0.0.0.0/0"))).toEqual({ verdict: "proved" });
    expect(await rollout(first, after("10.0.0.0/8"))).toMatchObject({ verdict: "refuted" });
  });
});
