import {
  idsOf,
  type PlannedResource,
  reviewOf,
  reviewPlan,
  verdicts,
  type Written,
} from "../../support/plan";
import { ingress, instance, siteWith } from "../../support/site";
import { networkSite, type Resources, ref, vpcSite } from "../../support/synth-site";

const ALLOW = {
  rule_no: 100,
  action: "allow",
  protocol: "-1",
  from_port: 0,
  to_port: 0,
  cidr_block: "0.0.0.0/0",
};
const VPC = { vpc_id: ref("aws_vpc.main.id") };
const TCP = { from_port: 443, to_port: 443, protocol: "tcp" };
const EDGE = { ...VPC, ingress: [{ ...TCP, cidr_blocks: ["203.0.113.0/24"] }] };
const OPEN = { ...VPC, ingress: [{ ...TCP, cidr_blocks: ["0.0.0.0/0"] }] };

function decided(blocks: Written): string {
  return verdicts(reviewOf([blocks]))[0]?.split(": ")[1] ?? "none";
}

/** Both orders: what is read last must not count more. */
function both(one: Written, other: Written, site: (two: Resources[string]) => Written): string[] {
  return [site({ a: one, b: other }), site({ a: other, b: one }), site({ a: other })].map(decided);
}

describe("two blocks that adopt one default of a VPC", () => {
  it("leave the rules of its security group open", () => {
    const found = both(OPEN, EDGE, (two) =>
      networkSite({
        aws_default_security_group: two,
        aws_instance: { web: { subnet_id: ref("aws_subnet.main.id") } },
      }),
    );
    expect(found).toEqual([
      "undetermined, undetermined",
      "undetermined, undetermined",
      "refuted, proved",
    ]);
  });

  it("leave the rules of its network ACL open", () => {
    const acl = { default_network_acl_id: ref("aws_vpc.main.default_network_acl_id") };
    const open = { ...acl, ingress: [ALLOW], egress: [ALLOW] };
    const site = (two: Resources[string]) => vpcSite({ aws_default_network_acl: two });
    expect(both(acl, open, site)).toEqual([
      "undetermined, proved",
      "undetermined, proved",
      "proved, proved",
    ]);
  });

  it("leave the routes of its first table open", () => {
    const table = { default_route_table_id: ref("aws_vpc.main.default_route_table_id") };
    const route = { cidr_block: "0.0.0.0/0", gateway_id: ref("aws_internet_gateway.main.id") };
    const subnet = { ...VPC, cidr_block: "10.0.1.0/24" };
    const site = (two: Resources[string]) =>
      vpcSite({
        aws_default_route_table: two,
        aws_subnet: { main: subnet, other: subnet },
        aws_instance: {
          web: {
            subnet_id: ref("aws_subnet.other.id"),
            vpc_security_group_ids: [ref("aws_security_group.web.id")],
          },
        },
      });
    expect(both({ ...table, route: [] }, { ...table, route: [route] }, site)).toEqual([
      "undetermined, proved",
      "undetermined, proved",
      "proved, proved",
    ]);
  });

  it("leave those of a VPC that lies outside open", () => {
    const outside = { vpc_id: "vpc-0123456789abcdef0" };
    const acl = (more: Written) => ({ ...outside, default_network_acl_id: "acl-1", ...more });
    const more = {
      aws_subnet: { main: { ...outside, cidr_block: "10.0.0.0/24" } },
      aws_route_table: { main: outside },
    };
    const site = (two: Resources[string]) => vpcSite({ ...more, aws_default_network_acl: two });
    const found = both(acl({}), acl({ ingress: [ALLOW], egress: [ALLOW] }), site);
    expect(found.slice(0, 2)).toEqual(["undetermined, proved", "undetermined, proved"]);
  });
});

describe("a block that forgets a default of a VPC", () => {
  it("leaves it to the one that takes it over", () => {
    const group = (name: string, source: string, parts: Partial<PlannedResource>) => ({
      address: `aws_default_security_group.${name}`,
      values: { vpc_id: "vpc-1", id: "sg-1", ingress: [ingress({ cidr_blocks: [source] })] },
      computed: ["id"],
      ...parts,
    });
    const edge = group("old", "203.0.113.0/24", {});
    const old = { ...edge, actions: ["forget"], before: edge.values ?? {}, expressions: null };
    const subnet = {
      address: "aws_subnet.web",
      values: { id: "subnet-1", vpc_id: "vpc-1" },
      actions: ["no-op"],
    };
    const web = instance({ refs: {} });
    const review = (...groups: readonly PlannedResource[]) =>
      verdicts(reviewPlan([...siteWith(web), subnet, ...groups]))[0]?.split(": ")[1];
    const open = group("new", "0.0.0.0/0", {});
    expect(review(old)).toBe("refuted, proved");
    expect(review(old, open)).toBe("proved, refuted");
    expect(review(open, old)).toBe("proved, refuted");
  });
});

describe("two routes for the same addresses in one table", () => {
  it("are open, with the reason", () => {
    const route = (name: string, to: Written) => ({
      route_table_id: ref(`aws_vpc.main.${name}`),
      destination_cidr_block: "0.0.0.0/0",
      ...to,
    });
    const review = reviewOf([
      networkSite({
        aws_subnet: { main: { ...VPC, cidr_block: "10.0.0.0/24" }, web: VPC },
        aws_route: {
          out: route("main_route_table_id", { gateway_id: ref("aws_internet_gateway.main.id") }),
          cap: route("default_route_table_id", { nat_gateway_id: "nat-0123456789abcdef0" }),
        },
        aws_instance: {
          web: {
            subnet_id: ref("aws_subnet.web.id"),
            vpc_security_group_ids: [ref("aws_security_group.web.id")],
          },
        },
      }),
    ]);
    expect(verdicts(review)[0]).toContain(": undetermined");
    expect(idsOf(review).reasons).toEqual(["aws/route-unknown"]);
  });
});
