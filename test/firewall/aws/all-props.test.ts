import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Aspects, type TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { EdgeRanges, Listener } from "originproof";
import {
  type AdoptSecurityGroupProps,
  AutoScalingGroupOrigin,
  type AutoScalingGroupOriginProps,
  EdgePrefixList,
  type EdgePrefixListAttributes,
  type EdgePrefixListProps,
  EdgeRoutes,
  type EdgeRoutesProps,
  Egress,
  type FirewallException,
  type InstanceAttributes,
  InstanceOrigin,
  type InstanceOriginProps,
  type LoadBalancerAttributes,
  LoadBalancerOrigin,
  type LoadBalancerOriginProps,
  NetworkInterfaceOrigin,
  type NetworkInterfaceOriginProps,
  OriginNetworkAcl,
  type OriginNetworkAclProps,
  OriginSecurityGroup,
  type OriginSecurityGroupProps,
  type SecurityGroupIdProps,
  TargetSecurityGroup,
  type TargetSecurityGroupProps,
} from "originproof/aws";
import { type Resources, synthStack } from "../../support/synth";
import {
  aliasedIn,
  expectGolden,
  firewallIn,
  groupIn,
  instanceIn,
  refusal,
  SUBNETS,
  VPC,
} from "./support";

/** Every prop of a construct; the types see to it that none is left out. */
type Every<T, Left extends keyof T = never> = Required<Omit<T, Left>>;

const OFFICE: Required<FirewallException> = {
  cidr: "192.0.2.7/32",
  ports: [22],
  reason: "administration from the office",
  expires: "2099-06-30",
};
const RANGES = EdgeRanges.of(["173.245.48.0/20", "2400:cb00::/32"]);
const LISTENERS = [Listener.https(), Listener.https(8443), Listener.http()];
const certificateArn =
  "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

function securityGroup(stack: TerraformStack): OriginSecurityGroup {
  const props: Every<OriginSecurityGroupProps, "prefixList"> = {
    vpcId: VPC,
    listeners: LISTENERS,
    ranges: RANGES,
    exceptions: [OFFICE],
    egress: [Egress.tcp("192.0.2.0/24", 5432)],
    namePrefix: "web-",
    ruleQuota: 100,
    split: true,
    additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
    provider: aliasedIn(stack),
  };
  return new OriginSecurityGroup(stack, "Firewall", props);
}

function adopted(stack: TerraformStack) {
  const prefixLists: Every<EdgePrefixListAttributes> = {
    ipv4: { id: "pl-0123456789abcdef0", maxEntries: 20 },
    ipv6: { id: "pl-0123456789abcdef1", maxEntries: 10 },
  };
  const props: Every<AdoptSecurityGroupProps, "ranges"> = {
    securityGroup: groupIn(stack),
    listeners: LISTENERS,
    prefixList: EdgePrefixList.fromPrefixListAttributes(stack, "Edge", prefixLists),
    exceptions: [OFFICE],
    egress: [Egress.everywhere()],
    ruleQuota: 100,
    additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
    provider: aliasedIn(stack),
  };
  return OriginSecurityGroup.adopt(stack, "Firewall", props);
}

function byId(stack: TerraformStack) {
  const props: Every<SecurityGroupIdProps, "prefixList"> = {
    securityGroupId: "sg-0123456789abcdef1",
    listeners: LISTENERS,
    ranges: RANGES,
    exceptions: [OFFICE],
    egress: [Egress.tcp("2001:db8::/32", 5432)],
    ruleQuota: 100,
    additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
    provider: aliasedIn(stack),
  };
  return OriginSecurityGroup.fromSecurityGroupId(stack, "Firewall", props);
}

function targetGroup(stack: TerraformStack, from = securityGroup(stack)): TargetSecurityGroup {
  const props: Every<TargetSecurityGroupProps> = {
    vpcId: VPC,
    from,
    ports: [8080, 9000],
    egress: [Egress.tcp("192.0.2.0/24", 5432)],
    namePrefix: "targets-",
    groupQuota: 8,
    provider: from.node.scope?.node.findChild("Us") as ReturnType<typeof aliasedIn>,
  };
  return new TargetSecurityGroup(stack, "Targets", props);
}

function prefixList(stack: TerraformStack): EdgePrefixList {
  const props: Every<EdgePrefixListProps> = {
    ranges: RANGES,
    maxEntriesIpv4: 30,
    maxEntriesIpv6: 12,
    namePrefix: "edge",
    provider: aliasedIn(stack),
  };
  return new EdgePrefixList(stack, "Edge", props);
}

function networkAcl(stack: TerraformStack, provider = aliasedIn(stack)): OriginNetworkAcl {
  const web = new Subnet(stack, "Subnet", { vpcId: VPC, cidrBlock: "10.0.0.0/24", provider });
  const props: Every<OriginNetworkAclProps> = {
    vpcId: VPC,
    subnets: [web, ...SUBNETS],
    listeners: LISTENERS,
    ranges: RANGES,
    exceptions: [OFFICE],
    allowReturnTraffic: false,
    ruleQuota: 40,
    provider,
  };
  return new OriginNetworkAcl(stack, "Acl", props);
}

function routesOf(stack: TerraformStack, provider = aliasedIn(stack)): EdgeRoutes {
  const props: Every<EdgeRoutesProps> = {
    routeTable: new RouteTable(stack, "Table", { vpcId: VPC, provider }),
    gatewayId: "igw-0123456789abcdef0",
    ranges: RANGES,
    routeQuota: 60,
    provider,
  };
  return new EdgeRoutes(stack, "Routes", props);
}

/** What every origin may have. */
function around(stack: TerraformStack) {
  const firewalls = [securityGroup(stack)];
  const provider = stack.node.findChild("Us") as ReturnType<typeof aliasedIn>;
  const [networkAcls, routes] = [[networkAcl(stack, provider)], [routesOf(stack, provider)]];
  const elasticIp = new Eip(stack, "Address", { domain: "vpc", provider });
  return { firewalls, networkAcls, routes, elasticIp, provider };
}

function instance(stack: TerraformStack): InstanceOrigin {
  const web = instanceIn(stack);
  const props: Every<InstanceOriginProps, "ephemeralAddress"> = {
    ...around(stack),
    instance: web,
    ipv4: true,
    ipv6: true,
    groupQuota: 8,
  };
  web.provider = props.provider;
  return new InstanceOrigin(stack, "Origin", props);
}

function networkInterface(stack: TerraformStack): NetworkInterfaceOrigin {
  const nic = new NetworkInterface(stack, "Nic", { subnetId: SUBNETS[0] ?? "" });
  const props: Every<NetworkInterfaceOriginProps> = {
    ...around(stack),
    networkInterface: nic,
    ipv6: true,
    groupQuota: 8,
  };
  nic.provider = props.provider;
  return new NetworkInterfaceOrigin(stack, "Origin", props);
}

function attachment(stack: TerraformStack) {
  const { elasticIp: _, ...others } = around(stack);
  const props: Every<InstanceAttributes> = {
    ...others,
    networkInterfaceId: "eni-0123456789abcdef0",
    publicIp: "198.51.100.7",
    ipv6Address: "2001:db8::7",
  };
  return InstanceOrigin.fromInstanceAttributes(stack, "Origin", props);
}

function balancer(stack: TerraformStack): LoadBalancerOrigin {
  const { firewalls, networkAcls, routes, provider } = around(stack);
  const loadBalancer = new Lb(stack, "Balancer", { subnets: SUBNETS, provider });
  const shared = { loadBalancerArn: loadBalancer.arn, provider };
  const defaultAction = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }];
  const listeners = LISTENERS.map(({ port, scheme }) => {
    const encrypted = scheme === "https" ? { protocol: "HTTPS", certificateArn } : {};
    return new LbListener(stack, `On${port}`, { ...shared, port, defaultAction, ...encrypted });
  });
  const [from] = firewalls;
  const targets = from === undefined ? [] : [targetGroup(stack, from)];
  const props: Every<LoadBalancerOriginProps> = {
    loadBalancer,
    listeners,
    targets,
    firewalls,
    networkAcls,
    routes,
    groupQuota: 8,
  };
  return new LoadBalancerOrigin(stack, "Origin", props);
}

function balancerByName(stack: TerraformStack) {
  const { firewalls, networkAcls, routes } = around(stack);
  const dnsName = "web-1.us-east-1.elb.amazonaws.com";
  const props: Every<LoadBalancerAttributes> = { dnsName, firewalls, networkAcls, routes };
  return LoadBalancerOrigin.fromLoadBalancerAttributes(stack, "Origin", props);
}

function autoScaling(stack: TerraformStack): AutoScalingGroupOrigin {
  const origin = balancer(stack);
  const provider = stack.node.findChild("Us") as ReturnType<typeof aliasedIn>;
  const shared = { vpcId: VPC, protocol: "HTTP", port: 8080, provider };
  const launchTemplate = new LaunchTemplate(stack, "Template", {
    imageId: "ami-0123456789abcdef0",
    provider,
  });
  const props: Every<AutoScalingGroupOriginProps> = {
    balancer: origin,
    autoScalingGroup: new AutoscalingGroup(stack, "Fleet", { minSize: 1, maxSize: 2, provider }),
    launchTemplate,
    targetGroups: [new LbTargetGroup(stack, "Group", shared)],
    targets: stack.node.findChild("Targets") as TargetSecurityGroup,
  };
  return new AutoScalingGroupOrigin(stack, "Machines", props);
}

const CONSTRUCTS: readonly [string, (stack: TerraformStack) => unknown][] = [
  ["origin-security-group", securityGroup],
  ["adopted-security-group", adopted],
  ["security-group-by-id", byId],
  ["target-security-group", targetGroup],
  ["edge-prefix-list", prefixList],
  ["origin-network-acl", networkAcl],
  ["edge-routes", routesOf],
  ["instance-origin", instance],
  ["network-interface-origin", networkInterface],
  ["interface-attachment", attachment],
  ["load-balancer-origin", balancer],
  ["load-balancer-by-name", balancerByName],
  ["auto-scaling-group-origin", autoScaling],
];

function onAws(resources: Resources) {
  return Object.entries(resources).filter(([address]) => address.startsWith("aws_"));
}

describe.each(CONSTRUCTS)("%s with every prop", (name, build) => {
  const resources = synthStack((stack) => void build(stack));

  it("writes the golden file", () => {
    expectGolden(`${name}-all`, resources);
  });

  it("gives each resource of AWS that it makes the provider with an alias", () => {
    const others = onAws(resources).filter(([, { provider }]) => provider !== "aws.us");
    const given = ["aws_security_group.Existing"];
    expect(others.map(([address]) => address).filter((one) => !given.includes(one))).toEqual([]);
  });
});

describe("a provider", () => {
  it("that an aspect gives reaches every resource of AWS", () => {
    const resources = synthStack((stack) => {
      const provider = aliasedIn(stack);
      const firewalls = [firewallIn(stack)];
      const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
      new InstanceOrigin(stack, "Origin", { instance: instanceIn(stack), elasticIp, firewalls });
      new EdgePrefixList(stack, "Edge");
      Aspects.of(stack).add({
        visit: (node) => {
          const isResource = TerraformResource.isTerraformResource(node);
          if (isResource && node.terraformResourceType.startsWith("aws_")) {
            node.provider = provider;
          }
        },
      });
    });
    expect(onAws(resources).map(([, { provider }]) => provider)).toEqual(
      onAws(resources).map(() => "aws.us"),
    );
  });

  it("is that of what is adopted, attached to or routed, unless another is given", () => {
    const resources = synthStack((stack) => {
      const provider = aliasedIn(stack);
      const securityGroup = groupIn(stack);
      const instance = instanceIn(stack);
      const elasticIp = new Eip(stack, "Address", { domain: "vpc", provider });
      const routeTable = new RouteTable(stack, "Table", { vpcId: VPC, provider });
      securityGroup.provider = provider;
      instance.provider = provider;
      const listeners = [Listener.https()];
      const firewall = OriginSecurityGroup.adopt(stack, "Firewall", { securityGroup, listeners });
      new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls: [firewall] });
      new EdgeRoutes(stack, "Routes", { routeTable, gatewayId: "igw-0123456789abcdef0" });
    });
    expect(onAws(resources).every(([, { provider }]) => provider === "aws.us")).toBe(true);
  });

  it.each<[string, (stack: TerraformStack) => TerraformProvider, string]>([
    [
      "another stack",
      (stack) => new AwsProvider(new TerraformStack(stack.node.root, "network"), "Aws"),
      "of the stack network; give one of shop, where its resources are",
    ],
    [
      "another cloud",
      (stack) => new CloudflareProvider(stack, "Cloudflare"),
      "shop/Cloudflare, a provider of cloudflare; give an AwsProvider",
    ],
  ])("of %s is refused", (_, make, message) => {
    expect(refusal((stack) => firewallIn(stack, { provider: make(stack) }))).toMatchObject({
      code: "invalid-provider",
      message: `[shop/Firewall] 'provider' is ${message}`,
    });
  });
});
