import { idsOf, type PlannedResource, reviewPlan, verdicts, type Written } from "../support/plan";
import {
  EIP,
  edgeRule,
  GROUP,
  instance,
  record,
  site,
  siteWith,
  siteWithout,
  zone,
} from "../support/site";

function decided(resources: readonly PlannedResource[]): string {
  return verdicts(reviewPlan(resources))
    .map((line) => line.split(": ")[1])
    .join("; ");
}

const bare: PlannedResource = {
  address: "aws_eip.web",
  computed: ["id", "public_ip", "instance", "network_interface"],
};
const association = (parts: Partial<PlannedResource> = {}): PlannedResource => ({
  address: "aws_eip_association.web",
  refs: { allocation_id: ["aws_eip.web.id"], instance_id: ["aws_instance.web.id"] },
  computed: ["id", "network_interface_id", "public_ip", "private_ip_address"],
  ...parts,
});

describe("an Elastic IP", () => {
  it("hangs on the instance that it names", () => {
    expect(decided(site())).toBe("proved, proved");
  });

  it("hangs on what an association names", () => {
    expect(decided([...siteWith(bare), association()])).toBe("proved, proved");
    const byAddress = association({
      refs: { public_ip: ["aws_eip.web.public_ip"], instance_id: ["aws_instance.web.id"] },
    });
    expect(decided([...siteWith(bare), byAddress])).toBe("proved, proved");
  });

  it("gives its address by its association too", () => {
    const waiting = record({ refs: { content: ["aws_eip_association.web.public_ip"] } });
    expect(decided([...siteWith(bare, waiting), association()])).toBe("proved, proved");
  });

  it("without a holder in the input may hang anywhere", () => {
    const review = reviewPlan(siteWith(bare));
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: undetermined, undetermined"]);
    expect(idsOf(review).reasons).toEqual(["aws/elastic-ip-holder"]);
  });

  it("of a NAT gateway lets no connection in", () => {
    const gateway: PlannedResource = {
      address: "aws_nat_gateway.main",
      refs: { allocation_id: ["aws_eip.web.id"] },
      computed: ["id", "public_ip"],
    };
    const review = reviewPlan([...siteWith(bare), gateway]);
    expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: refuted, proved"]);
    expect(review.paths[0]?.availability.error).toBe(522);
    expect(decided([...siteWith(bare), gateway, association()])).toBe("undetermined, undetermined");
  });

  it("with two holders is undetermined", () => {
    const second = { ...instance(), address: "aws_instance.other" };
    const moved = association({
      refs: { allocation_id: ["aws_eip.web.id"], instance_id: ["aws_instance.other.id"] },
    });
    expect(decided([...site(), second, moved])).toBe("undetermined, undetermined");
  });

  it("with a holder outside the input is undetermined", () => {
    const foreign = { ...EIP, values: { instance: "i-9" }, refs: {} };
    expect(decided(siteWith(foreign))).toBe("undetermined, undetermined");
  });

  it("whose holder depends on a condition is undetermined", () => {
    const second = { ...instance(), address: "aws_instance.other" };
    const either = {
      ...EIP,
      refs: { instance: ["var.blue", "aws_instance.web.id", "aws_instance.other.id"] },
    };
    expect(decided([...siteWith(either), second])).toBe("undetermined, undetermined");
  });

  it("has a private address that the edge does not reach", () => {
    const inside = record({ refs: { content: ["aws_eip.web.private_ip"] } });
    expect(decided(siteWith(inside))).toBe("refuted, proved");
  });

  describe("of a settled plan", () => {
    const settled = (address: string, values: Written, actions = ["no-op"]): PlannedResource => ({
      address,
      values,
      actions,
      before: values,
      computed: Object.keys(values),
    });
    const eip = settled("aws_eip.web", {
      id: "eipalloc-1",
      public_ip: "198.18.0.1",
      instance: "i-1",
      network_interface: "eni-1",
    });
    const web = settled("aws_instance.web", {
      id: "i-1",
      public_ip: "198.18.0.1",
      primary_network_interface_id: "eni-1",
      vpc_security_group_ids: ["sg-1"],
      subnet_id: "subnet-1",
    });
    const group = settled("aws_security_group.web", { id: "sg-1", ingress: [] });
    const rule = { ...edgeRule({ security_group_id: "sg-1" }), refs: {}, actions: ["no-op"] };
    const held = { allocation_id: "eipalloc-1", instance_id: "i-1", network_interface_id: "eni-1" };
    const rest = [...zone(), record({ values: { content: "198.18.0.1" } }), eip, web, group, rule];
    const own = association({
      refs: {},
      values: held,
      before: held,
      computed: ["network_interface_id"],
      actions: ["no-op"],
    });

    it("is bound by value, as the state shows it", () => {
      expect(decided(rest)).toBe("proved, proved");
      expect(decided([...rest, own])).toBe("proved, proved");
    });

    it("is released by the delete of its association, though the state still shows it", () => {
      expect(decided([...rest, { ...own, actions: ["delete"] }])).toBe("refuted, proved");
    });

    it("follows an association that moves", () => {
      const blue = settled("aws_instance.blue", {
        id: "i-2",
        primary_network_interface_id: "eni-2",
        vpc_security_group_ids: ["sg-9"],
        subnet_id: "subnet-1",
      });
      const moved = { ...own, values: { ...held, instance_id: "i-2" }, actions: ["update"] };
      expect(decided([...rest, blue, moved])).toBe("undetermined, undetermined");
    });
  });
});

describe("the own address of an instance", () => {
  const own = record({ refs: { content: ["aws_instance.web.public_ip"] } });
  const alone = [...siteWithout("aws_eip.web", "cloudflare_dns_record.www"), own];

  it("is proved where nothing takes it", () => {
    expect(decided(alone)).toBe("proved, proved");
  });

  it("is taken away by an Elastic IP of the input", () => {
    expect(decided([...alone, EIP])).toBe("refuted, proved");
    expect(decided([...alone, bare, association()])).toBe("refuted, proved");
  });

  it("is taken away by the association of an Elastic IP outside the input", () => {
    const outside = association({
      values: { allocation_id: "eipalloc-9" },
      refs: { instance_id: ["aws_instance.web.id"] },
    });
    expect(decided([...alone, outside])).toBe("refuted, proved");
  });

  it("may be taken away where the holder is a candidate", () => {
    const either = { ...EIP, refs: { instance: ["var.blue", "aws_instance.web.id"] } };
    expect(decided([...alone, either])).toBe("undetermined, proved");
  });

  it("is taken away by an Elastic IP of the interface that it is given", () => {
    const eni: PlannedResource = {
      address: "aws_network_interface.web",
      values: { subnet_id: "subnet-1" },
      refs: { security_groups: ["aws_security_group.web.id"] },
      computed: ["id"],
    };
    const given: PlannedResource = {
      address: "aws_instance.web",
      values: { network_interface: [{ device_index: 0 }] },
      unknown: { network_interface: [{ network_interface_id: true }] },
      computed: ["id", "public_ip", "vpc_security_group_ids", "subnet_id"],
      expressions: {
        network_interface: [
          {
            device_index: { constant_value: 0 },
            network_interface_id: {
              references: ["aws_network_interface.web.id", "aws_network_interface.web"],
            },
          },
        ],
      },
    };
    const eip = { ...bare, refs: { network_interface: ["aws_network_interface.web.id"] } };
    const resources = alone.filter((each) => each.address !== "aws_instance.web");
    // An interface that exists already gets no other address.
    expect(decided([...resources, given, eni])).toBe("refuted, proved");
    expect(decided([...resources, given, eni, eip])).toBe("refuted, proved");
  });

  it("that is private is refuted", () => {
    const inside = record({ refs: { content: ["aws_instance.web.private_ip"] } });
    expect(decided(siteWith(inside))).toBe("refuted, proved");
  });

  it("of which the plan shows no attribute is the public one, under an assumption", () => {
    // real: aws_instance.web[each.key].public_ip lists ["aws_instance.web", "each.key"]
    const keyed = (key: string): PlannedResource => ({
      address: `cloudflare_dns_record.www["${key}"]`,
      values: { name: `${key}.example.com`, type: "A", proxied: true },
      unknown: { content: true, zone_id: true },
      expressions: {
        content: { references: ["aws_instance.web", "each.key"] },
        zone_id: { references: ["cloudflare_zone.main.id", "cloudflare_zone.main"] },
      },
    });
    const web = (key: string, group: string): PlannedResource => ({
      ...instance({ refs: {} }),
      address: `aws_instance.web["${key}"]`,
      values: { vpc_security_group_ids: [group], subnet_id: "subnet-1" },
    });
    const known = {
      ...GROUP,
      values: { id: "sg-1", name: "web" },
      computed: ["id", "ingress"],
      actions: ["no-op"],
    };
    const rule = { ...edgeRule({ security_group_id: "sg-1" }), refs: {} };
    const review = reviewPlan([
      ...zone(),
      keyed("a"),
      keyed("b"),
      web("a", "sg-1"),
      web("b", "sg-9"),
      known,
      rule,
    ]);
    expect(verdicts(review)).toEqual([
      "a.example.com IPv4 tcp/443: proved, proved",
      "b.example.com IPv4 tcp/443: undetermined, undetermined",
    ]);
    expect(idsOf(review).assumptions).toContain("binding/attribute");
  });
});
