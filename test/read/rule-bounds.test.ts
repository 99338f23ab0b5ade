import { EDGE_4, EDGE_6, idsOf, reviewPlan, verdicts, type Written } from "../support/plan";
import { edgeRule, GROUP, instance, siteWith, siteWithout, vpcRule } from "../support/site";

/** Availability and exclusivity of the site with these rules instead of its own. */
function decided(...rules: readonly ReturnType<typeof edgeRule>[]): string {
  const review = reviewPlan([...siteWithout("aws_security_group_rule.edge"), ...rules]);
  return verdicts(review)
    .map((line) => line.split(": ")[1])
    .join("; ");
}

const classic = (values: Written) => decided(edgeRule(values));

describe("the protocol and ports of a rule", () => {
  it.each<[string, Written]>([
    ["a range that covers the port", { from_port: 1, to_port: 3000 }],
    ["ports as text", { from_port: "443", to_port: "443" }],
    ["a number as protocol", { protocol: "6" }],
    ["upper case", { protocol: "TCP" }],
    ["-1, whatever the ports say", { protocol: "-1", from_port: 0, to_port: 0 }],
    ["-1 without ports", { protocol: "-1", from_port: null, to_port: null }],
    ["all", { protocol: "all", from_port: 0, to_port: 0 }],
  ])("match: %s", (_, values) => {
    expect(classic(values)).toBe("proved, proved");
  });

  it.each<[string, Written]>([
    ["a range beside the port", { from_port: 444, to_port: 65535 }],
    ["udp", { protocol: "udp" }],
    ["17", { protocol: "17" }],
    ["icmp with type and code in the ports", { protocol: "icmp", from_port: 8, to_port: 0 }],
  ])("don't match: %s", (_, values) => {
    expect(classic(values)).toBe("refuted, proved");
  });

  it.each<[string, Written]>([
    ["a protocol that is no protocol", { protocol: "https" }],
    ["no protocol", { protocol: null }],
    ["a port that is no number", { from_port: "https" }],
    ["negative ports of TCP", { from_port: -1, to_port: -1 }],
  ])("leave open: %s", (_, values) => {
    expect(classic(values)).toBe("undetermined, proved");
  });

  it("leave even a missed port open where the protocol is unknown: it may be -1", () => {
    const { protocol: _, ...values } = edgeRule().values ?? {};
    const refs = { ...edgeRule().refs, protocol: ["var.protocol"] };
    const rule = { ...edgeRule(), values: { ...values, from_port: 8443, to_port: 8443 }, refs };
    expect(decided(rule)).toBe("undetermined, proved");
  });

  it.each(["from_port", "to_port"])("leave open an unknown %s", (name) => {
    const { [name]: _, ...values } = edgeRule().values ?? {};
    const rule = { ...edgeRule(), values, refs: { ...edgeRule().refs, [name]: ["var.port"] } };
    expect(decided(rule)).toBe("undetermined, proved");
  });

  it("leave open whether a rule is of ingress at all", () => {
    const { type: _, ...values } = edgeRule().values ?? {};
    const rule = { ...edgeRule(), values, refs: { ...edgeRule().refs, type: ["var.type"] } };
    expect(decided(rule)).toBe("undetermined, proved");
  });

  it("of egress let nobody in", () => {
    expect(classic({ type: "egress" })).toBe("refuted, proved");
  });
});

describe("the sources of a rule", () => {
  it("are a union over blocks", () => {
    const half = Math.floor(EDGE_4.length / 2);
    const rules = [
      edgeRule({ cidr_blocks: EDGE_4.slice(0, half) }, "a"),
      edgeRule({ cidr_blocks: EDGE_4.slice(half) }, "b"),
    ];
    expect(decided(...rules)).toBe("proved, proved");
  });

  it("may be one block each", () => {
    const rules = EDGE_4.map((cidr, index) => vpcRule(`r${index}`, { cidr_ipv4: cidr }));
    expect(decided(...rules)).toBe("proved, proved");
    expect(decided(...rules.slice(1))).toBe("refuted, proved");
  });

  it("may be bare addresses, empty texts and private ranges", () => {
    expect(classic({ cidr_blocks: [...EDGE_4, "", "10.0.0.0/8"] })).toBe("proved, proved");
    expect(classic({ cidr_blocks: [...EDGE_4, "198.41.0.1"] })).toBe("proved, refuted");
  });

  it("of the other family, or no address at all, leave it open", () => {
    expect(classic({ cidr_blocks: [...EDGE_4, "2606:4700::/32"] })).toBe("proved, undetermined");
    expect(classic({ cidr_blocks: [...EDGE_4, "anywhere"] })).toBe("proved, undetermined");
    expect(classic({ cidr_blocks: [...EDGE_4, 7] })).toBe("proved, undetermined");
  });

  it("of IPv6 say nothing about IPv4", () => {
    expect(classic({ cidr_blocks: [], ipv6_cidr_blocks: ["::/0"] })).toBe("refuted, proved");
  });

  it("that are partly unknown keep what is known", () => {
    const rule = {
      ...edgeRule({ cidr_blocks: [...EDGE_4, null] }),
      unknown: { cidr_blocks: [...EDGE_4.map(() => false), true] },
    };
    expect(decided(rule)).toBe("proved, undetermined");
  });

  it("that refer to something unknown leave it open; nobody set the group", () => {
    const { cidr_blocks: _, ...values } = edgeRule().values ?? {};
    const rule = {
      ...edgeRule(),
      values,
      refs: { ...edgeRule().refs, cidr_blocks: ["aws_eip.nat.public_ip"] },
    };
    expect(decided(rule)).toBe("undetermined, undetermined");
  });

  it("that are groups or self are internal, not violations", () => {
    const own = { cidr_blocks: null, self: true };
    expect(decided(edgeRule(), edgeRule(own, "self"))).toBe("proved, proved");
    const group = {
      ...edgeRule({ cidr_blocks: null }, "lb"),
      refs: { ...edgeRule().refs, source_security_group_id: ["aws_security_group.lb.id"] },
    };
    expect(decided(edgeRule(), group)).toBe("proved, proved");
  });
});

describe("prefix lists", () => {
  const list = (entries: readonly string[] | undefined) => ({
    address: "aws_ec2_managed_prefix_list.edge",
    values: {
      name: "edge",
      address_family: "IPv4",
      ...(entries && { entry: entries.map((cidr) => ({ cidr })) }),
    },
    computed: ["id", ...(entries === undefined ? ["entry"] : [])],
  });
  const rule = (values: Written = {}) => ({
    ...vpcRule("pl", values),
    refs: {
      ...vpcRule("pl", {}).refs,
      ...("prefix_list_id" in values
        ? {}
        : { prefix_list_id: ["aws_ec2_managed_prefix_list.edge.id"] }),
    },
  });
  const entry = (name: string, cidr: string) => ({
    address: `aws_ec2_managed_prefix_list_entry.${name}`,
    values: { cidr },
    refs: { prefix_list_id: ["aws_ec2_managed_prefix_list.edge.id"] },
  });

  it("hold their entries, of both families", () => {
    expect(decided(rule(), list(EDGE_4))).toBe("proved, proved");
    expect(decided(rule(), list([...EDGE_4, "0.0.0.0/0"]))).toBe("proved, refuted");
    expect(decided(rule(), list(EDGE_6))).toBe("refuted, proved");
  });

  it("outside the input are unknown", () => {
    expect(decided(rule({ prefix_list_id: "pl-1" }))).toBe("undetermined, undetermined");
  });

  it("may have entries in blocks of their own", () => {
    const entries = EDGE_4.map((cidr, index) => entry(`e${index}`, cidr));
    expect(decided(rule(), list(undefined), ...entries)).toBe("proved, proved");
  });

  it("without a visible entry are open: a dynamic block looks the same", () => {
    expect(decided(rule(), list(undefined))).toBe("undetermined, undetermined");
  });

  it("with both styles keep what the configuration owns", () => {
    const entries = [entry("e", "198.41.0.0/24")];
    expect(decided(rule(), list(EDGE_4), ...entries)).toBe("proved, undetermined");
  });

  it("still show an entry that this plan deletes", () => {
    const shown = EDGE_4.map((cidr) => ({ cidr, description: "" }));
    const held = { id: "pl-1", name: "edge", entry: shown };
    const settled = {
      ...list(undefined),
      values: held,
      actions: ["no-op"],
      before: held,
      computed: ["id", "entry"],
    };
    const [first = "", ...rest] = EDGE_4;
    const entries = rest.map((cidr, index) => {
      const values = { cidr, prefix_list_id: "pl-1" };
      return { ...entry(`e${index}`, cidr), values, refs: {}, actions: ["no-op"], before: values };
    });
    const before = { cidr: first, prefix_list_id: "pl-1" };
    const gone = { ...entry("gone", first), refs: {}, values: before, actions: ["delete"], before };
    const known = rule({ prefix_list_id: "pl-1" });
    expect(decided(known, settled, ...entries, gone)).toBe("refuted, proved");
  });

  it("that are listed with a literal that may hide are not taken for the list", () => {
    const many = {
      ...edgeRule({ cidr_blocks: null }, "pl"),
      refs: { ...edgeRule().refs, prefix_list_ids: ["aws_ec2_managed_prefix_list.edge.id"] },
    };
    expect(decided(many, list(EDGE_4))).toBe("undetermined, undetermined");
    const one = {
      ...edgeRule({ cidr_blocks: null, prefix_list_ids: [null] }, "pl"),
      unknown: { prefix_list_ids: [true] },
      expressions: {
        security_group_id: { references: ["aws_security_group.web.id", "aws_security_group.web"] },
        prefix_list_ids: {
          references: ["aws_ec2_managed_prefix_list.edge.id", "aws_ec2_managed_prefix_list.edge"],
        },
      },
    };
    expect(
      decided(
        { ...one, change: { after_unknown: { prefix_list_ids: [true], security_group_id: true } } },
        list(EDGE_4),
      ),
    ).toBe("proved, proved");
  });
});

describe("rules that are forgotten", () => {
  it("stay in the cloud, and an assumption says so", () => {
    const values = { ...edgeRule().values, security_group_id: "sg-1" };
    const forgotten = {
      ...edgeRule(),
      values: {},
      refs: {},
      actions: ["forget"],
      before: values,
      change: { after: null },
    };
    const held = { name: "web", id: "sg-1", ingress: [] };
    const review = reviewPlan([
      ...siteWith(
        { ...GROUP, values: held, before: held, actions: ["no-op"], computed: ["id", "ingress"] },
        instance({ values: { vpc_security_group_ids: ["sg-1"] }, refs: {} }),
      ).filter((r) => r.address !== "aws_security_group_rule.edge"),
      forgotten,
    ]);
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: proved, proved"]);
    expect(idsOf(review).assumptions).toContain("aws/forgotten-rule");
  });
});
