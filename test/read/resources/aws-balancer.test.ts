import type { Review } from "originproof/review";
import {
  ANYWHERE,
  type Blocks,
  changed,
  FROM_BALANCER,
  FROM_EDGE,
  group,
  listener,
  named,
  onPort,
  site,
  synth,
  whole,
} from "../../support/balancer";
import { EDGE_4, EDGE_6, idsOf, reviewOf, verdicts, type Written } from "../../support/plan";

const PATH = "www.example.com IPv4 tcp/443";

type Changes = Parameters<typeof changed>[1];

function review(changes: Changes = {}): Review {
  return reviewOf([synth(changed(site(), changes))]);
}

function verdictOf(changes: Changes = {}): string {
  return verdicts(review(changes)).join("; ");
}

/** The hop that stops the edge, and the code that visitors see. */
function stopOf(found: Review): string {
  const [finding] = found.findings;
  const error = found.paths[finding?.paths[0] ?? 0]?.availability.error;
  return `${finding?.rule} ${finding?.subject}: ${error}`;
}

describe("an application balancer", () => {
  it("is proved with its second leg", () => {
    const found = review();
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
    expect(found.paths[0]?.hops).toEqual([
      { kind: "filter", name: "security groups", resources: ["aws_security_group.lb"] },
      { kind: "listener", name: "listener", resources: ["aws_lb_listener.https"] },
      {
        kind: "proxy",
        name: "way from aws_lb.web to aws_instance.app",
        resources: ["aws_instance.app"],
      },
    ]);
    expect(idsOf(found).assumptions).toContain("aws/other-targets");
    expect(idsOf(found).assumptions).not.toContain("binding/list-of-ids");
  });

  it("is refuted where its group has no egress, and the second leg is named", () => {
    const found = review({ aws_security_group: { lb: { egress: null } } });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    expect(found.paths[0]?.availability.error).toBe(502);
    expect(stopOf(found)).toBe("listener/balancer-without-egress aws_security_group.lb: 502");
    expect(found.findings[0]?.what).toContain("aws_instance.app on tcp/8080");
  });

  it.each([
    ["by the target's group", { security_groups: ["${aws_security_group.app.id}"] }],
    ["by any address", { cidr_blocks: ["0.0.0.0/0"] }],
  ])("gets out %s", (_, destination) => {
    const lb = group([FROM_EDGE], [onPort(8080, destination)]);
    expect(verdictOf({ aws_security_group: { lb } })).toBe(`${PATH}: proved, proved`);
  });

  it.each([
    ["on another port", [onPort(8081, { cidr_blocks: ["0.0.0.0/0"] })]],
    ["by UDP", [{ ...ANYWHERE, protocol: "udp", from_port: 0, to_port: 65535 }]],
    ["to another group", [onPort(8080, { security_groups: ["sg-0123456789abcdef0"] })]],
    ["to the group itself", [onPort(8080, { self: true })]],
  ])("does not get out %s", (_, egress) => {
    const lb = group([FROM_EDGE], egress);
    expect(verdictOf({ aws_security_group: { lb } })).toBe(`${PATH}: refuted, proved`);
  });

  it("gets out by rules that are blocks of their own", () => {
    const changes = {
      aws_security_group: { lb: { egress: null } },
      aws_vpc_security_group_egress_rule: {
        app: {
          security_group_id: "${aws_security_group.lb.id}",
          referenced_security_group_id: "${aws_security_group.app.id}",
          ip_protocol: "tcp",
          from_port: 8080,
          to_port: 8080,
        },
      },
    };
    expect(verdictOf(changes)).toContain("proved");
    const open = { aws_security_group: { lb: { ingress: null, egress: null } } };
    expect(verdictOf({ ...changes, ...open })).toBe(`${PATH}: refuted, proved`);
  });

  it.each([
    ["lets nobody in", []],
    ["admits another port", [onPort(8081, { cidr_blocks: ["0.0.0.0/0"] })]],
    ["admits the edge alone", [onPort(8080, { cidr_blocks: EDGE_4 })]],
    ["admits its own members", [onPort(8080, { self: true })]],
  ])("is refuted or open where the target %s", (_, ingress) => {
    const app = group(ingress, [ANYWHERE]);
    const found = review({ aws_security_group: { app } });
    // The edge's ranges could hold a balancer's address only if the subnets were unknown.
    expect(verdicts(found)[0]).toMatch(/refuted, proved|undetermined, /);
  });

  it("names the target's group where that is closed", () => {
    const found = review({ aws_security_group: { app: group([], [ANYWHERE]) } });
    expect(stopOf(found)).toBe("listener/second-leg-closed aws_security_group.app: 502");
  });

  it("is refuted where the target group has another port than the target admits", () => {
    expect(verdictOf({ aws_lb_target_group: { app: { port: 9090 } } })).toBe(
      `${PATH}: refuted, proved`,
    );
    const own = { port: 8080 };
    expect(
      verdictOf({
        aws_lb_target_group: { app: { port: 9090 } },
        aws_lb_target_group_attachment: { app: own },
      }),
    ).toBe(`${PATH}: proved, proved`);
  });

  it("is the group that a target admits by account and id", () => {
    const id = "sg-0123456789abcdef0";
    const named = (text: string, lb: Written = {}) =>
      verdictOf({
        aws_security_group: {
          lb,
          app: { ingress: [whole(onPort(8080, { security_groups: [text] }))] },
        },
      });
    expect(named(`123456789012/${id}`, { id })).toBe(`${PATH}: proved, proved`);
    expect(named("123456789012/sg-0fedcba9876543210", { id })).toBe(`${PATH}: refuted, proved`);
    const outside = { security_groups: [id] };
    const rules = [whole(onPort(8080, { security_groups: [`123456789012/${id}`] }))];
    const found = verdictOf({
      aws_lb: { web: outside },
      aws_security_group: { app: { ingress: rules } },
    });
    expect(found).toBe(`${PATH}: undetermined, undetermined`);
  });

  it("is undetermined where its target group has no target in the input", () => {
    const found = review({ aws_lb_target_group_attachment: { app: null } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(found).reasons).toEqual(["aws/no-target"]);
  });

  it("has no second leg to a lambda", () => {
    const lambda = { target_type: "lambda", port: null, protocol: null };
    expect(verdictOf({ aws_lb_target_group: { app: lambda } })).toBe(`${PATH}: proved, proved`);
  });

  it.each([null, []])("is undetermined without groups of its own: %j", (security_groups) => {
    const found = review({ aws_lb: { web: { security_groups } } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, undetermined`]);
    expect(idsOf(found).reasons).toContain("aws/default-security-group");
  });

  it("has a private address where it is internal", () => {
    const found = review({ aws_lb: { web: { internal: true } } });
    expect(stopOf(found)).toBe("dns/special-purpose-address cloudflare_dns_record.www: 1002");
  });
});

describe("the listener of a balancer", () => {
  it("must be there", () => {
    const found = review({ aws_lb_listener: { https: { port: 8443 } } });
    expect(stopOf(found)).toBe("listener/no-listener aws_lb.web: 521");
  });

  it("may be elsewhere where the input has none of the balancer's", () => {
    const found = review({ aws_lb_listener: { https: null } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(found).reasons).toEqual(["aws/listener"]);
  });

  it("must speak TLS", () => {
    const found = review({ aws_lb_listener: { https: listener(443, "HTTP") } });
    expect(stopOf(found)).toBe("tls/plain-listener aws_lb_listener.https: 525");
  });

  it("must not speak TLS to a flow in clear", () => {
    const changes: Changes = {
      cloudflare_zone_setting: { ssl: { value: "flexible" } },
      aws_lb_listener: { https: { port: 80 } },
      aws_security_group: {
        lb: group([onPort(80, { cidr_blocks: EDGE_4 })], [ANYWHERE]),
      },
    };
    const found = review(changes);
    expect(stopOf(found)).toBe("tls/listener-expects-tls aws_lb_listener.https: 400");
  });

  it.each([
    [
      "a redirect",
      { type: "redirect", redirect: [{ status_code: "HTTP_301", host: "shop.example.com" }] },
    ],
    ["a fixed response", { type: "fixed-response", fixed_response: [{ content_type: "a/b" }] }],
  ])("ends the path with %s", (_, action) => {
    const closed = { aws_security_group: { app: group([], []) } };
    const https = { default_action: [action] };
    expect(verdictOf({ ...closed, aws_lb_listener: { https } })).toBe(`${PATH}: proved, proved`);
  });

  it("may ask for a client certificate", () => {
    const https = { mutual_authentication: [{ mode: "verify", trust_store_arn: "arn:x" }] };
    const found = review({ aws_lb_listener: { https } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(found).reasons).toEqual(["aws/client-certificate"]);
  });

  it("passes requests without a certificate on where it only passes them through", () => {
    const https = { mutual_authentication: [{ mode: "passthrough" }] };
    expect(verdictOf({ aws_lb_listener: { https } })).toBe(`${PATH}: proved, proved`);
  });

  const open = { lb: group([onPort(443, { cidr_blocks: ["0.0.0.0/0"] })], [ANYWHERE]) };
  const secret: Changes = {
    aws_security_group: open,
    aws_lb_listener: {
      https: {
        default_action: [{ type: "fixed-response", fixed_response: [{ content_type: "a/b" }] }],
      },
    },
    aws_lb_listener_rule: {
      secret: {
        listener_arn: "${aws_lb_listener.https.arn}",
        action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.app.arn}" }],
        condition: [{ http_header: [{ http_header_name: "X-Secret", values: ["s"] }] }],
      },
    },
  };

  it("with a rule on a secret header is open to others only perhaps", () => {
    expect(verdictOf({ aws_security_group: open })).toBe(`${PATH}: proved, refuted`);
    const found = review(secret);
    expect(verdicts(found)).toEqual([`${PATH}: proved, undetermined`]);
    expect(idsOf(found).reasons).toEqual(["aws/listener-condition"]);
  });

  it("is open to others where a header only chooses between targets", () => {
    const found = review({ ...secret, aws_lb_listener: {} });
    expect(verdicts(found)).toEqual([`${PATH}: proved, refuted`]);
  });

  it("is open to others where the request chooses the target", () => {
    const changes = changed(secret as Blocks, {
      aws_lb_listener_rule: {
        secret: { condition: [{ host_header: [{ values: ["www.example.com"] }] }] },
      },
    });
    expect(verdicts(review(changes))).toEqual([`${PATH}: proved, refuted`]);
  });

  it("with a rule that leads to a closed target is undetermined", () => {
    const found = review({ ...secret, aws_security_group: { ...open, app: group([], []) } });
    expect(verdicts(found)[0]).toContain(": undetermined, ");
  });
});

describe("the name of a balancer", () => {
  const DUAL: Changes = { aws_lb: { web: { ip_address_type: "dualstack" } } };

  it("has both families where the balancer is dualstack", () => {
    expect(verdicts(review(DUAL))).toEqual([
      `${PATH}: proved, proved`,
      "www.example.com IPv6 tcp/443: refuted, proved",
    ]);
    const lb = group([FROM_EDGE, onPort(443, { ipv6_cidr_blocks: EDGE_6 })], [ANYWHERE]);
    expect(verdicts(review({ ...DUAL, aws_security_group: { lb } }))).toEqual([
      `${PATH}: proved, proved`,
      "www.example.com IPv6 tcp/443: proved, proved",
    ]);
  });

  it("has IPv6 alone where that is all that is public", () => {
    const web = { ip_address_type: "dualstack-without-public-ipv4" };
    expect(review({ aws_lb: { web } }).paths.map((path) => path.family)).toEqual([6]);
  });

  it("has either family, possibly, where the type is known after apply", () => {
    const web = { ip_address_type: "${var.type}" };
    const found = review({ aws_lb: { web } });
    expect(found.paths.map((path) => [path.family, path.certain])).toEqual([
      [4, false],
      [6, false],
    ]);
  });

  it("may be written behind dualstack", () => {
    const www = { content: "dualstack.${aws_lb.web.dns_name}" };
    expect(verdictOf({ cloudflare_dns_record: { www } })).toBe(`${PATH}: proved, proved`);
  });

  it("of a data source leads to a balancer of which the input knows less", () => {
    const www = { content: "${data.aws_lb.web.dns_name}" };
    const document = {
      ...synth(changed(site(), { cloudflare_dns_record: { www }, aws_lb: { web: null } })),
      data: { aws_lb: { web: { name: "web" } } },
    };
    const found = reviewOf([document]);
    expect(found.paths.map((path) => path.certain)).toEqual([false, false]);
    expect(idsOf(found).reasons).toEqual(["aws/balancer-not-read"]);
  });

  it("may be that of one of several", () => {
    const www = { content: "${var.blue ? aws_lb.web.dns_name : aws_lb.other.dns_name}" };
    const found = review({
      cloudflare_dns_record: { www },
      aws_lb: { other: site().aws_lb?.web ?? {} },
    });
    expect(found.paths.every((path) => !path.certain)).toBe(true);
    expect(new Set(found.paths.map((path) => path.origin.resource))).toContain("aws_lb.other");
  });
});

describe("targets that others register", () => {
  const fleet = (more: Changes): Blocks =>
    changed(site(), {
      aws_lb_target_group_attachment: { app: null },
      aws_instance: { app: null },
      aws_launch_template: {
        app: { vpc_security_group_ids: ["${aws_security_group.app.id}"], image_id: "ami-1" },
      },
      aws_autoscaling_group: {
        app: {
          min_size: 1,
          max_size: 2,
          launch_template: [{ id: "${aws_launch_template.app.id}", version: "$Latest" }],
          target_group_arns: ["${aws_lb_target_group.app.arn}"],
          vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
        },
      },
      ...more,
    });
  const verdictsOf = (blocks: Blocks) => verdicts(reviewOf([synth(blocks)])).join("; ");

  it("are the machines of an autoscaling group", () => {
    expect(verdictsOf(fleet({}))).toBe(`${PATH}: proved, proved`);
    const closed = { aws_security_group: { app: group([], []) } };
    expect(verdictsOf(fleet(closed))).toBe(`${PATH}: refuted, proved`);
  });

  it("are attached to it by a block of its own", () => {
    const blocks = changed(fleet({}), {
      aws_autoscaling_group: { app: { target_group_arns: null } },
      aws_autoscaling_attachment: {
        app: {
          autoscaling_group_name: "${aws_autoscaling_group.app.name}",
          lb_target_group_arn: "${aws_lb_target_group.app.arn}",
        },
      },
    });
    expect(verdictsOf(blocks)).toBe(`${PATH}: proved, proved`);
  });

  it("are registered as a traffic source", () => {
    const source = [{ identifier: "${aws_lb_target_group.app.arn}", type: "elbv2" }];
    const app = { target_group_arns: null, traffic_source: source };
    expect(verdictsOf(changed(fleet({}), { aws_autoscaling_group: { app } }))).toBe(
      `${PATH}: proved, proved`,
    );
  });

  it("have the groups of the template's interface, or of a launch configuration", () => {
    const sg = ["${aws_security_group.app.id}"];
    const template = {
      vpc_security_group_ids: null,
      network_interfaces: [{ security_groups: sg }],
    };
    expect(verdictsOf(changed(fleet({}), { aws_launch_template: { app: template } }))).toBe(
      `${PATH}: proved, proved`,
    );
    const configured = changed(fleet({}), {
      aws_launch_template: { app: null },
      aws_launch_configuration: { app: { image_id: "ami-1", security_groups: sg } },
      aws_autoscaling_group: {
        app: {
          launch_template: null,
          launch_configuration: "${aws_launch_configuration.app.name}",
        },
      },
    });
    expect(verdictsOf(configured)).toBe(`${PATH}: proved, proved`);
  });

  it("are the tasks of an ECS service, by their container's port", () => {
    const blocks = changed(site(), {
      aws_lb_target_group_attachment: { app: null },
      aws_lb_target_group: { app: { target_type: "ip", port: 80 } },
      aws_ecs_service: {
        app: {
          name: "app",
          desired_count: 2,
          load_balancer: [
            {
              target_group_arn: "${aws_lb_target_group.app.arn}",
              container_name: "app",
              container_port: 8080,
            },
          ],
          network_configuration: [
            {
              security_groups: ["${aws_security_group.app.id}"],
              subnets: ["subnet-0aaaaaaaaaaaaaaa1"],
            },
          ],
        },
      },
    });
    expect(verdictsOf(blocks)).toBe(`${PATH}: proved, proved`);
    const host = changed(blocks, { aws_ecs_service: { app: { network_configuration: null } } });
    expect(verdictsOf(host)).toBe(`${PATH}: undetermined, proved`);
    for (const desired_count of [0, null]) {
      const idle = changed(blocks, { aws_ecs_service: { app: { desired_count } } });
      expect(verdictsOf(idle)).toBe(`${PATH}: undetermined, proved`);
    }
    const daemon = { desired_count: null, scheduling_strategy: "DAEMON" };
    const each = changed(blocks, { aws_ecs_service: { app: daemon } });
    expect(verdictsOf(each)).toBe(`${PATH}: proved, proved`);
  });
});

describe("a classic balancer", () => {
  const classic = (more: Changes = {}): Blocks =>
    changed(
      {
        ...named("${aws_elb.web.dns_name}"),
        aws_elb: {
          web: {
            name: "web",
            security_groups: ["${aws_security_group.lb.id}"],
            subnets: ["subnet-0aaaaaaaaaaaaaaa1"],
            instances: ["${aws_instance.app.id}"],
            listener: [
              {
                lb_port: 443,
                lb_protocol: "https",
                instance_port: 8080,
                instance_protocol: "http",
              },
            ],
            health_check: [{ target: "HTTP:8080/", interval: 5, timeout: 3 }],
          },
        },
        aws_instance: site().aws_instance ?? {},
        aws_security_group: {
          lb: group([FROM_EDGE], [ANYWHERE]),
          app: group([FROM_BALANCER], [ANYWHERE]),
        },
      },
      more,
    );
  const reviewed = (more: Changes = {}) => reviewOf([synth(classic(more))]);

  it("is proved with its instances", () => {
    expect(verdicts(reviewed())).toEqual([`${PATH}: proved, proved`]);
  });

  it("is refuted where an instance is closed", () => {
    const found = reviewed({ aws_security_group: { app: group([], []) } });
    expect(stopOf(found)).toBe("listener/second-leg-closed aws_security_group.app: 502");
  });

  it("may fail its health checks, on their own port", () => {
    const found = reviewed({ aws_elb: { web: { health_check: null } } });
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(found).reasons).toEqual(["aws/health-check-closed"]);
  });
});
