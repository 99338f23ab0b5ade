import { EDGE_4 } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ACL = "${aws_network_acl.web.id}";
const TABLE = "${aws_route_table.public.id}";

function entry(number: number, action: "allow" | "deny", cidr: string, more: object = {}): object {
  const ports = { protocol: "-1", rule_number: number, rule_action: action, cidr_block: cidr };
  return { network_acl_id: ACL, egress: false, from_port: 0, to_port: 0, ...ports, ...more };
}

const WITH_ACL = {
  aws_network_acl: {
    web: { vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.web.id}"] },
  },
  aws_network_acl_rule: {
    in: entry(100, "allow", "0.0.0.0/0"),
    out: entry(100, "allow", "0.0.0.0/0", { egress: true }),
  },
};

/** A group with one block a rule. */
function ruleBlocks(rules: Readonly<Record<string, object>>, group = "web") {
  return {
    aws_security_group: { [group]: { name: group, vpc_id: "${aws_vpc.main.id}" } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [
        name,
        {
          security_group_id: `\${aws_security_group.${group}.id}`,
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          ...rule,
        },
      ]),
    ),
  };
}

describeWithTerraform("what an argument by counting rules gets wrong", () => {
  it("refutes a deny and an allow created before an allow that is kept", async () => {
    const change = await changeOf(
      web(WITH_ACL),
      web(WITH_ACL, {
        aws_network_acl_rule: {
          deny: entry(90, "deny", "172.64.0.0/13"),
          allow: entry(80, "allow", "172.64.0.0/13"),
        },
      }),
    );
    expect(rolloutOf(change.review())).toEqual({
      verdict: "refuted",
      done: ["create aws_network_acl_rule.deny"],
      pending: ["create aws_network_acl_rule.allow"],
      cutOff: ["172.64.0.0/13"],
    });
  });

  it("refutes a broad route that captures before a longer one is there", async () => {
    const route = (cidr: string, target: object) => ({
      route_table_id: TABLE,
      destination_cidr_block: cidr,
      ...target,
    });
    const change = await changeOf(
      web(),
      web({
        aws_route: {
          transit: route("172.0.0.0/8", { transit_gateway_id: "tgw-0123456789abcdef0" }),
          edge: route("172.64.0.0/13", { gateway_id: "${aws_internet_gateway.main.id}" }),
        },
      }),
    );
    expect(rolloutOf(change.review())).toEqual({
      verdict: "refuted",
      done: ["create aws_route.transit"],
      pending: ["create aws_route.edge"],
      cutOff: ["172.64.0.0/13"],
    });
  });

  it("refutes an attachment that is kept, whose only rule is replaced by delete and create", async () => {
    const rule = (cidrs: readonly string[]) => ({
      aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
      aws_security_group_rule: {
        edge: {
          type: "ingress",
          security_group_id: "${aws_security_group.web.id}",
          from_port: 443,
          to_port: 443,
          protocol: "tcp",
          cidr_blocks: cidrs,
        },
      },
    });
    const change = await changeOf(web(rule(EDGE_4)), web(rule([...EDGE_4, "198.51.100.0/24"])));
    const found = rolloutOf(change.review());
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_security_group_rule.edge"],
      pending: ["create aws_security_group_rule.edge"],
    });
    expect(found.cutOff).toHaveLength(15);
  });

  it("proves old and new groups that a third joins in between", async () => {
    const all = { all: { cidr_ipv4: "0.0.0.0/0" } };
    const third = ruleBlocks({ third: all.all }, "third");
    const instance = (...groups: readonly string[]) => ({
      aws_instance: {
        web: {
          associate_public_ip_address: true,
          ami: "ami-0123456789abcdef0",
          instance_type: "t3.micro",
          subnet_id: "${aws_subnet.web.id}",
          vpc_security_group_ids: groups.map((name) => `\${aws_security_group.${name}.id}`),
        },
      },
    });
    const group = (name: string) => ruleBlocks({ [name]: { cidr_ipv4: "0.0.0.0/0" } }, name);
    const none = { aws_security_group: { web: {} } };
    const change = await changeOf(
      web(none, third, group("old"), instance("old", "third")),
      web(none, third, group("new"), instance("new", "third")),
    );
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });
});
