import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const SUBNET = "${aws_subnet.web.id}";
const GROUP = "${aws_security_group.web.id}";
const NONE = "${aws_security_group.none.id}";
const MACHINE = "${aws_instance.web.id}";
const ENTRY = {
  ...{ rule_no: 100, action: "allow", cidr_block: "0.0.0.0/0", ipv6_cidr_block: "" },
  ...{ protocol: "-1", from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 },
};

function www(content: string, type = "A"): Blocks {
  const shared = { zone_id: ZONE, name: "www.example.com", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { www: { ...shared, type, content } } };
}

function machine(name: string, more: object = {}): Blocks {
  const own = { subnet_id: SUBNET, vpc_security_group_ids: [GROUP] };
  const what = { ami: "ami-0123456789abcdef0", instance_type: "t3.micro" };
  return {
    aws_instance: { [name]: { associate_public_ip_address: true, ...what, ...own, ...more } },
  };
}

/** What becomes of the only path: availability after the apply, and the rollout. */
async function fate(first: object, second: object) {
  const review = (await changeOf(first, second)).review();
  const { verdict, done } = rolloutOf(review);
  const availability = review.paths[0]?.availability.verdict;
  return [availability, verdict, ...(done ?? [])].join(", ");
}

const LOST = "refuted, notOwed";

describeWithTerraform("a block that is deleted where its owner says the same", () => {
  it("takes the subnet off a network ACL", async () => {
    const acl = (more: object) => ({
      aws_network_acl: {
        web: { vpc_id: "${aws_vpc.main.id}", ingress: [ENTRY], egress: [ENTRY], ...more },
      },
      aws_default_network_acl: {
        main: { default_network_acl_id: "${aws_vpc.main.default_network_acl_id}" },
      },
    });
    const tie = {
      aws_network_acl_association: {
        web: { network_acl_id: "${aws_network_acl.web.id}", subnet_id: SUBNET },
      },
    };
    const found = await fate(web(acl({}), tie), web(acl({ subnet_ids: [SUBNET] })));
    expect(found).toBe(LOST);
  });

  it.each(["instance", "interface"])("takes the group off an %s", async (holder) => {
    const none = { aws_security_group: { none: { name: "none", vpc_id: "${aws_vpc.main.id}" } } };
    const own = holder === "instance";
    const attachment = {
      aws_network_interface_sg_attachment: {
        web: {
          security_group_id: GROUP,
          network_interface_id: own
            ? "${aws_instance.web.primary_network_interface_id}"
            : "${aws_network_interface.web.id}",
        },
      },
    };
    const list = own ? "vpc_security_group_ids" : "security_groups";
    const face = (more: object): Blocks => ({
      aws_network_interface: { web: { subnet_id: SUBNET, ...more } },
      aws_eip: { web: { domain: "vpc", network_interface: "${aws_network_interface.web.id}" } },
      aws_instance: {
        web: {
          ...{ ami: "ami-0123456789abcdef0", instance_type: "t3.micro" },
          network_interface: [
            { network_interface_id: "${aws_network_interface.web.id}", device_index: 0 },
          ],
        },
      },
      ...www("${aws_eip.web.public_ip}"),
    });
    const site = (more: object) => (own ? machine("web", more) : face(more));
    const kept = { [list]: [NONE], lifecycle: { ignore_changes: [list] } };
    const first = web(none, site(kept), attachment);
    expect(await fate(first, web(none, site({ [list]: [NONE, GROUP] })))).toBe(LOST);
  });

  it("takes the instance from a classic balancer", async () => {
    const balancer = (more: object) => ({
      aws_elb: {
        web: {
          ...{ name: "web", subnets: [SUBNET], security_groups: [GROUP] },
          listener: [
            { lb_port: 443, lb_protocol: "tcp", instance_port: 443, instance_protocol: "tcp" },
          ],
          ...more,
        },
      },
      ...www("${aws_elb.web.dns_name}", "CNAME"),
    });
    const attachment = {
      aws_elb_attachment: { web: { elb: "${aws_elb.web.id}", instance: MACHINE } },
    };
    const change = await changeOf(
      web(balancer({}), attachment),
      web(balancer({ instances: [MACHINE] })),
    );
    const [path] = change.review().paths;
    expect(path?.availability.reasons.map(({ id }) => id)).toEqual(["aws/no-target"]);
    expect(path?.rollout?.verdict).not.toBe("proved");
  });
});

describeWithTerraform("an Elastic IP that has had an association", () => {
  const elastic = (holder?: string) => ({
    aws_eip: {
      web: { domain: "vpc", ...(holder ? { instance: `\${aws_instance.${holder}.id}` } : {}) },
    },
    ...www("${aws_eip.web.public_ip}"),
  });
  const tied = (holder: string, lifecycle?: object) => ({
    ...elastic(),
    aws_eip_association: {
      web: {
        allocation_id: "${aws_eip.web.id}",
        instance_id: `\${aws_instance.${holder}.id}`,
        ...(lifecycle ? { lifecycle } : {}),
      },
    },
  });
  const two = machine("two");
  const first = { create_before_destroy: true };
  const cut = "refuted, delete aws_eip_association.web";

  it.each([
    ["hangs on nothing, though it names the same machine now", tied("web"), elastic("web"), LOST],
    ["hangs on nothing without it", tied("web"), elastic(), LOST],
    [
      "hangs on the machine that it names now, after a gap",
      tied("web"),
      elastic("two"),
      `proved, ${cut}`,
    ],
    ["hangs on what the next one names, after a gap", tied("web"), tied("two"), `proved, ${cut}`],
    [
      "goes over at once to what is created before",
      tied("web", first),
      tied("two", first),
      "proved, proved",
    ],
    [
      "goes over at once where it named the machine itself",
      elastic("web"),
      tied("web"),
      "proved, proved",
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await fate(web(two, before), web(two, after))).toBe(expected);
  });

  it("says how to keep it", async () => {
    const review = (await changeOf(web(tied("web")), web(elastic("web")))).review();
    expect(review.findings.filter(({ severity }) => severity === "error")).toMatchObject([
      {
        rule: "dns/changing-address",
        what: expect.stringContaining("aws_eip_association.web is deleted"),
        fix: expect.stringContaining("apply once more"),
      },
    ]);
  });
});
