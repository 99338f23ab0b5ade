import type { Review } from "originproof/review";
import {
  ANYWHERE,
  type Blocks,
  changed,
  group,
  listener,
  onPort,
  site,
  synth,
  VPC_ID,
} from "../../support/balancer";
import { EDGE_4, idsOf, reviewOf, verdicts } from "../../support/plan";

const PATH = "www.example.com IPv4 tcp/443";
const ONE = "subnet-0aaaaaaaaaaaaaaa1";
const TWO = "subnet-0aaaaaaaaaaaaaaa2";
const WORLD = "0.0.0.0/0";

type Changes = Parameters<typeof changed>[1];

function review(blocks: Blocks, ...changes: readonly Changes[]): Review {
  return reviewOf([synth(changes.reduce<Blocks>(changed, blocks))]);
}

function all(number: number, more: object = {}): object {
  return { rule_no: number, action: "allow", protocol: "-1", cidr_block: WORLD, ...PORTS, ...more };
}

const PORTS = { from_port: 0, to_port: 0 };
const CLIENTS = { protocol: "tcp", from_port: 1024, to_port: 65535 };

/** A network ACL with inline rules for some subnets. */
function acl(subnet_ids: readonly string[], ingress: object[], egress: object[]): Changes {
  return { aws_network_acl: { own: { vpc_id: VPC_ID, subnet_ids, ingress, egress } } };
}

const OPEN: Changes = {
  aws_security_group: { lb: group([onPort(443, { cidr_blocks: [WORLD] })], [ANYWHERE]) },
};
const NETWORK: Changes = {
  aws_lb: { web: { load_balancer_type: "network", security_groups: null } },
  aws_lb_listener: { https: listener(443, "TCP") },
  aws_lb_target_group: { app: { port: 443, protocol: "TCP" } },
  aws_security_group: {
    app: group([onPort(443, { cidr_blocks: [WORLD] })], [ANYWHERE]),
  },
};

describe("the subnets of a balancer", () => {
  it("keep what comes in apart from what goes out of one ACL", () => {
    const [, ...rest] = EDGE_4;
    const inside = all(100, { cidr_block: "10.0.0.0/8" });
    const edge = rest.map((cidr_block, index) => all(101 + index, { cidr_block }));
    const some = acl([ONE, TWO], [inside, ...edge], [all(100)]);
    expect(verdicts(review(site(), some))).toEqual([`${PATH}: refuted, proved`]);
  });

  it("may be others than those that are named", () => {
    const vpc = { vpc_id: VPC_ID, cidr_block: "10.0.1.0/24" };
    const found = review(site(), {
      aws_subnet: { a: { ...vpc, count: "${var.n}" } },
      aws_lb: { web: { subnets: [ONE, "${aws_subnet.a[0].id}", "${local.x}"] } },
    });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
  });

  it("of data sources have the ACL that an association gives them", () => {
    const blocks = changed(site(), {
      aws_network_acl: {
        own: { vpc_id: VPC_ID, ingress: [all(100, { protocol: "udp" })], egress: [all(100)] },
      },
      aws_network_acl_association: {
        own: {
          subnet_id: "${data.aws_subnet.app.id}",
          network_acl_id: "${aws_network_acl.own.id}",
        },
      },
      aws_instance: { app: { subnet_id: "${data.aws_subnet.app.id}" } },
    });
    const data = { aws_subnet: { app: { id: "subnet-0bbbbbbbbbbbbbbb1" } } };
    const found = reviewOf([{ ...synth(blocks), data }]);
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
  });
});

describe("who gets in by a second leg", () => {
  it("needs one of the balancer's subnets alone", () => {
    const subnet = { vpc_id: VPC_ID, cidr_block: "10.0.1.0/24" };
    const found = review(site(), OPEN, {
      aws_subnet: { a: subnet, b: { ...subnet, cidr_block: "10.0.2.0/24" } },
      aws_lb: { web: { subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] } },
      aws_security_group: {
        app: group([onPort(8080, { cidr_blocks: ["10.0.1.0/24"] })], [ANYWHERE]),
      },
    });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, undetermined`]);
    expect(idsOf(found).reasons).toContain("aws/target-ingress");
  });

  it("needs one pair of subnets alone that the ACLs connect", () => {
    const closed = acl(
      [TWO],
      [all(100)],
      [all(100, CLIENTS), all(90, { cidr_block: "10.0.0.0/8", action: "deny" })],
    );
    const found = review(site(), OPEN, closed, {
      aws_subnet: { a: { vpc_id: VPC_ID, cidr_block: "10.0.1.0/24" } },
      aws_lb: { web: { subnets: ["${aws_subnet.a.id}", TWO] } },
      aws_instance: { app: { subnet_id: "${aws_subnet.a.id}" } },
    });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, undetermined`]);
  });

  it("needs one client port alone of the target's ACL", () => {
    const ranges = EDGE_4.map((cidr_block, index) => all(100 + index, { ...CLIENTS, cidr_block }));
    const some = all(200, { ...CLIENTS, from_port: 32768 });
    const inside = all(50, { cidr_block: "10.0.0.0/8" });
    const found = review(site(), NETWORK, acl([TWO], [all(100)], [inside, ...ranges, some]), {
      aws_instance: { app: { subnet_id: TWO } },
      aws_lb: { web: { subnets: [ONE] } },
    });
    expect(verdicts(found)[0]).not.toMatch(/proved$/);
  });

  it("may be a lambda beside it", () => {
    const forward = [
      {
        target_group: [
          { arn: "${aws_lb_target_group.app.arn}" },
          { arn: "${aws_lb_target_group.fn.arn}" },
        ],
      },
    ];
    const found = review(site(), OPEN, {
      aws_lb_listener: {
        https: listener(443, "HTTPS", { default_action: [{ type: "forward", forward }] }),
      },
      aws_lb_target_group: { fn: { name: "fn", target_type: "lambda" } },
      aws_lb_target_group_attachment: {
        fn: {
          target_group_arn: "${aws_lb_target_group.fn.arn}",
          target_id: "arn:aws:lambda:eu-west-1:123456789012:function:fn",
        },
      },
      aws_security_group: { app: group([], [ANYWHERE]) },
    });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, refuted`]);
  });
});

describe("what is unknown of a leg", () => {
  it("may be the group that a rule names, where a variable hides it", () => {
    const found = review(site(), {
      aws_lb: { web: { security_groups: ["${var.lb_group}"] } },
      aws_security_group: {
        app: group([onPort(8080, { security_groups: ["sg-0123456789abcdef0"] })], [ANYWHERE]),
      },
    });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, undetermined`]);
  });

  it("may be its family", () => {
    const found = review(site(), {
      aws_lb_target_group: { app: { ip_address_type: "${var.family}" } },
    });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
  });

  it("may be the template of some of a fleet's machines", () => {
    const spec = (name: string) => ({
      launch_template_specification: [{ launch_template_id: `\${aws_launch_template.${name}.id}` }],
    });
    const override = [{ instance_type: "c7g.large", ...spec("arm") }];
    const policy = { launch_template: [{ ...spec("app"), override }] };
    const found = review(site(), {
      aws_launch_template: {
        app: { vpc_security_group_ids: ["${aws_security_group.app.id}"] },
        arm: { vpc_security_group_ids: ["${aws_security_group.arm.id}"] },
      },
      aws_security_group: { arm: group([], [ANYWHERE]) },
      aws_autoscaling_group: {
        app: {
          vpc_zone_identifier: [ONE],
          target_group_arns: ["${aws_lb_target_group.app.arn}"],
          mixed_instances_policy: [policy],
        },
      },
      aws_lb_target_group_attachment: { app: null },
    });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
  });
});

describe("who gets in by a listener", () => {
  it("may speak what the edge does not", () => {
    const found = review(site(), OPEN, {
      aws_lb_listener: { https: listener(443, "HTTP") },
    });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, undetermined`]);
    expect(idsOf(found).reasons).toContain("aws/plain-listener");
  });

  it.each(["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"])(
    "may be stopped by a web ACL of %s, which Cloudflare's requests are assumed to pass",
    (type) => {
      const own = { resource_arn: "${aws_lb.web.arn}", web_acl_arn: "${aws_wafv2_web_acl.x.arn}" };
      const found = review(site(), OPEN, { [type]: { own } });
      expect(verdicts(found)).toEqual([`${PATH}: proved, undetermined`]);
      expect(idsOf(found).assumptions).toContain("aws/web-acl-passes");
      expect(found.paths[0]?.exclusivity.reasons.map(({ id }) => id)).toEqual(["aws/web-acl"]);
      const other = { resource_arn: "${aws_lb.other.arn}" };
      const apart = review(site(), { [type]: { own: other }, aws_lb: { other: { name: "x" } } });
      expect(verdicts(apart)).toEqual([`${PATH}: proved, proved`]);
    },
  );

  it("has conditions where none is seen", () => {
    const rule = { listener_arn: "${aws_lb_listener.https.arn}", priority: 1 };
    const action = [{ type: "forward", target_group_arn: "${aws_lb_target_group.app.arn}" }];
    const found = review(site(), { aws_lb_listener_rule: { x: { ...rule, action } } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
  });
});

describe("the name of a balancer", () => {
  it("may be that of the same one in two inputs", () => {
    const named = { dns_name: "web-1.eu-west-1.elb.amazonaws.com" };
    const one = changed(site(), {
      aws_lb: { web: named },
      cloudflare_dns_record: { www: { content: named.dns_name } },
    });
    const { cloudflare_dns_record: _, cloudflare_zone_setting: __, ...old } = one;
    const stale = changed(old, { aws_security_group: { app: group([], [ANYWHERE]) } });
    const found = reviewOf([synth(one), synth(stale)], undefined, ["a", "b"]);
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`, `${PATH}: undetermined, proved`]);
  });
});

describe("a hostile balancer", () => {
  const DEEP = JSON.parse(`${"[".repeat(1500)}"x"${"]".repeat(1500)}`);

  it.each([[DEEP], [{ toString: 1 }], [["HTTPS"]]])("speaks nothing that is known", (protocol) => {
    const found = review(site(), { aws_lb_listener: { https: { protocol } } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
  });

  it("has a target group of no protocol", () => {
    const found = review(site(), NETWORK, {
      aws_lb_target_group: { app: { protocol: { toString: 1 } } },
    });
    expect(verdicts(found)).toEqual([`${PATH}: proved, refuted`]);
    const addresses = review(site(), NETWORK, {
      aws_lb_target_group: { app: { target_type: "ip", protocol: "${var.protocol}" } },
      aws_security_group: { app: group([onPort(443, { cidr_blocks: EDGE_4 })], [ANYWHERE]) },
    });
    expect(idsOf(addresses).reasons).toContain("aws/client-address");
  });
});
