import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Elb } from "@cdktf/provider-aws/lib/elb";
import { Instance, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { Lb, type LbConfig } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup, type LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import { EdgeRanges } from "originproof";
import {
  EdgePrefixList,
  InstanceOrigin,
  type InstanceOriginProps,
  LoadBalancerOrigin,
  TargetSecurityGroup,
} from "originproof/aws";
import { synthApp } from "../../support/synth";
import { aliasedIn, firewallIn, groupIn, refusal, SUBNETS, VPC } from "./support";

const OTHER_VPC = "vpc-0fedcba9876543210";
const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0123";

/** What the synth of a stack is refused for, without the stack's name. */
function problems(build: (stack: TerraformStack) => unknown): readonly string[] {
  const { error } = synthApp((app) => {
    const stack = new TerraformStack(app, "shop");
    new AwsProvider(stack, "Aws", { region: "eu-west-1" });
    build(stack);
  });
  return (error?.message ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("[shop] "))
    .map((line) => line.replace("[shop] ", ""));
}

function instanceIn(stack: TerraformStack, more: Partial<InstanceConfig> = {}, id = "Web") {
  const [subnetId = ""] = SUBNETS;
  const config = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId, ...more };
  return new Instance(stack, id, config);
}

function originOf(
  stack: TerraformStack,
  instance: Instance,
  more: Partial<InstanceOriginProps> = {},
): void {
  const { firewalls = [firewallIn(stack)], ...others } = more;
  new InstanceOrigin(stack, "Origin", { instance, ephemeralAddress: true, firewalls, ...others });
}

describe("groups of an interface", () => {
  const five = [1, 2, 3, 4, 5].map((digit) => `sg-0123456789abcde${digit}0`);

  it("are refused above AWS's quota, whatever adds them and whenever", () => {
    const message =
      "shop/Web has 6 security groups, more than the 5 that AWS allows an interface; put the rules " +
      "into fewer groups, or set 'groupQuota' to your account's quota";
    expect(
      problems((stack) => originOf(stack, instanceIn(stack, { vpcSecurityGroupIds: five }))),
    ).toEqual([message]);
    expect(
      problems((stack) => {
        const web = instanceIn(stack);
        originOf(stack, web);
        web.vpcSecurityGroupIds = [...(web.vpcSecurityGroupIdsInput ?? []), ...five];
      }),
    ).toEqual([message]);
  });

  it("are accepted up to 'groupQuota', which any construct of the interface can raise", () => {
    expect(
      problems((stack) => {
        const web = instanceIn(stack, { vpcSecurityGroupIds: five });
        originOf(stack, web, { groupQuota: 7 });
        const from = firewallIn(stack, {}, "Balancer");
        new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from, ports: [8080] }).attach(web);
      }),
    ).toEqual([]);
  });

  it.each([0, 17, 1.5, Number.NaN])("have no quota of %p", (groupQuota) => {
    expect(refusal((stack) => originOf(stack, instanceIn(stack), { groupQuota }))).toMatchObject({
      code: "invalid-limit",
    });
  });

  it.each<[string, LaunchTemplateConfig]>([
    ["network_interfaces", { networkInterfaces: [{ deviceIndex: 0 }] }],
    ["security_group_names", { securityGroupNames: ["web"] }],
  ])("are refused beside a launch template with %s", (name, config) => {
    for (const by of ["id", "name"] as const) {
      expect(
        problems((stack) => {
          const template = new LaunchTemplate(stack, "Template", config);
          originOf(stack, instanceIn(stack, { launchTemplate: { [by]: template[by] } }));
        }),
      ).toEqual([
        `shop/Web gets security groups, and its launch template shop/Template has ${name}, beside ` +
          "which AWS takes none; remove it from the template, or use a NetworkInterfaceOrigin",
      ]);
    }
  });
});

describe("an IPv6 address of an instance", () => {
  const wanted = (config: Partial<InstanceConfig>) =>
    problems((stack) => originOf(stack, instanceIn(stack, config), { ipv6: true }));
  const refused = (why: string) => [
    `'ipv6' is true for shop/Web, which gets no IPv6 address: ${why}; set its ipv6AddressCount to 1, ` +
      "or 'ipv6' to false",
  ];

  it("is refused where the instance asks for none", () => {
    expect(wanted({ ipv6AddressCount: 0 })).toEqual(refused("ipv6_address_count is 0"));
    expect(wanted({ ipv6Addresses: [] })).toEqual(refused("ipv6_addresses is []"));
  });

  it("is refused where its subnet gives none", () => {
    const inSubnet = (assignIpv6AddressOnCreation?: boolean) =>
      problems((stack) => {
        const assigns = assignIpv6AddressOnCreation;
        const subnet = new Subnet(stack, "Subnet", {
          vpcId: VPC,
          ...(assigns === undefined ? {} : { assignIpv6AddressOnCreation: assigns }),
        });
        originOf(stack, instanceIn(stack, { subnetId: subnet.id }), { ipv6: true });
      });
    const why = "it asks for none, and shop/Subnet has no assign_ipv6_address_on_creation";
    expect(inSubnet()).toEqual(refused(why));
    expect(inSubnet(false)).toEqual(refused(why));
    expect(inSubnet(true)).toEqual([]);
  });

  it("is left to the apply where it can't be told", () => {
    expect(wanted({})).toEqual([]);
    expect(wanted({ ipv6AddressCount: 1 })).toEqual([]);
    expect(wanted({ ipv6Addresses: ["2001:db8::1"] })).toEqual([]);
  });
});

describe("a prefix list of the library", () => {
  it("is refused where overrides left no room for its entries or another family", () => {
    const override = (name: string, value: unknown) =>
      problems((stack) => {
        const edge = new EdgePrefixList(stack, "Edge");
        const list = edge.node.findChild("Ipv4");
        (list as Ec2ManagedPrefixList).addOverride(name, value);
      });
    const [first] = EdgeRanges.pinned().cidrs(4);
    expect(override("max_entries", 5)).toEqual([
      "shop/Edge has 15 entries, more than its max_entries, 5, which AWS refuses; set max_entries to " +
        "15 at least",
    ]);
    expect(override("address_family", "IPv6")).toEqual([
      `shop/Edge has the entry ${first} and address_family IPv6, which AWS refuses; set ` +
        "address_family to IPv4",
    ]);
    expect(override("max_entries", 15)).toEqual([]);
  });
});

interface BalancerParts {
  readonly balancer?: Partial<LbConfig>;
  readonly group?: Partial<LbTargetGroupConfig>;
  readonly protocol?: string;
  readonly vpcId?: string;
  readonly forward?: boolean;
}

function balancerIn(stack: TerraformStack, parts: BalancerParts = {}) {
  const balancer = new Lb(stack, "Balancer", { subnets: SUBNETS, ...parts.balancer });
  const group = new LbTargetGroup(stack, "Group", {
    port: 8080,
    protocol: "HTTP",
    vpcId: VPC,
    ...parts.group,
  });
  const targetGroup = [{ arn: group.arn, weight: 1 }];
  const action = parts.forward ? { forward: { targetGroup } } : { targetGroupArn: group.arn };
  const listener = new LbListener(stack, "Https", {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: parts.protocol ?? "HTTPS",
    certificateArn: CERTIFICATE,
    defaultAction: [{ type: "forward", ...action }],
  });
  const firewalls = [firewallIn(stack, { vpcId: parts.vpcId ?? VPC })];
  new LoadBalancerOrigin(stack, "Origin", {
    loadBalancer: balancer,
    listeners: [listener],
    firewalls,
  });
  return { balancer, group, listener };
}

describe("a balancer", () => {
  it("has a certificate when it is written, not only when the construct is made", () => {
    const message =
      "shop/Https answers HTTPS without a certificate, which AWS refuses; give it a certificateArn";
    expect(
      problems((stack) => balancerIn(stack).listener.addOverride("certificate_arn", undefined)),
    ).toEqual([message]);
    expect(problems((stack) => balancerIn(stack).listener.resetCertificateArn())).toEqual([
      message,
    ]);
    expect(
      problems((stack) => {
        const { listener } = balancerIn(stack);
        listener.resetCertificateArn();
        listener.certificateArn = CERTIFICATE;
      }),
    ).toEqual([]);
  });

  it("has one for the listeners of a classic balancer too", () => {
    const classic = (more: object) =>
      problems((stack) => {
        const listener = [
          { instancePort: 80, instanceProtocol: "http", lbPort: 443, lbProtocol: "ssl", ...more },
        ];
        const loadBalancer = new Elb(stack, "Balancer", { listener, subnets: SUBNETS });
        new LoadBalancerOrigin(stack, "Origin", { loadBalancer, firewalls: [firewallIn(stack)] });
      });
    expect(classic({})).toEqual([
      "shop/Balancer answers SSL without a certificate, which AWS refuses; give the listener's " +
        "sslCertificateId",
    ]);
    expect(classic({ sslCertificateId: CERTIFICATE })).toEqual([]);
  });

  it.each([false, true])("forwards in a protocol of its type (by forward: %p)", (forward) => {
    const network = { loadBalancerType: "network" };
    expect(
      problems((stack) => balancerIn(stack, { balancer: network, protocol: "TLS", forward })),
    ).toEqual([
      "shop/Https of a balancer of type network forwards to shop/Group with HTTP, which AWS refuses; " +
        "use TCP, TLS or UDP",
    ]);
    expect(problems((stack) => balancerIn(stack, { group: { protocol: "TCP" }, forward }))).toEqual(
      [
        "shop/Https of a balancer of type application forwards to shop/Group with TCP, which AWS " +
          "refuses; use HTTP or HTTPS",
      ],
    );
    const group = { protocol: "TCP" };
    expect(
      problems((stack) =>
        balancerIn(stack, { balancer: network, protocol: "TLS", group, forward }),
      ),
    ).toEqual([]);
  });

  it.each(["ip", "lambda"])("has no instance in a target group of type %s", (targetType) => {
    const attach = (target: (stack: TerraformStack) => string) =>
      problems((stack) => {
        const { group } = balancerIn(stack, { group: { targetType } });
        const targetId = target(stack);
        new LbTargetGroupAttachment(stack, "Member", { targetGroupArn: group.arn, targetId });
      });
    const message =
      `shop/Group has target_type ${targetType}, and shop/Member gives it an instance; set its ` +
      "targetType to instance";
    expect(attach((stack) => instanceIn(stack).id)).toEqual([message]);
    expect(attach(() => "i-0123456789abcdef0")).toEqual([message]);
    expect(attach((stack) => new TerraformVariable(stack, "target", {}).stringValue)).toEqual([]);
    expect(attach((stack) => instanceIn(stack).privateIp)).toEqual([]);
  });

  it("has subnets", () => {
    const subnets = (given: string[] | undefined) =>
      problems((stack) => {
        const { balancer } = balancerIn(stack);
        balancer.resetSubnets();
        if (given !== undefined) {
          balancer.subnets = given;
        }
      });
    const message =
      "shop/Balancer has no subnets, and AWS wants two, each of another zone; give 'subnets'";
    expect(subnets([])).toEqual([message]);
    expect(subnets(undefined)).toEqual([message]);
    expect(subnets(Token.asList("${var.subnets}"))).toEqual([]);
  });
});

describe("an auto scaling group behind a balancer", () => {
  const sized = (minSize: number, maxSize: number, desiredCapacity?: number) =>
    problems((stack) => {
      const { group } = balancerIn(stack);
      new AutoscalingGroup(stack, "Fleet", {
        minSize,
        maxSize,
        targetGroupArns: [group.arn],
        ...(desiredCapacity === undefined ? {} : { desiredCapacity }),
      });
    });

  it("has sizes in order", () => {
    expect(sized(7, 6)).toEqual([
      "shop/Fleet has min_size 7, max_size 6, which AWS refuses; put them in order",
    ]);
    expect(sized(1, 3, 4)).toEqual([
      "shop/Fleet has min_size 1, max_size 3, desired_capacity 4, which AWS refuses; put them in order",
    ]);
    expect(sized(1, 3, 2)).toEqual([]);
    expect(sized(2, 2)).toEqual([]);
  });

  it("joins target groups of type instance", () => {
    expect(
      problems((stack) => {
        const { group } = balancerIn(stack, { group: { targetType: "ip" } });
        const config = { minSize: 1, maxSize: 2, targetGroupArns: [group.arn] };
        new AutoscalingGroup(stack, "Fleet", config);
      }),
    ).toEqual([
      "shop/Group has target_type ip, and shop/Fleet gives it instances; set its targetType to instance",
    ]);
  });
});

describe("two regions", () => {
  const inUs = (part: "instance" | "eip" | "both" | "region") =>
    problems((stack) => {
      const us = { provider: aliasedIn(stack) };
      const more = part === "instance" || part === "both" ? us : {};
      const config = part === "region" ? { region: "us-east-1" } : more;
      const elasticIp = new Eip(stack, "Address", part === "eip" || part === "both" ? us : {});
      const instance = instanceIn(stack, config);
      const firewall = part === "both" ? us : {};
      new InstanceOrigin(stack, "Origin", {
        instance,
        elasticIp,
        firewalls: [firewallIn(stack, firewall)],
      });
    });
  const between = (one: string, there: string, here: string) =>
    `${one} is in ${there}, and shop/Web, which gets it, in ${here}; make both in one region, by the ` +
    "same 'provider'";

  it("don't share an Elastic IP, a group and an instance", () => {
    expect(inUs("eip")).toEqual([between("shop/Address", "us-east-1", "eu-west-1")]);
    const two = [
      between("shop/Firewall", "eu-west-1", "us-east-1"),
      between("shop/Address", "eu-west-1", "us-east-1"),
    ];
    expect(inUs("instance")).toEqual(two);
    expect(inUs("region")).toEqual(two);
    expect(inUs("both")).toEqual([]);
  });
});

describe("two VPCs", () => {
  const joins = (thing: string, one: string, first: string, other: string, second: string) =>
    `${thing} joins ${one} of ${first} and ${other} of ${second}, and AWS takes those of one VPC ` +
    "alone; give both the same vpcId";

  it("don't share an instance and its group, as ids or as resources", () => {
    const inTwo = (vpcs: (stack: TerraformStack) => readonly [string, string]) =>
      problems((stack) => {
        const [here, there] = vpcs(stack);
        const subnet = new Subnet(stack, "Subnet", { vpcId: here });
        const firewalls = [firewallIn(stack, { vpcId: there })];
        originOf(stack, instanceIn(stack, { subnetId: subnet.id }), { firewalls });
      });
    const vpc = (stack: TerraformStack, id: string) =>
      new Vpc(stack, id, { cidrBlock: "10.0.0.0/16" });
    expect(inTwo(() => [VPC, OTHER_VPC])).toEqual([
      joins("shop/Web", "shop/Subnet", VPC, "shop/Firewall", OTHER_VPC),
    ]);
    expect(inTwo((stack) => [vpc(stack, "A").id, vpc(stack, "B").id])).toEqual([
      joins("shop/Web", "shop/Subnet", "aws_vpc.A", "shop/Firewall", "aws_vpc.B"),
    ]);
    expect(inTwo((stack) => [VPC, vpc(stack, "B").id])).toEqual([]);
    expect(inTwo(() => [VPC, VPC])).toEqual([]);
  });

  it("don't share two groups of an instance", () => {
    expect(
      problems((stack) => {
        const other = groupIn(stack);
        const web = instanceIn(stack, { vpcSecurityGroupIds: [other.id] });
        originOf(stack, web, { firewalls: [firewallIn(stack, { vpcId: OTHER_VPC })] });
      }),
    ).toEqual([joins("shop/Web", "shop/Existing", VPC, "shop/Firewall", OTHER_VPC)]);
  });

  it("don't share a balancer and its target group, nor that and its instances", () => {
    expect(problems((stack) => balancerIn(stack, { group: { vpcId: OTHER_VPC } }))).toEqual([
      joins("shop/Https", "shop/Firewall", VPC, "shop/Group", OTHER_VPC),
    ]);
    expect(
      problems((stack) => {
        const { group } = balancerIn(stack);
        const web = instanceIn(stack);
        const from = firewallIn(stack, {}, "Other");
        new TargetSecurityGroup(stack, "Targets", {
          vpcId: OTHER_VPC,
          from,
          ports: [8080],
        }).attach(web);
        const member = { targetGroupArn: group.arn, targetId: web.id };
        new LbTargetGroupAttachment(stack, "Member", member);
      }),
    ).toEqual([joins("shop/Member", "shop/Group", VPC, "shop/Targets", OTHER_VPC)]);
  });
});

it("an ordinary balancer is accepted", () => {
  expect(problems((stack) => balancerIn(stack))).toEqual([]);
});
