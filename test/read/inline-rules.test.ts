import {
  EDGE_4,
  idsOf,
  type PlannedResource,
  reviewOf,
  reviewPlan,
  verdicts,
} from "../support/plan";
import {
  edgeRule,
  GROUP,
  ingress,
  inlineGroup,
  instance,
  siteWith,
  siteWithout,
} from "../support/site";

const edge = ingress({ cidr_blocks: EDGE_4 });

function verdictOf(...changed: readonly PlannedResource[]): string {
  const review = reviewPlan(
    siteWith(...changed).filter((r) => r.address !== "aws_security_group_rule.edge"),
  );
  return verdicts(review).join("; ");
}

const PATH = "www.example.com IPv4 tcp/443";

describe("inline rules", () => {
  it("are proved both ways where they are the edge", () => {
    expect(verdictOf(inlineGroup([edge]))).toBe(`${PATH}: proved, proved`);
  });

  it("make a union: self and groups never take away", () => {
    const all = ingress({ cidr_blocks: EDGE_4, self: true, security_groups: ["sg-0"] });
    expect(verdictOf(inlineGroup([all]))).toBe(`${PATH}: proved, proved`);
  });

  it.each([
    ["two half-open /1s", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["host bits under /0", ["123.45.67.89/0"]],
  ])("are the world: %s", (_, cidr_blocks) => {
    expect(verdictOf(inlineGroup([ingress({ cidr_blocks })]))).toBe(`${PATH}: proved, refuted`);
  });

  it("close everything where the configuration says that there are none", () => {
    expect(verdictOf(inlineGroup([]))).toBe(`${PATH}: refuted, proved`);
  });

  it("of a dynamic block are read, though the configuration does not show it", () => {
    const group = inlineGroup([edge], { computed: ["id", "ingress"] });
    expect(verdictOf(group)).toBe(`${PATH}: proved, proved`);
  });

  it("stay open where a dynamic block's source is known after apply as a whole", () => {
    // real: dynamic "ingress" with cidr_blocks = aws_instance.x.secondary_private_ips
    const { cidr_blocks: _, ...rest } = ingress();
    const group = inlineGroup([edge, rest], {
      computed: ["id", "ingress"],
      unknown: { ingress: [{}, { cidr_blocks: true }] },
    });
    expect(verdictOf(group)).toBe(`${PATH}: proved, undetermined`);
  });

  it("stay open where only apply tells how many a dynamic block makes", () => {
    // real: terraform 1.11 shows one element, and marks its attributes one by one
    const element = { description: "", ipv6_cidr_blocks: [], prefix_list_ids: [], self: false };
    const unknown = { cidr_blocks: true, from_port: true, protocol: true, to_port: true };
    const group = inlineGroup([element], {
      computed: ["id", "ingress"],
      unknown: { ingress: [unknown] },
    });
    expect(verdictOf(group)).toBe(`${PATH}: undetermined, undetermined`);
  });

  it("stay open where the list is unknown as a whole", () => {
    const group = inlineGroup([], {
      values: { name: "web" },
      refs: { ingress: ["var.rules"] },
    });
    expect(verdictOf(group)).toBe(`${PATH}: undetermined, undetermined`);
  });

  it("leave what blocks of their own add to may", () => {
    const review = reviewPlan(siteWith(inlineGroup([ingress({ cidr_blocks: ["10.0.0.0/8"] })])));
    expect(verdicts(review)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(review).reasons).toContain("aws/mixed-rule-styles");
  });

  it("of a plan of Terraform 1.0 are read without expressions", () => {
    const group = inlineGroup([edge], { expressions: {} });
    expect(verdictOf(group)).toBe(`${PATH}: proved, proved`);
  });

  it("of a plan without configuration are read", () => {
    const review = reviewPlan(siteWith(inlineGroup([edge]), edgeRule({ type: "egress" })), {
      more: { configuration: undefined },
    });
    expect(verdicts(review).every((line) => !line.includes("refuted"))).toBe(true);
  });
});

describe("the computed list of a group whose rules are blocks", () => {
  const settled = { actions: ["no-op"], sensitive: {} } as const;
  const held = (cidr_blocks: readonly string[]): PlannedResource => ({
    ...GROUP,
    ...settled,
    values: { name: "web", id: "sg-1", ingress: [ingress({ cidr_blocks })] },
    computed: ["id", "ingress"],
    before: { name: "web", id: "sg-1", ingress: [ingress({ cidr_blocks })] },
  });
  const rule = (name: string, cidr_blocks: readonly string[], actions: readonly string[]) => ({
    ...edgeRule({ cidr_blocks, security_group_id: "sg-1" }, name),
    refs: {},
    actions,
    before: { ...edgeRule({ cidr_blocks }).values, security_group_id: "sg-1" },
  });
  const known = instance({ values: { vpc_security_group_ids: ["sg-1"] }, refs: {} });

  it("still shows what this plan deletes, which is no longer there", () => {
    const [first = "", ...rest] = EDGE_4;
    const review = reviewPlan([
      ...siteWithout("aws_security_group.web", "aws_security_group_rule.edge", "aws_instance.web"),
      held(EDGE_4),
      known,
      rule("kept", rest, ["no-op"]),
      rule("gone", [first], ["delete"]),
    ]);
    expect(verdicts(review)).toEqual([`${PATH}: refuted, proved`]);
    expect(review.paths[0]?.availability.missing).toEqual([first]);
  });

  it("is evidence of rules that nothing in the input explains", () => {
    const review = reviewPlan([
      ...siteWithout("aws_security_group.web", "aws_security_group_rule.edge", "aws_instance.web"),
      held([...EDGE_4, "198.41.0.0/24"]),
      known,
      rule("kept", EDGE_4, ["no-op"]),
    ]);
    expect(verdicts(review)).toEqual([`${PATH}: proved, undetermined`]);
    expect(idsOf(review).reasons).toEqual(["aws/rules-by-hand"]);
  });

  it("counts as it is shown where no block explains it, under an assumption", () => {
    const review = reviewPlan([
      ...siteWithout("aws_security_group.web", "aws_security_group_rule.edge", "aws_instance.web"),
      held(EDGE_4),
      known,
    ]);
    expect(verdicts(review)).toEqual([`${PATH}: proved, proved`]);
    expect(idsOf(review).assumptions).toContain("aws/rules-as-shown");
  });

  it("of a state is as old as its last refresh: blocks of rules count, not the list", () => {
    const entry = (address: string, values: object) => {
      const [type, name] = address.split(".");
      return { address, mode: "managed", type, name, values };
    };
    const [, ...rest] = EDGE_4;
    const resources = [
      entry("cloudflare_zone.main", { id: "z", name: "example.com", status: "active" }),
      ...[
        ["ssl", "strict"],
        ["always_use_https", "on"],
        ["ssl_automatic_mode", "custom"],
      ].map(([setting_id, value]) =>
        entry(`cloudflare_zone_setting.${setting_id}`, {
          zone_id: "z",
          setting_id,
          value: { value, type: "string" },
        }),
      ),
      entry("cloudflare_dns_record.www", {
        zone_id: "z",
        name: "www.example.com",
        type: "A",
        proxied: true,
        content: "198.18.0.1",
      }),
      entry("aws_eip.web", {
        id: "eipalloc-1",
        public_ip: "198.18.0.1",
        instance: "i-1",
        network_interface: "eni-1",
      }),
      entry("aws_instance.web", {
        id: "i-1",
        vpc_security_group_ids: ["sg-1"],
        primary_network_interface_id: "eni-1",
        subnet_id: "subnet-1",
      }),
      entry("aws_security_group.web", { id: "sg-1", ingress: [ingress({ cidr_blocks: EDGE_4 })] }),
      entry("aws_security_group_rule.edge", {
        type: "ingress",
        from_port: 443,
        to_port: 443,
        protocol: "tcp",
        cidr_blocks: rest,
        security_group_id: "sg-1",
      }),
    ];
    const state = {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: { root_module: { resources } },
    };
    expect(verdicts(reviewOf([state]))).toEqual([`${PATH}: undetermined, proved`]);
  });
});
