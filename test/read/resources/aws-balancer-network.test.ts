import type { Review } from "originproof/review";
import {
  ANYWHERE,
  changed,
  FROM_EDGE,
  group,
  listener,
  onPort,
  site,
  synth,
} from "../../support/balancer";
import { EDGE_4, EDGE_6, idsOf, reviewOf, verdicts } from "../../support/plan";

const PATH = "www.example.com IPv4 tcp/443";

type Changes = Parameters<typeof changed>[1];

/** Behind a network balancer that passes TLS on: the same port on both sides. */
const NETWORK = changed(site(), {
  aws_lb: { web: { load_balancer_type: "network" } },
  aws_lb_listener: { https: listener(443, "TCP") },
  aws_lb_target_group: { app: { port: 443, protocol: "TCP" } },
  aws_security_group: {
    app: group([onPort(443, { security_groups: ["${aws_security_group.lb.id}"] })], [ANYWHERE]),
  },
});
const BARE = changed(NETWORK, { aws_lb: { web: { security_groups: null } } });
const SUBNETS: Changes = {
  aws_subnet: {
    one: { vpc_id: "vpc-0123456789abcdef0", cidr_block: "10.0.1.0/24" },
    two: { vpc_id: "vpc-0123456789abcdef0", cidr_block: "10.0.2.0/24" },
  },
  aws_lb: { web: { subnets: ["${aws_subnet.one.id}", "${aws_subnet.two.id}"] } },
};
const INTERNAL = onPort(443, { cidr_blocks: ["10.0.1.0/24", "10.0.2.0/24"] });
const ADDRESSES = { target_type: "ip" };

function review(blocks: typeof NETWORK, ...changes: readonly Changes[]): Review {
  return reviewOf([synth(changes.reduce(changed, blocks))]);
}

function app(...ingress: Parameters<typeof group>[0]): Changes {
  return { aws_security_group: { app: group(ingress, [ANYWHERE]) } };
}

describe("a network balancer", () => {
  it("with a group that its targets name is proved, clients' addresses preserved or not", () => {
    for (const preserve_client_ip of ["true", "false"]) {
      const changes = { aws_lb_target_group: { app: { preserve_client_ip } } };
      expect(verdicts(review(NETWORK, changes))).toEqual([`${PATH}: proved, proved`]);
    }
  });

  it("without groups lets everybody in to targets that admit everybody", () => {
    const found = review(BARE, app(onPort(443, { cidr_blocks: ["0.0.0.0/0"] })));
    expect(verdicts(found)).toEqual([`${PATH}: proved, refuted`]);
    const exposed = found.findings.map(({ rule, subject }) => `${rule} ${subject}`);
    expect(exposed).toEqual(["exposure/open-to-others aws_security_group.app"]);
  });

  it("passes clients on to instances by their own address", () => {
    const found = review(BARE, SUBNETS, app(FROM_EDGE, INTERNAL));
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
  });

  it("is refuted where an instance lacks a part of the edge", () => {
    const part = onPort(443, { cidr_blocks: EDGE_4.slice(1) });
    const found = review(BARE, SUBNETS, app(part, INTERNAL));
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    const [finding] = found.findings;
    expect(finding).toMatchObject({
      rule: "firewall/misses-edge-range",
      subject: "aws_security_group.app",
    });
    expect(finding?.why).toContain("Error 522, 521 or 525");
  });

  it("may fail its health checks where instances admit the edge alone", () => {
    const found = review(BARE, SUBNETS, app(FROM_EDGE));
    expect(verdicts(found)).toEqual([`${PATH}: undetermined, proved`]);
    expect(idsOf(found).reasons).toEqual(["aws/health-check-closed"]);
    expect(found.findings.map(({ rule }) => rule)).toEqual(["resilience/health-check-closed"]);
  });

  it("shows targets by address its own addresses", () => {
    const found = review(
      BARE,
      SUBNETS,
      { aws_lb_target_group: { app: ADDRESSES } },
      { aws_lb_target_group_attachment: { app: { target_id: "${aws_instance.app.private_ip}" } } },
      app(INTERNAL),
    );
    expect(verdicts(found)).toEqual([`${PATH}: proved, refuted`]);
    const open = review(
      BARE,
      SUBNETS,
      { aws_lb_target_group: { app: ADDRESSES } },
      { aws_lb_target_group_attachment: { app: { target_id: "${aws_instance.app.private_ip}" } } },
      app(FROM_EDGE),
    );
    expect(verdicts(open)).toEqual([`${PATH}: refuted, proved`]);
    expect(open.paths[0]?.availability.error).toBe(522);
  });

  it("is undetermined where only apply tells whether addresses are preserved", () => {
    const changes = { aws_lb_target_group: { app: { preserve_client_ip: "${var.keep}" } } };
    const found = review(BARE, SUBNETS, changes, app(INTERNAL));
    expect(verdicts(found)[0]).toContain(": undetermined, ");
    expect(idsOf(found).reasons).toContain("aws/client-address");
  });

  it("never shows IPv6 clients' addresses to IPv4 targets", () => {
    const web = { ip_address_type: "dualstack" };
    const lb = group([FROM_EDGE, onPort(443, { ipv6_cidr_blocks: EDGE_6 })], [ANYWHERE]);
    const dual = review(NETWORK, { aws_lb: { web } }, { aws_security_group: { lb } });
    expect(verdicts(dual)).toEqual([
      `${PATH}: proved, proved`,
      "www.example.com IPv6 tcp/443: proved, proved",
    ]);
    const bare = review(BARE, SUBNETS, { aws_lb: { web } }, app(INTERNAL, FROM_EDGE));
    // The subnets have no IPv6 route: the balancer's second leg is IPv4 for both.
    expect(bare.paths.find((path) => path.family === 4)?.availability.verdict).toBe("proved");
  });

  it("needs egress of its own", () => {
    const lb = group([FROM_EDGE], []);
    const found = review(NETWORK, { aws_security_group: { lb } });
    expect(verdicts(found)).toEqual([`${PATH}: refuted, proved`]);
    expect(found.findings.map(({ rule }) => rule)).toEqual(["listener/balancer-without-egress"]);
    expect(found.paths[0]?.availability.error).toBe(522);
  });

  it("does not listen by UDP", () => {
    const found = review(NETWORK, { aws_lb_listener: { https: { protocol: "UDP" } } });
    expect(found.findings.map(({ rule }) => rule)).toEqual(["listener/no-listener"]);
  });
});

describe("an Elastic IP of a network balancer", () => {
  const MAPPED = changed(NETWORK, {
    cloudflare_dns_record: { www: { type: "A", content: "${aws_eip.one.public_ip}" } },
    aws_eip: { one: { domain: "vpc" } },
    aws_lb: {
      web: {
        subnets: null,
        subnet_mapping: [
          { subnet_id: "subnet-0aaaaaaaaaaaaaaa1", allocation_id: "${aws_eip.one.id}" },
        ],
      },
    },
  });

  it("leads to the balancer", () => {
    const found = review(MAPPED);
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
    expect(found.paths[0]?.hops.map((hop) => hop.kind)).toEqual(["filter", "listener", "proxy"]);
  });

  it("is where its own subnet is, and not the others", () => {
    const found = review(MAPPED, {
      aws_eip: { two: { domain: "vpc" } },
      aws_lb: {
        web: {
          subnet_mapping: [
            {
              subnet_id: "subnet-0aaaaaaaaaaaaaaa1",
              allocation_id: "${aws_eip.one.allocation_id}",
            },
            { subnet_id: "subnet-0aaaaaaaaaaaaaaa2", allocation_id: "${aws_eip.two.id}" },
          ],
        },
      },
    });
    expect(verdicts(found)).toEqual([`${PATH}: proved, proved`]);
    const subjects = found.paths[0]?.assumptions.map((each) => each.subject).join();
    expect(subjects).toContain("subnet-0aaaaaaaaaaaaaaa1");
    expect(subjects).not.toContain("subnet-0aaaaaaaaaaaaaaa2");
  });
});
