import { parseInput } from "originproof/review";
import { Lookup } from "../../../lib/read/lookup";
import { subnetsConnect } from "../../../lib/read/resources/aws-network-acl";
import { type Blocks, blocks, NETWORK } from "../../support/aws-web";

const BALANCER = { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.2.0/24" };

function rule(acl: string, number: number, egress: boolean, more: object = {}): object {
  const whole = { protocol: "-1", rule_action: "allow", cidr_block: "0.0.0.0/0" };
  const network_acl_id = `\${aws_network_acl.${acl}.id}`;
  return { network_acl_id, rule_number: number, egress, ...whole, ...more };
}

function acl(name: string, subnet: string): object {
  return { vpc_id: "${aws_vpc.main.id}", subnet_ids: [`\${aws_subnet.${subnet}.id}`], name };
}

/** From the balancer's subnet to the target's, on 8080. */
function connect(more: Blocks, from = "balancer", to = "web") {
  const resource = blocks(NETWORK, { aws_subnet: { balancer: BALANCER } }, more);
  const lookup = new Lookup([parseInput(JSON.stringify({ resource }), "cdk.tf.json")]);
  const [start, end] = [from, to].map((name) =>
    lookup.managed("aws_subnet").find((subnet) => subnet.name === name),
  );
  if (start === undefined || end === undefined) {
    throw new Error("no subnet");
  }
  return subnetsConnect(lookup, { from: start, to: end }, { family: 4, port: 8080 });
}

/** An ACL of the target's subnet. */
function target(ingress: object, egress: object): Blocks {
  return {
    aws_network_acl: { web: acl("web", "web") },
    aws_network_acl_rule: {
      in: rule("web", 100, false, ingress),
      out: rule("web", 100, true, egress),
    },
  };
}

const TCP = { protocol: "tcp" };

describe("between two subnets", () => {
  it("the default ACL lets everything pass", () => {
    expect(connect({})).toMatchObject({ verdict: "yes", reasons: [] });
  });

  it("no ACL filters within one", () => {
    const closed = { aws_network_acl: { web: acl("web", "web") } };
    expect(connect(closed, "web", "web").verdict).toBe("yes");
    expect(connect(closed).verdict).toBe("no");
  });

  it("the port must be open to the subnet's range, and client ports for the answers", () => {
    const port = { ...TCP, from_port: 8080, to_port: 8080, cidr_block: "10.0.2.0/24" };
    const clients = { ...TCP, from_port: 1024, to_port: 65535, cidr_block: "10.0.2.0/24" };
    expect(connect(target(port, clients)).verdict).toBe("yes");
    expect(connect(target({ ...port, to_port: 8079, from_port: 80 }, clients))).toMatchObject({
      verdict: "no",
      reasons: [
        {
          id: "aws/acl-between-subnets",
          text: "the network ACL of aws_subnet.web lets nothing in from aws_subnet.balancer on tcp/8080",
        },
      ],
    });
    const some = { ...clients, from_port: 32768 };
    expect(connect(target(port, some)).verdict).toBe("no");
  });

  it("a part of the range, or an unknown rule, decides nothing", () => {
    expect(connect(target({ cidr_block: "10.0.2.0/25" }, {})).verdict).toBe("unknown");
    const unknown = connect(target({ cidr_block: "${var.cidr}" }, {}));
    expect(unknown.verdict).toBe("unknown");
    expect(unknown.reasons.map((reason) => reason.id)).toContain("aws/acl-rule-unknown");
  });

  it("the balancer's own ACL counts both ways", () => {
    const own = (ingress: object, egress: object): Blocks => ({
      aws_network_acl: { own: acl("own", "balancer") },
      aws_network_acl_rule: {
        in: rule("own", 100, false, ingress),
        out: rule("own", 100, true, egress),
      },
    });
    expect(connect(own({}, {})).verdict).toBe("yes");
    expect(connect(own({}, { ...TCP, from_port: 443, to_port: 443 })).verdict).toBe("no");
    expect(connect(own({ ...TCP, from_port: 443, to_port: 443 }, {})).verdict).toBe("no");
  });
});
