import { parseInput, reviewInputs } from "originproof/review";
import { type Blocks, changed, listener, site, synth, VPC_ID } from "../../support/balancer";
import { idsOf, type Written } from "../../support/plan";

const ZONE = "aws/zone-enabled";

/** Availability, the assumption about zones where there is one, and the reasons. */
function decided(blocks: Blocks, forbidden: readonly string[] = []): readonly string[] {
  const review = reviewInputs([parseInput(JSON.stringify(synth(blocks)), "cdk.tf.json")], {
    today: new Date("2026-01-01T00:00:00Z"),
    forbiddenAssumptions: forbidden,
  });
  const zones = review.paths.flatMap((path) =>
    path.assumptions.filter(({ id }) => id === ZONE).map(({ id, subject }) => `${id} ${subject}`),
  );
  const [path] = review.paths;
  return [path?.availability.verdict ?? "none", ...zones, ...idsOf(review).reasons];
}

function at(subnet_id: string | null): Blocks {
  return changed(site(), { aws_instance: { app: { subnet_id } } });
}

const subnet = (availability_zone?: string, cidr_block = "10.0.1.0/24"): Written => ({
  vpc_id: VPC_ID,
  cidr_block,
  ...(availability_zone === undefined ? {} : { availability_zone }),
});

describe("a target", () => {
  it("in a subnet of its balancer is in a zone of it", () => {
    expect(decided(site())).toEqual(["proved"]);
  });

  it("in another subnet, of which no zone is known, is assumed to be in a zone of it", () => {
    const blocks = at("subnet-0bbbbbbbbbbbbbbb1");
    expect(decided(blocks)).toEqual(["proved", `${ZONE} aws_instance.app`]);
    expect(decided(blocks, [ZONE])).toEqual(["undetermined", ZONE]);
  });

  it("whose subnet nothing names is assumed to be in a zone of its balancer", () => {
    expect(decided(at(null))).toEqual(["proved", `${ZONE} aws_instance.app`]);
  });

  it("in another subnet of the same zone needs no assumption", () => {
    const blocks = changed(site(), {
      aws_lb: { web: { subnets: ["${aws_subnet.a.id}", "subnet-0aaaaaaaaaaaaaaa2"] } },
      aws_subnet: {
        a: subnet("eu-central-1a", "10.0.1.0/24"),
        b: subnet("eu-central-1a", "10.0.2.0/24"),
      },
      aws_instance: { app: { subnet_id: "${aws_subnet.b.id}" } },
    });
    expect(decided(blocks)).toEqual(["proved"]);
  });

  it("beside one that is in a zone of the balancer needs no assumption", () => {
    const blocks = changed(site(), {
      aws_instance: {
        other: {
          ami: "ami-0123456789abcdef0",
          subnet_id: "subnet-0bbbbbbbbbbbbbbb1",
          vpc_security_group_ids: ["${aws_security_group.app.id}"],
        },
      },
      aws_lb_target_group_attachment: {
        other: {
          target_group_arn: "${aws_lb_target_group.app.arn}",
          target_id: "${aws_instance.other.id}",
        },
      },
    });
    expect(decided(blocks)).toEqual(["proved"]);
  });
});

describe("one address of a network balancer", () => {
  const mapped = (lb: Written, target: string): Blocks =>
    changed(site(), {
      aws_lb: {
        web: {
          load_balancer_type: "network",
          subnets: null,
          subnet_mapping: [
            { subnet_id: "${aws_subnet.a.id}", allocation_id: "${aws_eip.a.id}" },
            { subnet_id: "${aws_subnet.b.id}", allocation_id: "${aws_eip.b.id}" },
          ],
          ...lb,
        },
      },
      aws_eip: { a: { domain: "vpc" }, b: { domain: "vpc" } },
      aws_subnet: {
        a: subnet("eu-central-1a", "10.0.1.0/24"),
        b: subnet("eu-central-1b", "10.0.2.0/24"),
      },
      aws_lb_listener: { https: listener(443, "TCP") },
      aws_lb_target_group: { app: { protocol: "TCP", preserve_client_ip: "false" } },
      aws_instance: { app: { subnet_id: target } },
      cloudflare_dns_record: { www: { type: "A", content: "${aws_eip.a.public_ip}" } },
    });

  it("gets to targets of its own zone", () => {
    expect(decided(mapped({}, "${aws_subnet.a.id}"))).toEqual(["proved"]);
  });

  it("does not get to targets of another zone", () => {
    expect(decided(mapped({}, "${aws_subnet.b.id}"))).toEqual(["refuted"]);
  });

  it("gets to every zone of the balancer with cross-zone load balancing", () => {
    const crossing = { enable_cross_zone_load_balancing: true };
    expect(decided(mapped(crossing, "${aws_subnet.b.id}"))).toEqual(["proved"]);
  });

  it("may get to another zone where only apply tells whether it crosses", () => {
    const perhaps = { enable_cross_zone_load_balancing: "${var.crossing}" };
    expect(decided(mapped(perhaps, "${aws_subnet.b.id}"))).toEqual([
      "undetermined",
      "aws/target-zone",
    ]);
  });
});
