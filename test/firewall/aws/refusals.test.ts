import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Listener } from "originproof";
import {
  AutoScalingGroupOrigin,
  EdgePrefixList,
  EdgeRoutes,
  InstanceOrigin,
  LoadBalancerOrigin,
  NetworkInterfaceOrigin,
  OriginNetworkAcl,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";
import { firewallIn, groupIn, instanceIn, refusal, SUBNETS, VPC, warningsOf } from "./support";

type Props = Readonly<Record<string, unknown>>;

interface Case {
  readonly name: string;
  /** As a caller without types does it. */
  readonly make: (stack: TerraformStack, props: unknown) => unknown;
  /** Enough to make one, and no more. */
  readonly props: (stack: TerraformStack) => Props;
  /** Props that are no required ones, for tests of values. */
  readonly more?: Props;
}

const listeners = [Listener.https()];
const NIC = "eni-0123456789abcdef0";

function made(type: new (...args: never[]) => unknown): Case["make"] {
  return (stack, props) => Reflect.construct(type, [stack, "It", props]);
}

function imported(factory: (...args: never[]) => unknown): Case["make"] {
  return (stack, props) => Reflect.apply(factory, undefined, [stack, "It", props]);
}

function firewalls(stack: TerraformStack) {
  return [firewallIn(stack)];
}

function elb(stack: TerraformStack): Props {
  const loadBalancer = new Lb(stack, "Balancer", { subnets: SUBNETS });
  return { loadBalancer, firewalls: firewalls(stack) };
}

function autoScaling(stack: TerraformStack): Props {
  const dnsName = "web-1.eu-west-1.elb.amazonaws.com";
  const [from] = firewalls(stack);
  const balancer = LoadBalancerOrigin.fromLoadBalancerAttributes(stack, "Balancer", {
    dnsName,
    firewalls: from === undefined ? [] : [from],
  });
  return {
    balancer,
    autoScalingGroup: new AutoscalingGroup(stack, "Fleet", { minSize: 1, maxSize: 2 }),
    launchTemplate: new LaunchTemplate(stack, "Template", {}),
    targetGroups: [new LbTargetGroup(stack, "Group", { port: 8080 })],
    targets: from && new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from, ports: [8080] }),
  };
}

const CASES: readonly Case[] = [
  {
    name: "OriginSecurityGroup",
    make: made(OriginSecurityGroup),
    props: () => ({ vpcId: VPC, listeners }),
    more: {
      additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
      namePrefix: "web-",
      ruleQuota: 80,
    },
  },
  {
    name: "OriginSecurityGroup.adopt",
    make: imported(OriginSecurityGroup.adopt),
    props: (stack) => ({ securityGroup: groupIn(stack), listeners }),
  },
  {
    name: "OriginSecurityGroup.fromSecurityGroupId",
    make: imported(OriginSecurityGroup.fromSecurityGroupId),
    props: () => ({ securityGroupId: "sg-0123456789abcdef0", listeners }),
  },
  {
    name: "TargetSecurityGroup",
    make: made(TargetSecurityGroup),
    props: (stack) => ({ vpcId: VPC, from: firewallIn(stack), ports: [8080] }),
    more: { namePrefix: "targets-" },
  },
  {
    name: "EdgePrefixList",
    make: made(EdgePrefixList),
    props: () => ({}),
    more: { namePrefix: "com.amazonaws", maxEntriesIpv4: 20, maxEntriesIpv6: 10 },
  },
  {
    name: "EdgePrefixList.fromPrefixListAttributes",
    make: (stack, ipv4) => imported(EdgePrefixList.fromPrefixListAttributes)(stack, { ipv4 }),
    props: () => ({ id: "pl-0123456789abcdef0", maxEntries: 20 }),
  },
  {
    name: "OriginNetworkAcl",
    make: made(OriginNetworkAcl),
    props: () => ({ vpcId: VPC, subnets: SUBNETS, listeners }),
    more: { ruleQuota: 20 },
  },
  {
    name: "EdgeRoutes",
    make: made(EdgeRoutes),
    props: () => ({ routeTable: "rtb-0123456789abcdef0", gatewayId: "igw-0123456789abcdef0" }),
    more: { routeQuota: 50 },
  },
  {
    name: "InstanceOrigin",
    make: (stack, props) =>
      made(InstanceOrigin)(stack, props && { ephemeralAddress: true, ...props }),
    props: (stack) => ({ instance: instanceIn(stack), firewalls: firewalls(stack) }),
  },
  {
    name: "InstanceOrigin.fromInstanceAttributes",
    make: (stack, props) =>
      imported(InstanceOrigin.fromInstanceAttributes)(
        stack,
        props && { publicIp: "198.51.100.7", ...props },
      ),
    props: (stack) => ({ networkInterfaceId: NIC, firewalls: firewalls(stack) }),
    more: { publicIp: "198.51.100.7", ipv6Address: "2001:db8::7" },
  },
  {
    name: "NetworkInterfaceOrigin",
    make: (stack, props) => made(NetworkInterfaceOrigin)(stack, props && { ipv6: true, ...props }),
    props: (stack) => ({
      networkInterface: new NetworkInterface(stack, "Nic", { subnetId: SUBNETS[0] ?? "" }),
      firewalls: firewalls(stack),
    }),
  },
  {
    name: "LoadBalancerOrigin",
    make: (stack, props) => {
      const loadBalancer = stack.node.tryFindChild("Balancer");
      const [port, loadBalancerArn] = [443, loadBalancer instanceof Lb ? loadBalancer.arn : ""];
      const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/0123";
      const shared = { defaultAction: [], protocol: "HTTPS", certificateArn };
      const https = new LbListener(stack, "Https", { ...shared, port, loadBalancerArn });
      return made(LoadBalancerOrigin)(stack, props && { listeners: [https], ...props });
    },
    props: elb,
  },
  {
    name: "LoadBalancerOrigin.fromLoadBalancerAttributes",
    make: imported(LoadBalancerOrigin.fromLoadBalancerAttributes),
    props: (stack) => ({
      dnsName: "web-1.eu-west-1.elb.amazonaws.com",
      firewalls: firewalls(stack),
    }),
  },
  { name: "AutoScalingGroupOrigin", make: made(AutoScalingGroupOrigin), props: autoScaling },
];

function propsOf({ props }: Case): Props {
  return props(new TerraformStack(Testing.app(), "shop"));
}

const REQUIRED = CASES.flatMap((one) =>
  Object.keys(propsOf(one)).map((prop) => [one.name, prop, one] as const),
);

describe("a required prop that a caller without types leaves out", () => {
  it.each(REQUIRED)("of %s is named: %s", (_, prop, { make, props }) => {
    for (const nothing of [undefined, null]) {
      const error = refusal((stack) => make(stack, { ...props(stack), [prop]: nothing }));
      expect(error).toMatchObject({
        code: "missing-prop",
        constructPath: "shop/It",
        message: expect.stringContaining(`'${prop}' is missing`),
      });
    }
  });

  it.each(CASES.map((one) => [one.name, one] as const))(
    "of %s needs no more than these",
    (_, { make, props }) => {
      const stack = new TerraformStack(Testing.app(), "shop");
      expect(() => make(stack, props(stack))).not.toThrow();
    },
  );

  it("may be all of them", () => {
    for (const one of CASES.filter((each) => Object.keys(propsOf(each)).length > 0)) {
      const isOfList = one.name === "EdgePrefixList.fromPrefixListAttributes";
      const error = refusal((stack) => one.make(stack, undefined));
      expect(error).toMatchObject({ code: isOfList ? "no-list" : "missing-prop" });
    }
  });
});

describe("ids", () => {
  const digits = "0123456789abcdef0";
  const places: readonly [string, string, string, (id: string) => unknown][] = [
    ["OriginSecurityGroup", "vpcId", "vpc", (id) => id],
    ["OriginSecurityGroup", "additionalSecurityGroupIds", "sg", (id) => [id]],
    ["OriginSecurityGroup.fromSecurityGroupId", "securityGroupId", "sg", (id) => id],
    ["TargetSecurityGroup", "vpcId", "vpc", (id) => id],
    ["EdgePrefixList.fromPrefixListAttributes", "id", "pl", (id) => id],
    ["OriginNetworkAcl", "vpcId", "vpc", (id) => id],
    ["OriginNetworkAcl", "subnets", "subnet", (id) => [id]],
    ["EdgeRoutes", "routeTable", "rtb", (id) => id],
    ["EdgeRoutes", "gatewayId", "igw", (id) => id],
    ["InstanceOrigin.fromInstanceAttributes", "networkInterfaceId", "eni", (id) => id],
  ];

  it.each(places)("of %s, '%s', begin with %s- and 8 or 17 digits", (name, prop, prefix, wrap) => {
    const one = CASES.find((each) => each.name === name);
    const build = (id: string) => (stack: TerraformStack) =>
      one?.make(stack, { ...one.props(stack), [prop]: wrap(id) });
    for (const id of [`${prefix}-${digits}`, `${prefix}-01234567`]) {
      const stack = new TerraformStack(Testing.app(), "shop");
      expect(() => build(id)(stack)).not.toThrow();
    }
    const wrong = ["", `${prefix}-`, `${prefix}-1`, `${prefix}-${digits}0`, `ami-${digits}`];
    for (const id of [...wrong, `${prefix}-0123456X`, `${prefix}-${digits}\n`, "web"]) {
      expect(refusal(build(id))).toMatchObject({
        code: "invalid-id",
        constructPath: "shop/It",
        message:
          `[shop/It] '${prop}' has ${JSON.stringify(id)}, which is no id of AWS's; give one such ` +
          `as ${prefix}-${digits}, or a token`,
      });
    }
  });
});

describe("the text of a token", () => {
  /** A value as tokens of its type. */
  const KINDS: readonly ((value: unknown, variable: TerraformVariable) => unknown)[] = [
    (value, { stringValue }) => (typeof value === "string" ? stringValue : undefined),
    (value, { stringValue }) =>
      typeof value === "string" ? `com.amazonaws-${stringValue}` : undefined,
    (value, { numberValue }) => (typeof value === "number" ? numberValue : undefined),
    (value, { listValue }) => (isPlainList(value) ? listValue : undefined),
    (value, { stringValue }) => (isPlainList(value, "string") ? [stringValue] : undefined),
    (value, { numberValue }) => (isPlainList(value, "number") ? [numberValue] : undefined),
  ];

  function isPlainList(value: unknown, type?: string): boolean {
    const types = type === undefined ? ["string", "number"] : [type];
    return Array.isArray(value) && value.every((one) => types.includes(typeof one));
  }

  it.each(CASES.map((one) => [one.name, one] as const))("is in no message of %s", (_, one) => {
    for (const name of Object.keys({ ...propsOf(one), ...one.more })) {
      for (const kind of KINDS) {
        const stack = new TerraformStack(Testing.app(), "shop");
        const given: Props = { ...one.props(stack), ...one.more };
        const token = kind(given[name], new TerraformVariable(stack, "given", {}));
        const build = () => one.make(stack, { ...given, [name]: token });
        const texts = token === undefined ? [] : messagesOf(stack, build);
        expect(texts.join("\n")).not.toMatch(/TfToken|e\+\d{3}|#\{/);
      }
    }
  });

  function messagesOf(stack: TerraformStack, build: () => unknown): readonly string[] {
    try {
      build();
      return warningsOf(stack);
    } catch (error) {
      expect(error).toMatchObject({ name: "ConfigurationError" });
      return [String(error)];
    }
  }

  it("is not in those about addresses and listeners either", () => {
    const error = refusal((stack) => {
      const elasticIp = new Eip(stack, "Address", { instance: instanceIn(stack, "Other").id });
      const shared = { instance: instanceIn(stack), firewalls: firewalls(stack) };
      return new InstanceOrigin(stack, "Origin", { ...shared, elasticIp });
    });
    expect(String(error)).toContain("is associated with aws_instance.Other, not with aws_inst");
  });
});
