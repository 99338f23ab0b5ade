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
