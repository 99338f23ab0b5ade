import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { type IOrigin, Listener } from "originproof";
import {
  AutoScalingGroupOrigin,
  type AutoScalingGroupOriginProps,
  InstanceOrigin,
  LoadBalancerOrigin,
  NetworkInterfaceOrigin,
  type NetworkInterfaceOriginProps,
  TargetSecurityGroup,
} from "originproof/aws";
import { only, pick, resourcesOf, synthStack } from "../../support/synth";
import { expectGolden, firewallIn, instanceIn, refusal, SUBNETS, VPC } from "./support";

function interfaceIn(stack: TerraformStack, groups?: string[]): NetworkInterface {
  const securityGroups = groups === undefined ? {} : { securityGroups: groups };
  return new NetworkInterface(stack, "Nic", { subnetId: SUBNETS[0] ?? "", ...securityGroups });
}

function eipIn(stack: TerraformStack, id = "Address"): Eip {
  return new Eip(stack, id, { domain: "vpc" });
}

describe("NetworkInterfaceOrigin", () => {
  function build(stack: TerraformStack, props: Partial<NetworkInterfaceOriginProps> = {}) {
    return new NetworkInterfaceOrigin(stack, "Origin", {
      networkInterface: props.networkInterface ?? interfaceIn(stack),
      firewalls: [firewallIn(stack)],
      ...props,
    });
  }

  it("writes the golden file by default", () => {
    const resources = synthStack((stack) => build(stack, { elasticIp: eipIn(stack) }));
    expectGolden(
      "network-interface-origin",
      pick(resources, "aws_network_interface", "aws_eip", "aws_eip_association"),
    );
  });

  it("adds its groups to the interface's own, and may be of IPv6 alone", () => {
    let origin: IOrigin | undefined;
    const resources = synthStack((stack) => {
      const networkInterface = interfaceIn(stack, ["sg-01"]);
      origin = build(stack, { networkInterface, ipv6: true });
    });
    expect(only(resources, "aws_network_interface").security_groups).toHaveLength(2);
    expect(origin?.addresses.map(({ type }) => type)).toEqual(["AAAA"]);
  });

  it("takes an existing one, whose groups it adds one by one after their rules", () => {
    const resources = synthStack((stack) =>
      NetworkInterfaceOrigin.fromNetworkInterfaceAttributes(stack, "Origin", {
        networkInterfaceId: "eni-0123456789abcdef0",
        publicIp: "198.51.100.7",
        ipv6Address: "2001:db8::7",
        firewalls: [firewallIn(stack)],
      }),
    );
    expectGolden("interface-attachment", pick(resources, "aws_network_interface_sg_attachment"));
  });

  it("keeps the attachments' addresses when a firewall takes more groups", () => {
    const attachments = (...ports: readonly (443 | 2087 | 8443)[]) =>
      pick(
        synthStack((stack) =>
          NetworkInterfaceOrigin.fromNetworkInterfaceAttributes(stack, "Origin", {
            networkInterfaceId: "eni-0123456789abcdef0",
            publicIp: "198.51.100.7",
            firewalls: [
              firewallIn(stack, {
                listeners: ports.map((port) => Listener.https(port)),
                split: true,
                additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
              }),
            ],
          }),
        ),
        "aws_network_interface_sg_attachment",
      );
    expect(Object.keys(attachments(443))).toHaveLength(2);
    expect(attachments(8443, 443)).toMatchObject(attachments(443));
  });

  it.each<[string, string, (stack: TerraformStack) => unknown]>([
    ["no address", "no-address", (stack) => build(stack)],
    ["no firewall", "no-firewall", (stack) => build(stack, { firewalls: [] })],
    [
      "a token as the list of groups",
      "groups-not-a-list",
      (stack) => {
        const groups = new TerraformVariable(stack, "groups", { type: "set(string)" }).listValue;
        return build(stack, { networkInterface: interfaceIn(stack, groups), ipv6: true });
      },
    ],
    [
      "an existing one without an address",
      "no-address",
      (stack) =>
        NetworkInterfaceOrigin.fromNetworkInterfaceAttributes(stack, "Origin", {
          networkInterfaceId: "eni-0123456789abcdef0",
          firewalls: [firewallIn(stack)],
        }),
    ],
  ])("refuses %s", (_, code, action) => {
    expect(refusal(action)).toMatchObject({ code, constructPath: "shop/Origin" });
  });
});

describe("InstanceOrigin with what was there before", () => {
  it("waits for an association that the app has, and makes none", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const [instance, elasticIp] = [instanceIn(stack), eipIn(stack)];
    const association = new EipAssociation(stack, "Own", {
      allocationId: elasticIp.id,
      instanceId: instance.id,
    });
    const firewalls = [firewallIn(stack)];
    const origin = new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls });
    expect(Object.keys(pick(resourcesOf(stack), "aws_eip_association"))).toHaveLength(1);
    expect(origin.dependencies).toContain(association);
  });

  it("doesn't take another stack's association for its own", () => {
    const app = Testing.app();
    for (const name of ["one", "two"]) {
      const stack = new TerraformStack(app, name);
      new InstanceOrigin(stack, "Origin", {
        instance: instanceIn(stack),
        elasticIp: eipIn(stack),
        firewalls: [firewallIn(stack)],
      });
      expect(Object.keys(pick(resourcesOf(stack), "aws_eip_association"))).toHaveLength(1);
    }
  });

  it("refuses an address that another machine has", () => {
    const error = refusal((stack) => {
      const elasticIp = eipIn(stack);
      const other = instanceIn(stack, "Other");
      new EipAssociation(stack, "Own", { allocationId: elasticIp.id, instanceId: other.id });
      const firewalls = [firewallIn(stack)];
      return new InstanceOrigin(stack, "Origin", {
        instance: instanceIn(stack),
        elasticIp,
        firewalls,
      });
    });
    expect(error).toMatchObject({
      code: "associated-elsewhere",
      message:
        "[shop/Origin] 'elasticIp' is associated with aws_instance.Other, not with " +
        "aws_instance.Web; give an Eip of its own",
    });
  });

  it("may be of IPv6 alone, which needs no Elastic IP", () => {
    let origin: IOrigin | undefined;
    synthStack((stack) => {
      const firewalls = [firewallIn(stack)];
      const instance = instanceIn(stack);
      origin = new InstanceOrigin(stack, "Origin", {
        instance,
        firewalls,
        ipv4: false,
        ipv6: true,
      });
    });
    expect(origin?.addresses.map(({ type }) => type)).toEqual(["AAAA"]);
  });

  it.each<[string, (stack: TerraformStack) => object, string]>([
    ["no family", () => ({ ipv4: false }), "no-address"],
    [
      "an Elastic IP without IPv4",
      (stack) => ({ ipv4: false, ipv6: true, elasticIp: eipIn(stack) }),
      "two-addresses",
    ],
    [
      "an address of its own without IPv4",
      () => ({ ipv4: false, ipv6: true, ephemeralAddress: true }),
      "two-addresses",
    ],
  ])("refuses %s", (_, props, code) => {
    const error = refusal((stack) => {
      const firewalls = [firewallIn(stack)];
      const instance = instanceIn(stack);
      return new InstanceOrigin(stack, "Origin", { instance, firewalls, ...props(stack) });
    });
    expect(error).toMatchObject({ code });
  });

  it("takes an existing instance by its interface", () => {
    const resources = synthStack((stack) =>
      InstanceOrigin.fromInstanceAttributes(stack, "Origin", {
        networkInterfaceId: "eni-0123456789abcdef0",
        publicIp: "198.51.100.7",
        firewalls: [firewallIn(stack)],
      }),
    );
    const { depends_on } = only(resources, "aws_network_interface_sg_attachment");
    expect(depends_on).toEqual(Object.keys(pick(resources, "terraform_data")));
  });
});

describe("AutoScalingGroupOrigin", () => {
  function build(
    stack: TerraformStack,
    props: Partial<AutoScalingGroupOriginProps> = {},
    { port = 8080, template = {} }: { port?: number; template?: LaunchTemplateConfig } = {},
  ) {
    const firewall = firewallIn(stack);
    const launchTemplate = new LaunchTemplate(stack, "Machine", template);
    return new AutoScalingGroupOrigin(stack, "Fleet", {
      balancer: LoadBalancerOrigin.fromLoadBalancerAttributes(stack, "Balancer", {
        dnsName: "web-1.eu-west-1.elb.amazonaws.com",
        firewalls: [firewall],
      }),
      launchTemplate,
      autoScalingGroup: new AutoscalingGroup(stack, "Machines", {
        minSize: 1,
        maxSize: 2,
        launchTemplate: { id: launchTemplate.id },
      }),
      targetGroups: [new LbTargetGroup(stack, "Web", { port, protocol: "HTTP", vpcId: VPC })],
      targets: new TargetSecurityGroup(stack, "Targets", {
        vpcId: VPC,
        from: firewall,
        ports: [8080],
      }),
      ...props,
    });
  }

  it("writes the golden file by default", () => {
    const resources = synthStack((stack) => build(stack));
    expectGolden(
      "auto-scaling-group-origin",
      pick(resources, "aws_autoscaling_group", "aws_launch_template"),
    );
  });

  it("is what its balancer is, and waits for the targets too", () => {
    let origin: IOrigin | undefined;
    synthStack((stack) => {
      origin = build(stack);
    });
    expect(origin?.addresses).toEqual([
      { type: "CNAME", hostname: "web-1.eu-west-1.elb.amazonaws.com" },
    ]);
    expect(origin?.dependencies.map(({ node }) => node.path)).toEqual([
      "shop/Firewall/Ready",
      "shop/Targets/Ready",
    ]);
  });

  it.each<[string, string, (stack: TerraformStack) => unknown]>([
    ["no target group", "no-target-group", (stack) => build(stack, { targetGroups: [] })],
    [
      "a port that the targets don't open",
      "target-port",
      (stack) => build(stack, {}, { port: 9000 }),
    ],
    [
      "groups within the template's interfaces",
      "groups-elsewhere",
      (stack) => build(stack, {}, { template: { networkInterfaces: [{ deviceIndex: 0 }] } }),
    ],
  ])("refuses %s", (_, code, action) => {
    expect(refusal(action)).toMatchObject({ code });
  });

  it("keeps the groups that the template has", () => {
    const resources = synthStack((stack) =>
      build(stack, {}, { template: { vpcSecurityGroupIds: ["sg-01"] } }),
    );
    expect(only(resources, "aws_launch_template").vpc_security_group_ids).toHaveLength(2);
  });
});
