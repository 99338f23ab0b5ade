import { changed, site, synth } from "../../support/balancer";
import { idsOf, reviewOf, verdicts, type Written } from "../../support/plan";
import { networkSite, type Resources, ref } from "../../support/synth-site";

const OPEN = {
  name: "open",
  vpc_id: ref("aws_vpc.main.id"),
  ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] }],
};
const CARD = {
  subnet_id: ref("aws_subnet.main.id"),
  security_groups: [ref("aws_security_group.web.id")],
};
const card = (name = "web", device_index = 0) => ({
  device_index,
  network_interface_id: ref(`aws_network_interface.${name}.id`),
});
const BY_CARD = { network_interface: ref("aws_network_interface.web.id") };
const BY_MACHINE = { instance: ref("aws_instance.web.id") };

/** A site on an interface of its own, which its machine is given. */
function reviewed(address: Written, machine: Written, more: Resources = {}) {
  return reviewOf([
    networkSite({
      aws_network_interface: { web: CARD, other: CARD },
      aws_instance: { web: machine },
      aws_eip: { web: address },
      ...more,
      aws_security_group: {
        web: { name: "web", vpc_id: ref("aws_vpc.main.id") },
        open: OPEN,
      },
    }),
  ]);
}

const GIVEN = { network_interface: [card()] };

describe("a group that is attached to an interface, by either of its names", () => {
  const attached = (id: string) => ({
    aws_network_interface_sg_attachment: {
      x: { security_group_id: ref("aws_security_group.open.id"), network_interface_id: ref(id) },
    },
  });
  const primary = "aws_instance.web.primary_network_interface_id";

  it.each<[string, Written, Written, string, string]>([
    ["its machine's primary one", BY_CARD, GIVEN, primary, "undetermined"],
    [
      "itself, asked by its machine",
      BY_MACHINE,
      GIVEN,
      "aws_network_interface.web.id",
      "undetermined",
    ],
    ["itself", BY_CARD, GIVEN, "aws_network_interface.web.id", "undetermined"],
    [
      "the primary one, asked by its machine",
      BY_MACHINE,
      { primary_network_interface: [{ network_interface_id: card().network_interface_id }] },
      primary,
      "undetermined",
    ],
    ["another one", BY_CARD, GIVEN, "aws_network_interface.other.id", "proved"],
    [
      "the primary one, where it is the second",
      BY_CARD,
      { network_interface: [card("other"), card("web", 1)] },
      primary,
      "proved",
    ],
    [
      "the primary one, where its place is unknown",
      BY_CARD,
      { network_interface: [card("other"), { ...card(), device_index: ref("var.n") }] },
      primary,
      "undetermined",
    ],
  ])("counts: %s", (_, address, machine, id, verdict) => {
    const [line] = verdicts(reviewed(address, machine, attached(id)));
    expect(line?.split(", ")[1]).toBe(verdict);
  });
});

describe("a machine that a block stops, behind an interface", () => {
  const stopped = (id = "aws_instance.web.id"): Resources => ({
    aws_ec2_instance_state: { web: { instance_id: ref(id), state: "stopped" } },
  });

  it("answers nothing on it", () => {
    const review = reviewed(BY_CARD, GIVEN, stopped());
    expect(verdicts(review)[0]).toContain(": undetermined, proved");
    expect(idsOf(review).reasons).toEqual(["aws/instance-stopped"]);
    expect(verdicts(reviewed(BY_CARD, GIVEN))[0]).toContain(": proved, proved");
  });

  it("is the one that it is attached to", () => {
    const attachment = (instance_id: string) => ({
      aws_network_interface_attachment: {
        web: {
          instance_id: ref(instance_id),
          network_interface_id: ref("aws_network_interface.web.id"),
          device_index: 1,
        },
      },
    });
    const machine = { subnet_id: ref("aws_subnet.main.id") };
    const verdict = (more: Resources) => verdicts(reviewed(BY_CARD, machine, more))[0];
    const own = attachment("aws_instance.web.id");
    expect(verdict({ ...own, ...stopped() })).toContain(": undetermined, proved");
    expect(verdict(own)).toContain(": proved, proved");
    expect(verdict(stopped())).toContain(": proved, proved");
    const block = { web: { ...CARD, attachment: [{ instance: ref("aws_instance.web.id") }] } };
    expect(verdict({ aws_network_interface: block, ...stopped() })).toContain(": undetermined");
  });
});

describe("an Elastic IP on an interface", () => {
  const other = (holder: Written): Resources => ({ aws_eip: { web: BY_CARD, other: holder } });

  it("has a rival in one that hangs on the interface's machine", () => {
    const review = reviewed(BY_CARD, GIVEN, other(BY_MACHINE));
    expect(idsOf(review).reasons).toEqual(["aws/elastic-ip-holder"]);
    const second = { network_interface: [card("other"), card("web", 1)] };
    expect(verdicts(reviewed(BY_CARD, second, other(BY_MACHINE)))[0]).toContain(": proved, proved");
  });
});

describe("a machine that is given an interface that exists", () => {
  const www = (type: string, attribute: string) => ({
    cloudflare_dns_record: {
      www: {
        zone_id: ref("cloudflare_zone.main.id"),
        name: "www",
        type,
        proxied: true,
        content: ref(`aws_instance.web.${attribute}`),
      },
    },
  });
  const subnet = (more: Written) => ({
    aws_subnet: { main: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.0.0.0/24", ...more } },
  });
  const decided = (more: Resources) =>
    verdicts(reviewed({}, GIVEN, { ...subnet({ map_public_ip_on_launch: true }), ...more }))[0];

  it("gets no public address", () => {
    expect(decided(www("A", "public_ip"))).toContain(": refuted, proved");
    const own = { subnet_id: ref("aws_subnet.main.id"), associate_public_ip_address: true };
    const made = reviewed(
      {},
      { ...own, vpc_security_group_ids: CARD.security_groups },
      www("A", "public_ip"),
    );
    expect(verdicts(made)[0]).toContain(": proved, proved");
  });

  it("has a public name only where its VPC gives names", () => {
    expect(decided(www("CNAME", "public_dns"))).toContain(": undetermined, undetermined");
  });

  it("has the IPv6 address that its interface's subnet gives", () => {
    const address = www("AAAA", "ipv6_addresses[0]");
    const own = (more: Resources) =>
      idsOf(reviewed({}, GIVEN, { ...address, ...more })).assumptions;
    expect(own({})).toContain("aws/public-address");
    const given = { assign_ipv6_address_on_creation: true };
    expect(own(subnet(given))).not.toContain("aws/public-address");
  });
});

describe("a target whose machine is given an interface", () => {
  const target = (zone: string) =>
    changed(site(), {
      aws_instance: {
        app: {
          subnet_id: null,
          vpc_security_group_ids: null,
          network_interface: [
            { device_index: 0, network_interface_id: ref("aws_network_interface.app.id") },
          ],
        },
      },
      aws_network_interface: {
        app: {
          subnet_id: ref("aws_subnet.app.id"),
          security_groups: [ref("aws_security_group.app.id")],
        },
      },
      aws_subnet: {
        a: { availability_zone: "eu-west-1a" },
        b: { availability_zone: "eu-west-1b" },
        app: { availability_zone: zone },
      },
      aws_lb: { web: { subnets: [ref("aws_subnet.a.id"), ref("aws_subnet.b.id")] } },
    });

  it("is in the zone of the interface's subnet", () => {
    const [near, far] = ["eu-west-1a", "eu-west-1c"].map((zone) => reviewOf([synth(target(zone))]));
    expect(near && verdicts(near)[0]).toContain(": proved");
    expect(near && idsOf(near).assumptions).not.toContain("aws/zone-enabled");
    expect(far && verdicts(far)[0]).toContain(": refuted");
  });
});

describe("tasks of an ECS service without a count", () => {
  const service = {
    name: "app",
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
  };
  const ECS = {
    service_namespace: "ecs",
    resource_id: "service/shop/${aws_ecs_service.app.name}",
    min_capacity: 1,
  };

  const verdict = (target: Written | undefined, more: Written = {}) => {
    const base = changed(site(), {
      aws_lb_target_group_attachment: { app: null },
      aws_lb_target_group: { app: { target_type: "ip", port: 80 } },
      aws_ecs_service: { app: service, ...more },
    });
    const scaled = target === undefined ? {} : { aws_appautoscaling_target: { x: target } };
    return verdicts(reviewOf([synth({ ...base, ...scaled })]))[0]?.split(": ")[1];
  };

  it.each<[string, Written | undefined, string]>([
    ["no scaling", undefined, "undetermined, proved"],
    ["scaling of its own", ECS, "proved, proved"],
    ["scaling of its name", { ...ECS, resource_id: "service/shop/app" }, "proved, proved"],
    [
      "scaling of something else",
      { ...ECS, service_namespace: "dynamodb" },
      "undetermined, proved",
    ],
    ["scaling to none", { ...ECS, min_capacity: 0 }, "undetermined, proved"],
    ["another's scaling", { ...ECS, resource_id: "service/shop/api" }, "undetermined, proved"],
    [
      "the scaling of another one of the input",
      { ...ECS, resource_id: "service/shop/${aws_ecs_service.api.name}" },
      "undetermined, proved",
    ],
  ])("are there with %s", (_, target, expected) => {
    const { load_balancer: _none, ...idle } = service;
    expect(verdict(target, { api: { ...idle, name: "api" } })).toBe(expected);
  });
});
