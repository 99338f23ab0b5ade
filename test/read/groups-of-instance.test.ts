import {
  EDGE_4,
  idsOf,
  moduleOf,
  type PlannedResource,
  reviewPlan,
  verdicts,
  type Written,
} from "../support/plan";
import {
  edgeRule,
  GROUP,
  ingress,
  inlineGroup,
  instance,
  site,
  siteWith,
  siteWithout,
} from "../support/site";

function decided(resources: readonly PlannedResource[], more = {}): string {
  return verdicts(reviewPlan(resources, more))
    .map((line) => line.split(": ")[1])
    .join("; ");
}

const other = (cidr_blocks: readonly string[], name = "other"): PlannedResource =>
  inlineGroup([ingress({ cidr_blocks })], { address: `aws_security_group.${name}` });
const listing = (...refs: readonly string[]) =>
  instance({ refs: { vpc_security_group_ids: refs } });

describe("the security groups of an instance", () => {
  it("are one filter: the union of their rules", () => {
    const half = Math.floor(EDGE_4.length / 2);
    const known = (id: string, cidrs: readonly string[]) =>
      inlineGroup([ingress({ cidr_blocks: cidrs })], {
        address: `aws_security_group.${id}`,
        values: { id, name: id, ingress: [ingress({ cidr_blocks: cidrs })] },
        actions: ["no-op"],
        computed: ["id"],
      });
    const both = instance({ values: { vpc_security_group_ids: ["sg-a", "sg-b"] }, refs: {} });
    const groups = [known("sg-a", EDGE_4.slice(0, half)), known("sg-b", EDGE_4.slice(half))];
    expect(decided([...siteWith(both), ...groups])).toBe("proved, proved");
  });

  it("in a list of references are candidates: the union only under an assumption", () => {
    const review = reviewPlan([
      ...siteWith(listing("aws_security_group.web.id", "aws_security_group.other.id")),
      other(["10.0.0.0/8"]),
    ]);
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: proved, proved"]);
    expect(idsOf(review).assumptions).toContain("binding/list-of-ids");
  });

  it.each<[string, readonly string[]]>([
    ["a variable", ["aws_security_group.web.id", "var.more"]],
    ["a local", ["aws_security_group.web.id", "local.more"]],
    ["another attribute", ["aws_security_group.web.id", "aws_security_group.other.name"]],
    [
      "a reference that is listed twice",
      ["aws_security_group.web.id", "aws_security_group.web.id", "aws_security_group.other.id"],
    ],
    ["a key that can't be resolved", ["aws_security_group.web.id", "each.value.group"]],
  ])("are open with %s among the references", (_, refs) => {
    expect(decided([...siteWith(listing(...refs)), other(EDGE_4)])).toMatch(
      /^(proved|undetermined), undetermined$/,
    );
  });

  it("are never undetermined without a reason", () => {
    const refs = [
      "aws_security_group.web.id",
      "aws_security_group.other.id",
      "aws_security_group.other.id",
    ];
    const review = reviewPlan([...siteWith(listing(...refs)), other(["198.41.0.0/24"])]);
    expect(review.paths[0]?.exclusivity).toMatchObject({ verdict: "undetermined" });
    expect(idsOf(review).reasons).toEqual(["aws/groups-unknown"]);
  });

  it("may be listed with an index beside a fixed one: both are candidates", () => {
    // real: [aws_security_group.web[each.key].id, aws_security_group.web["a"].id]
    const groups = ["a", "b"].map((key) => ({
      ...other(key === "a" ? EDGE_4 : ["0.0.0.0/0"]),
      address: `aws_security_group.web["${key}"]`,
    }));
    const fixed = ['aws_security_group.web["a"].id', 'aws_security_group.web["a"]'];
    const references = ["aws_security_group.web", "each.key", ...fixed, "aws_security_group.web"];
    const web = (key: string): PlannedResource => ({
      ...listing(),
      address: `aws_instance.web["${key}"]`,
      refs: {},
      expressions: { vpc_security_group_ids: { references } },
      unknown: { vpc_security_group_ids: true },
    });
    const eip = (key: string): PlannedResource => ({
      address: "aws_eip.web",
      refs: { instance: [`aws_instance.web["${key}"].id`] },
      computed: ["id", "public_ip"],
    });
    const without = ["aws_security_group.web", "aws_security_group_rule.edge", "aws_instance.web"];
    const rest = siteWithout(...without, "aws_eip.web");
    const site = (key: string) => [...rest, eip(key), web("a"), web("b"), ...groups];
    expect(decided(site("b"))).toBe("proved, refuted");
    expect(decided(site("a"))).toBe("proved, proved");
  });

  it.each<[string, Written]>([
    ["an empty list", { vpc_security_group_ids: [] }],
    ["an empty text", { vpc_security_group_ids: [""] }],
    ["null", { vpc_security_group_ids: null }],
  ])("are the VPC's default group with %s", (_, values) => {
    const review = reviewPlan(siteWith(instance({ values, refs: {} })));
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: undetermined, undetermined"]);
    expect(idsOf(review).reasons).toEqual(["aws/default-security-group"]);
  });

  it("outside the input may admit anyone", () => {
    const known = instance({ values: { vpc_security_group_ids: ["sg-9"] }, refs: {} });
    expect(decided(siteWith(known))).toBe("undetermined, undetermined");
    const own = { ...edgeRule({ security_group_id: "sg-9" }), refs: {} };
    expect(decided(siteWith(known, own))).toBe("proved, undetermined");
  });

  it("by name are groups of the default VPC only", () => {
    const named = instance({ values: { subnet_id: null, security_groups: ["web"] }, refs: {} });
    expect(decided(siteWith(named))).toBe("proved, proved");
    const elsewhere = { ...GROUP, values: { name: "web", vpc_id: "vpc-1" } };
    expect(decided(siteWith(named, elsewhere))).toBe("undetermined, undetermined");
  });

  it("with a subnet are ids under either name", () => {
    const ids = instance({ refs: { security_groups: ["aws_security_group.web.id"] } });
    expect(decided(siteWith(ids))).toBe("proved, proved");
  });
});

describe("attachments of security groups", () => {
  const attachment = (
    values: Written = {},
    refs: PlannedResource["refs"] = {},
  ): PlannedResource => ({
    address: "aws_network_interface_sg_attachment.web",
    values,
    refs: {
      security_group_id: ["aws_security_group.web.id"],
      network_interface_id: ["aws_instance.web.primary_network_interface_id"],
      ...refs,
    },
  });

  it("count where the instance names no groups itself", () => {
    const bare = instance({ refs: {} });
    expect(decided([...siteWith(bare), attachment()])).toBe("proved, undetermined");
  });

  it("are taken off by the instance's own list, so they add to may only", () => {
    const own = instance({ values: { vpc_security_group_ids: ["sg-2"] }, refs: {} });
    const group = inlineGroup([], {
      address: "aws_security_group.own",
      values: { id: "sg-2", ingress: [] },
      actions: ["no-op"],
      computed: [],
    });
    const review = reviewPlan([...siteWith(own), group, attachment()]);
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: undetermined, proved"]);
    expect(idsOf(review).reasons).toContain("aws/attachment-contested");
  });

  it("of an interface outside the input change nothing", () => {
    const outside = {
      ...attachment({ network_interface_id: "eni-9" }),
      refs: { security_group_id: ["aws_security_group.web.id"] },
    };
    expect(decided([...site(), outside])).toBe("proved, proved");
  });

  it("that this plan deletes no longer count, though the instance's computed list shows them", () => {
    const values = {
      ami: "ami-1",
      subnet_id: "subnet-1",
      id: "i-1",
      primary_network_interface_id: "eni-1",
      vpc_security_group_ids: ["sg-1", "sg-2"],
    };
    const settled = { actions: ["no-op"] as const };
    const web: PlannedResource = {
      ...instance(),
      ...settled,
      values,
      refs: {},
      before: values,
      computed: ["id", "primary_network_interface_id", "vpc_security_group_ids"],
    };
    const held = (id: string, cidrs: readonly string[]) => {
      const own = { id, name: id, ingress: [ingress({ cidr_blocks: cidrs })] };
      return {
        address: `aws_security_group.${id}`,
        ...settled,
        values: own,
        before: own,
        computed: ["id"],
      };
    };
    const was = { network_interface_id: "eni-1", security_group_id: "sg-2" };
    const gone = { ...attachment(), refs: {}, values: was, before: was, actions: ["delete"] };
    const rest = siteWithout(
      "aws_security_group.web",
      "aws_security_group_rule.edge",
      "aws_instance.web",
    );
    expect(decided([...rest, web, held("sg-1", []), held("sg-2", EDGE_4), gone])).toBe(
      "refuted, proved",
    );
    expect(decided([...rest, web, held("sg-1", []), held("sg-2", EDGE_4)])).toBe("proved, proved");
  });
});

describe("interfaces of an instance", () => {
  const eni: PlannedResource = {
    address: "aws_network_interface.web",
    values: { subnet_id: "subnet-1" },
    refs: { security_groups: ["aws_security_group.web.id"] },
    computed: ["id", "private_ip"],
  };
  const given = (count: number): PlannedResource => ({
    address: "aws_instance.web",
    values: {
      ami: "ami-1",
      network_interface: Array.from({ length: count }, (_, device_index) => ({ device_index })),
    },
    unknown: {
      network_interface: Array.from({ length: count }, () => ({ network_interface_id: true })),
    },
    computed: ["id", "public_ip", "vpc_security_group_ids", "subnet_id", "security_groups"],
    expressions: {
      network_interface: Array.from({ length: count }, () => ({
        device_index: { constant_value: 0 },
        network_interface_id: {
          references: ["aws_network_interface.web.id", "aws_network_interface.web"],
        },
      })),
    },
  });

  it("hold its groups", () => {
    expect(decided([...siteWith(given(1)), eni])).toBe("proved, proved");
  });

  it("that are several leave open which one counts", () => {
    expect(decided([...siteWith(given(2)), eni])).toBe("undetermined, undetermined");
  });

  it("can hold the Elastic IP themselves", () => {
    const eip = {
      address: "aws_eip.web",
      refs: { network_interface: ["aws_network_interface.web.id"] },
      computed: ["id", "public_ip", "instance"],
    };
    const review = reviewPlan([...siteWith(eip), eni]);
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: proved, proved"]);
    expect(idsOf(review).assumptions).toContain("aws/interface-attached");
  });
});

describe("modules", () => {
  const inner = (resources: readonly PlannedResource[], key = "") =>
    resources.map((resource) => ({ ...resource, module: `module.sg${key}` }));
  const group = [GROUP, edgeRule()];
  const rest = siteWithout(
    "aws_security_group.web",
    "aws_security_group_rule.edge",
    "aws_instance.web",
  );
  const web = (reference: string) => ({
    ...instance({ refs: {} }),
    unknown: { vpc_security_group_ids: true },
    expressions: {
      vpc_security_group_ids: { references: [reference, reference.replace(/\.[a-z_]+$/, "")] },
    },
  });

  it("give their groups by outputs", () => {
    const calls = { sg: { module: moduleOf(group, { id: ["aws_security_group.web.id"] }) } };
    expect(decided([...rest, web("module.sg.id"), ...inner(group)], { calls })).toBe(
      "proved, proved",
    );
  });

  it("give them by the key of their instance", () => {
    const open = [GROUP, edgeRule({ cidr_blocks: ["0.0.0.0/0"] })];
    const calls = {
      sg: {
        for_each_expression: {},
        module: moduleOf(group, { id: ["aws_security_group.web.id"] }),
      },
    };
    const both = [...inner(group, '["a.b"]'), ...inner(open, '["c\\"d"]')];
    expect(decided([...rest, web('module.sg["a.b"].id'), ...both], { calls })).toBe(
      "proved, proved",
    );
    expect(decided([...rest, web('module.sg["c\\"d"].id'), ...both], { calls })).toBe(
      "proved, refuted",
    );
  });

  it("take groups by inputs, and a constant beside them hides what it holds", () => {
    const inside = instance({ refs: { vpc_security_group_ids: ["var.groups"] } });
    const eip = {
      ...rest.find((each) => each.address === "aws_eip.web"),
      address: "aws_eip.web",
      refs: { instance: ["aws_instance.web.id"] },
    };
    const calls = (expressions: Written) => ({
      sg: { expressions, module: moduleOf([inside, eip], { ip: ["aws_eip.web.public_ip"] }) },
    });
    const record = {
      address: "cloudflare_dns_record.www",
      values: { name: "www.example.com", type: "A", proxied: true },
      unknown: { content: true, zone_id: true },
      expressions: {
        content: { references: ["module.sg.ip", "module.sg"] },
        zone_id: { references: ["cloudflare_zone.main.id", "cloudflare_zone.main"] },
      },
    };
    const resources = [
      ...rest.filter((each) => !/aws_eip|dns_record/.test(each.address)),
      ...group,
      record,
      ...inner([inside, eip]),
    ];
    const ids = ["aws_security_group.web.id", "aws_security_group.web"];
    expect(decided(resources, { calls: calls({ groups: { references: ids } }) })).toBe(
      "proved, proved",
    );
    const both = moduleOf(
      [{ ...inside, refs: { vpc_security_group_ids: ["var.groups", "var.more"] } }, eip],
      { ip: ["aws_eip.web.public_ip"] },
    );
    const constant = { groups: { references: ids }, more: { constant_value: ["sg-hidden"] } };
    expect(decided(resources, { calls: { sg: { expressions: constant, module: both } } })).toBe(
      "undetermined, undetermined",
    );
  });

  it("with an address that can't be read are modules of their own", () => {
    const strange = inner(group).map((resource) => ({ ...resource, module: "module.sg[each]" }));
    expect(decided([...siteWith(...[]), ...strange])).toBe("proved, proved");
  });
});

describe("count and for_each", () => {
  it("of zero give no group, so the rest of a list is the list", () => {
    const none = {
      vpc_security_group_ids: {
        references: [
          "aws_security_group.web.id",
          "aws_security_group.web",
          "aws_security_group.none",
        ],
      },
    };
    const web = {
      ...instance({ refs: {} }),
      unknown: { vpc_security_group_ids: true },
      expressions: none,
    };
    const declared = {
      resources: [{ mode: "managed", type: "aws_security_group", name: "none", expressions: {} }],
    };
    const plan = reviewPlan(siteWith(web));
    expect(verdicts(plan)).toEqual(["www.example.com IPv4 tcp/443: undetermined, undetermined"]);
    const blocks = moduleOf(siteWith(web)).resources as readonly unknown[];
    const more = {
      configuration: { root_module: { resources: [...blocks, ...declared.resources] } },
    };
    expect(decided(siteWith(web), { more })).toBe("proved, proved");
  });
});
