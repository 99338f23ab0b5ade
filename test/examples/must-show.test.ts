import "originproof/jest";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformResource, TerraformStack, Testing } from "cdktf";
import { type IOrigin, Listener, ProxiedRecord, Zone } from "originproof";
import {
  type Egress,
  InstanceOrigin,
  LoadBalancerOrigin,
  OriginSecurityGroup,
} from "originproof/aws";
import { errorOf } from "../support/synth";

/*
 * What a user's own test says, word by word: the claims of the library about defects that people
 * make.
 */
const vpcId = "vpc-0123456789abcdef0";
const subnetId = "subnet-0123456789abcdef0";

function stackOf(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  return stack;
}

function nameIn(stack: TerraformStack, origin: IOrigin): void {
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
}

function firewallIn(stack: TerraformStack, egress?: readonly Egress[]): OriginSecurityGroup {
  const listeners = [Listener.https()];
  const more = egress === undefined ? {} : { egress };
  return new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners, ...more });
}

function machineIn(stack: TerraformStack): Instance {
  return new Instance(stack, "Web", { ami: "ami-0123456789abcdef0", subnetId });
}

describe("a range that an override drops", () => {
  const path = "shop/Firewall/443-131-0-72-0-22";

  function rule(stack: TerraformStack): TerraformResource {
    const found = stack.node.findAll().find(({ node }) => node.path === path);
    if (!(found instanceof TerraformResource)) {
      throw new Error(`${path} is no resource`);
    }
    return found;
  }

  function site(): TerraformStack {
    const stack = stackOf();
    const instance = machineIn(stack);
    const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
    const firewalls = [firewallIn(stack)];
    nameIn(stack, new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls }));
    return stack;
  }

  it("is proved before", () => {
    expect(site()).toBeProved();
  });

  it.each<[string, string, (stack: TerraformStack) => void]>([
    [
      "the whole, by an override of the stack",
      "131.0.72.0/22",
      (stack) =>
        stack.addOverride(
          `resource.${rule(stack).terraformResourceType}.${rule(stack).friendlyUniqueId}`,
          undefined,
        ),
    ],
    [
      "half of it, by an override of the rule",
      "131.0.74.0/23",
      (stack) => rule(stack).addOverride("cidr_ipv4", "131.0.72.0/23"),
    ],
    [
      "the port, by an override of the rule",
      "131.0.72.0/22",
      (stack) => {
        rule(stack).addOverride("from_port", 8443);
        rule(stack).addOverride("to_port", 8443);
      },
    ],
  ])("fails expect(stack).toBeProved() with the report: %s", (_, missing, override) => {
    const stack = site();
    override(stack);
    const message = String(errorOf(() => expect(stack).toBeProved()));
    expect(message).toContain("drops part of Cloudflare's edge: 1 of 15 IPv4 ranges");
    expect(message).toContain(`missing  ${missing}`);
    expect(message).toContain("visitor  Error 522");
    expect(message).toContain("rule     firewall/misses-edge-range");
    expect(stack).toBeRefutedBy("firewall/misses-edge-range");
  });
});

describe("an application balancer", () => {
  /** The target's group is plain, so that nothing of the library opens the balancer's way out. */
  function site(egress?: readonly Egress[]): TerraformStack {
    const stack = stackOf();
    const firewall = firewallIn(stack, egress);
    const subnets = [subnetId, "subnet-0123456789abcdef1"];
    const loadBalancer = new Lb(stack, "Balancer", { loadBalancerType: "application", subnets });
    const group = new LbTargetGroup(stack, "Group", { port: 8080, protocol: "HTTP", vpcId });
    const https = new LbListener(stack, "Https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/0123",
      defaultAction: [{ type: "forward", targetGroupArn: group.arn }],
    });
    const machine = machineIn(stack);
    const inner = new SecurityGroup(stack, "Inner", { vpcId });
    machine.vpcSecurityGroupIds = [inner.id];
    new VpcSecurityGroupIngressRule(stack, "In", {
      securityGroupId: inner.id,
      referencedSecurityGroupId: firewall.securityGroupId,
      ipProtocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
    });
    new LbTargetGroupAttachment(stack, "Member", {
      targetGroupArn: group.arn,
      targetId: machine.id,
    });
    const firewalls = [firewall];
    const listeners = [https];
    nameIn(stack, new LoadBalancerOrigin(stack, "Origin", { loadBalancer, listeners, firewalls }));
    return stack;
  }

  it("with the construct's default is proved", () => {
    expect(site()).toBeProved();
  });

  it("whose group has no egress is refuted, with the second leg named", () => {
    const message = String(errorOf(() => expect(site([])).toBeProved()));
    expect(message).toMatch(
      /no rule of\s[│\s]*aws_security_group\.Firewall_\w+ lets aws_lb\.Balancer out to aws_instance\.Web on tcp\/8080/,
    );
    expect(message).toContain("visitor  Error 502");
    expect(message).toContain("rule     listener/balancer-without-egress");
  });
});
