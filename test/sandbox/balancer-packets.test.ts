import type { CloudState } from "../../sandbox/cloud/state";
import { reaches } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref } from "./network";

afterAll(removeSandboxes);

const ANYWHERE = { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" };
const group = (name: string) => ref(`aws_security_group.${name}.id`);
const ingress = (to: string, port: number, source: object) => ({
  ...{ security_group_id: group(to), ip_protocol: "tcp", from_port: port, to_port: port },
  ...source,
});

/** A balancer in both subnets, with one target in subnet b on port 8080. */
function site(type: "application" | "network", targetSource: object, more: Resources = {}) {
  const web = type === "application";
  return configurationOf(
    NETWORK,
    {
      aws_security_group: {
        front: { name: "front", vpc_id: ref("aws_vpc.main.id") },
        target: { name: "target", vpc_id: ref("aws_vpc.main.id") },
      },
      aws_vpc_security_group_ingress_rule: {
        edge: ingress("front", 443, { cidr_ipv4: "131.0.72.0/22" }),
        target: ingress("target", 8080, targetSource),
      },
      aws_vpc_security_group_egress_rule: {
        front: { security_group_id: group("front"), ...ANYWHERE },
      },
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type: "t3.micro" },
          subnet_id: ref("aws_subnet.b.id"),
          vpc_security_group_ids: [group("target")],
        },
      },
      aws_lb: {
        front: {
          ...{ name: "front", load_balancer_type: type, security_groups: [group("front")] },
          subnets: [ref("aws_subnet.a.id"), ref("aws_subnet.b.id")],
          ...(web ? {} : { enable_cross_zone_load_balancing: true }),
        },
      },
      aws_lb_listener: {
        https: {
          load_balancer_arn: ref("aws_lb.front.arn"),
          ...{ port: 443, protocol: web ? "HTTPS" : "TCP" },
          default_action: [
            { type: "forward", target_group_arn: ref("aws_lb_target_group.web.arn") },
          ],
        },
      },
      aws_lb_target_group: {
        web: {
          ...{ name: "web", port: 8080, protocol: web ? "HTTP" : "TCP" },
          vpc_id: ref("aws_vpc.main.id"),
        },
      },
      aws_lb_target_group_attachment: {
        web: {
          target_group_arn: ref("aws_lb_target_group.web.arn"),
          target_id: ref("aws_instance.web.id"),
        },
      },
    },
    more,
  );
}

async function fate(configuration: object, from: string, port = 443): Promise<string> {
  const box = newSandbox({ configuration });
  await box.apply();
  return told(box.cloud(), from, port);
}

function told(cloud: CloudState, from: string, port: number): string {
  const balancer = Object.values(cloud.objects).find(({ type }) => type === "aws_lb");
  const to = String(balancer?.attributes.dns_name);
  const { always, sometimes, stops } = reaches(cloud, { from, to, port });
  const by = [...new Set(stops.map((stop) => stop.by))];
  return always ? "always" : `${sometimes ? "sometimes" : "never"}: ${by.join()}`;
}

const FRONT = { referenced_security_group_id: group("front") };
const EDGE = { cidr_ipv4: "131.0.72.0/22" };

describeWithTerraform("the packet view of a balancer", () => {
  it("passes an application balancer and its second leg", async () => {
    const box = newSandbox({ configuration: site("application", FRONT) });
    await box.apply();
    expect(told(box.cloud(), "131.0.72.0", 443)).toBe("always");
    expect(told(box.cloud(), "131.0.76.0", 443)).toBe("never: security-group");
    expect(told(box.cloud(), "131.0.72.0", 80)).toBe("never: listener");
  });

  it("an application balancer's target sees the balancer, not the client", async () => {
    expect(await fate(site("application", EDGE), "131.0.72.0")).toBe("never: security-group");
    const subnets = { cidr_ipv4: "10.0.0.0/16" };
    expect(await fate(site("application", subnets), "131.0.72.0")).toBe("always");
  });

  it("a network balancer's target sees the client, and takes the balancer's group for it", async () => {
    expect(await fate(site("network", EDGE), "131.0.72.0")).toBe("always");
    expect(await fate(site("network", FRONT), "131.0.72.0")).toBe("always");
    const subnets = { cidr_ipv4: "10.0.0.0/16" };
    expect(await fate(site("network", subnets), "131.0.72.0")).toBe("never: security-group");
  });

  it("an ACL between the subnets stops one node's leg and not the other's", async () => {
    const open = {
      rule_number: 100,
      protocol: "-1",
      rule_action: "allow",
      cidr_block: "0.0.0.0/0",
    };
    const shut = { ...open, rule_number: 90, rule_action: "deny", cidr_block: "10.0.1.0/24" };
    const network_acl_id = ref("aws_network_acl.b.id");
    const more: Resources = {
      aws_network_acl: {
        b: { vpc_id: ref("aws_vpc.main.id"), subnet_ids: [ref("aws_subnet.b.id")] },
      },
      aws_network_acl_rule: {
        in: { network_acl_id, ...open },
        shut: { network_acl_id, ...shut },
        out: { network_acl_id, ...open, egress: true },
      },
    };
    expect(await fate(site("application", FRONT, more), "131.0.72.0")).toBe(
      "sometimes: network-acl",
    );
  });
});
