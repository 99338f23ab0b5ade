import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";

function www(more: object) {
  const shared = { zone_id: ZONE, name: "www.example.com", type: "A", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { www: { ...shared, ...more } } };
}

function instance(name: string, more: object = {}) {
  return {
    aws_instance: {
      [name]: {
        associate_public_ip_address: true,
        ami: "ami-0123456789abcdef0",
        instance_type: "t3.micro",
        subnet_id: "${aws_subnet.web.id}",
        vpc_security_group_ids: ["${aws_security_group.web.id}"],
        ...more,
      },
    },
  };
}

const ELASTIC = www({ content: "${aws_eip.web.public_ip}" });

function elasticIp(holder: string) {
  return { aws_eip: { web: { domain: "vpc", instance: `\${aws_instance.${holder}.id}` } } };
}

function association(holder: string) {
  return {
    aws_eip: { web: { domain: "vpc" } },
    aws_eip_association: {
      web: {
        allocation_id: "${aws_eip.web.id}",
        instance_id: `\${aws_instance.${holder}.id}`,
      },
    },
  };
}

function entry(number: number, action: string, cidr: string) {
  const all = { protocol: "-1", from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 };
  return { rule_no: number, action, cidr_block: cidr, ipv6_cidr_block: "", ...all };
}

function acl(ingress: readonly object[], subnets = ["${aws_subnet.web.id}"]) {
  const egress = [entry(100, "allow", "0.0.0.0/0")];
  return { vpc_id: "${aws_vpc.main.id}", subnet_ids: subnets, ingress, egress };
}

const OPEN = entry(100, "allow", "0.0.0.0/0");

describeWithTerraform("the gap that an update leaves", () => {
  it.each([
    ["of an Elastic IP", elasticIp, "update aws_eip.web (disassociates)"],
    ["of its association", association, "delete aws_eip_association.web"],
  ])("is there where the instance %s changes", async (_, tie, step) => {
    const next = instance("next");
    const change = await changeOf(web(next, ELASTIC, tie("web")), web(next, ELASTIC, tie("next")));
    expect(rolloutOf(change.review())).toMatchObject({ verdict: "refuted", done: [step] });
  });

  it("is there where an entry of a network ACL gets another number", async () => {
    const change = await changeOf(
      web({ aws_network_acl: { web: acl([OPEN]) } }),
      web({ aws_network_acl: { web: acl([{ ...OPEN, rule_no: 110 }]) } }),
    );
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["update aws_network_acl.web (deletes 100 0.0.0.0/0)"],
    });
  });

  it("is there where a subnet moves by way of a default ACL that admits nothing", async () => {
    const acls = (first: readonly string[], second: readonly string[]) => ({
      aws_network_acl: { first: acl([OPEN], [...first]), second: acl([OPEN], [...second]) },
      aws_default_network_acl: {
        main: { default_network_acl_id: "${aws_vpc.main.default_network_acl_id}" },
      },
    });
    const subnet = ["${aws_subnet.web.id}"];
    const change = await changeOf(web(acls(subnet, [])), web(acls([], subnet)));
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["update aws_network_acl.first"],
    });
  });

  it("is there where a prefix list's entry gets another description", async () => {
    const list = (description: string) => ({
      aws_ec2_managed_prefix_list: {
        edge: {
          name: "edge",
          address_family: "IPv4",
          max_entries: 2,
          entry: [
            { cidr: "0.0.0.0/1", description },
            { cidr: "128.0.0.0/1", description: "" },
          ],
        },
      },
    });
    const group = inlineGroup([
      inlineRule({ cidr_blocks: [], prefix_list_ids: ["${aws_ec2_managed_prefix_list.edge.id}"] }),
    ]);
    const change = await changeOf(web(group, list("a")), web(group, list("b")));
    const found = rolloutOf(change.review());
    expect(found).toMatchObject({
      verdict: "refuted",
      done: [
        "update aws_ec2_managed_prefix_list.edge (removes the entries whose description changes)",
      ],
    });
    expect(found.cutOff).toHaveLength(6);
  });

  it("is there where a default route goes before two halves of it come", async () => {
    const half = (cidr: string) => ({
      route_table_id: "${aws_route_table.public.id}",
      destination_cidr_block: cidr,
      gateway_id: "${aws_internet_gateway.main.id}",
    });
    const halves = { low: half("0.0.0.0/1"), high: half("128.0.0.0/1") };
    const change = await changeOf(web(), web({ aws_route: { internet: {}, ...halves } }));
    const found = rolloutOf(change.review());
    expect(found).toMatchObject({ verdict: "refuted", done: ["delete aws_route.internet"] });
    expect(found.cutOff).toHaveLength(15);
  });

  it("is there where the name that a record leads to gets another record", async () => {
    const named = (label: string, content: string) => ({
      cloudflare_dns_record: {
        www: { ...www({}).cloudflare_dns_record.www, type: "CNAME", content: "origin.example.com" },
        [label]: {
          ...{ zone_id: ZONE, name: "origin.example.com", type: "A", proxied: false, ttl: 1 },
          content,
        },
      },
    });
    const change = await changeOf(
      web(named("old", "${aws_instance.web.public_ip}")),
      web(named("new", "${aws_instance.web.public_ip}")),
    );
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["delete cloudflare_dns_record.old"],
      pending: ["create cloudflare_dns_record.new"],
    });
  });

  it("is there where an instance is replaced, old one first, behind its Elastic IP", async () => {
    const change = await changeOf(
      web(ELASTIC, elasticIp("web")),
      web(ELASTIC, elasticIp("web"), instance("web", { ami: "ami-0123456789abcdef1" })),
    );
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_instance.web"],
    });
  });
});

describeWithTerraform("no gap", () => {
  it("is there where a group is replaced, new one first, with its rules in it", async () => {
    const group = (name: string) => ({
      aws_security_group: {
        web: {
          name,
          vpc_id: "${aws_vpc.main.id}",
          ingress: [inlineRule()],
          lifecycle: { create_before_destroy: true },
        },
      },
    });
    const change = await changeOf(web(group("one")), web(group("two")));
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });

  it("is told where the origin is outside the input, and groups change", async () => {
    const record = www({ content: "198.51.100.7" });
    const other = inlineGroup([inlineRule({ from_port: 444, to_port: 444 })]);
    const change = await changeOf(web(record), web(record, other));
    expect(rolloutOf(change.review())).toEqual({
      verdict: "undetermined",
      reasons: ["origin/outside-input"],
    });
  });
});
