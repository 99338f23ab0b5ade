import {
  ANYWHERE,
  type Blocks,
  changed,
  group,
  listener,
  onPort,
  site,
  synth,
} from "../../support/balancer";
import { idsOf, reviewOf, type Written } from "../../support/plan";

const VPC_ID = "vpc-0123456789abcdef0";

const subnet = (letter: string, cidr_block: string): Written => ({
  vpc_id: VPC_ID,
  availability_zone: `eu-central-1${letter}`,
  cidr_block,
});

const subnetId = (name: string) => `\${aws_subnet.${name}.id}`;

/** An ACL without rules, which lets nothing through. */
const closed = (...subnets: readonly string[]): Blocks => ({
  aws_network_acl: { closed: { vpc_id: VPC_ID, subnet_ids: subnets.map(subnetId) } },
});

/** A network balancer in two zones, with a target in the first. */
function network(lb: Written, more: Blocks): Blocks {
  return changed(
    changed(site(), {
      aws_lb: {
        web: { load_balancer_type: "network", subnets: [subnetId("a"), subnetId("b")], ...lb },
      },
      aws_subnet: { a: subnet("a", "10.0.1.0/24"), b: subnet("b", "10.0.2.0/24") },
      aws_lb_listener: { https: listener(443, "TCP") },
      aws_lb_target_group: { app: { protocol: "TCP", preserve_client_ip: "false" } },
      aws_instance: { app: { subnet_id: subnetId("a") } },
    }),
    more,
  );
}

const second: Blocks = {
  aws_instance: {
    other: {
      ami: "ami-0123456789abcdef0",
      subnet_id: subnetId("b"),
      vpc_security_group_ids: ["${aws_security_group.app.id}"],
    },
  },
  aws_lb_target_group_attachment: {
    other: {
      target_group_arn: "${aws_lb_target_group.app.arn}",
      target_id: "${aws_instance.other.id}",
    },
  },
};

function decided(blocks: Blocks): readonly string[] {
  const review = reviewOf([synth(blocks)]);
  return [...review.paths.map((path) => path.availability.verdict), ...idsOf(review).reasons];
}

const UNTOLD = ["undetermined", "aws/acl-drops-replies", "aws/idle-zone"];

function entered(blocks: Blocks): readonly string[] {
  const { paths } = reviewOf([synth(blocks)]);
  return paths.flatMap(({ exclusivity }) => [
    exclusivity.verdict,
    ...exclusivity.reasons.map(({ id }) => id),
  ]);
}

describe("a zone of a network balancer without a target", () => {
  it("lets nobody in for certain", () => {
    const lb = group([onPort(443, { cidr_blocks: ["0.0.0.0/0"] })], [ANYWHERE]);
    const wide = (more: Blocks) => network({}, changed({ aws_security_group: { lb } }, more));
    expect(entered(wide({}))).toEqual(["refuted"]);
    expect(entered(wide(closed("b")))).toEqual(["refuted"]);
    const [verdict, ...reasons] = entered(wide(closed("a")));
    expect([verdict, reasons.includes("aws/idle-zone")]).toEqual(["undetermined", true]);
  });

  it("is of no account where its subnet lets the edge through", () => {
    expect(decided(network({}, {}))).toEqual(["proved"]);
  });

  it("may not be led to, so what its subnet stops may get to the other zone", () => {
    expect(decided(network({}, closed("b")))).toEqual(UNTOLD);
  });

  it("is led to where nodes send to other zones", () => {
    expect(decided(network({ enable_cross_zone_load_balancing: true }, closed("b")))).toEqual([
      "refuted",
    ]);
  });

  it("is not led to by its target group's own setting", () => {
    const group = (enabled: string): Blocks => ({
      aws_lb_target_group: { app: { load_balancing_cross_zone_enabled: enabled } },
    });
    const crossing = { enable_cross_zone_load_balancing: true };
    expect(decided(network(crossing, changed(closed("b"), group("false"))))).toEqual(UNTOLD);
    expect(decided(network({}, changed(closed("b"), group("true"))))).toEqual(["refuted"]);
  });

  it("has one by another machine", () => {
    expect(decided(network({}, changed(closed("b"), second)))).toEqual(["refuted"]);
  });

  it("is no way out of what all zones stop", () => {
    expect(decided(network({}, closed("a", "b")))).toEqual(["refuted"]);
  });

  it("does not save the zone that has one", () => {
    expect(decided(network({}, closed("a")))).toEqual(["refuted"]);
  });

  it("is led to at an application balancer", () => {
    const lb = { load_balancer_type: "application" };
    const web = changed(network(lb, closed("b")), {
      aws_lb_listener: { https: listener(443, "HTTPS") },
      aws_lb_target_group: { app: { protocol: "HTTP", preserve_client_ip: null } },
    });
    expect(decided(web)).toEqual(["refuted"]);
  });
});
