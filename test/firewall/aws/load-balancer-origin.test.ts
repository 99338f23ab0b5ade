import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Elb } from "@cdktf/provider-aws/lib/elb";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Lb, type LbConfig } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { type App, TerraformStack, TerraformVariable } from "cdktf";
import { Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import {
  Egress,
  LoadBalancerOrigin,
  type LoadBalancerOriginProps,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";
import { ofType, only, pick, synthApp, synthStack } from "../../support/synth";
import { expectGolden, firewallIn, groupIn, refusal, SUBNETS, VPC } from "./support";

function balancerIn(stack: TerraformStack, config: LbConfig = {}): Lb {
  return new Lb(stack, "Balancer", { subnets: SUBNETS, ...config });
}

const certificateArn =
  "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

function listenerOf(loadBalancer: Lb, port: number, protocol?: string): LbListener {
  const { cdktfStack: stack } = loadBalancer;
  const isEncrypted = protocol === "HTTPS" || protocol === "TLS";
  return new LbListener(stack, `Listener${port}`, {
    loadBalancerArn: loadBalancer.arn,
    port,
    ...(protocol === undefined ? {} : { protocol }),
    ...(isEncrypted ? { certificateArn } : {}),
    defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }],
  });
}

function build(
  stack: TerraformStack,
  props: Partial<LoadBalancerOriginProps> = {},
): LoadBalancerOrigin {
  const loadBalancer = props.loadBalancer ?? balancerIn(stack);
  const firewalls = props.firewalls ?? [firewallIn(stack)];
  if (!(loadBalancer instanceof Lb)) {
    return new LoadBalancerOrigin(stack, "Origin", { ...props, loadBalancer, firewalls });
  }
  const listeners = props.listeners ?? [listenerOf(loadBalancer, 443, "HTTPS")];
  return new LoadBalancerOrigin(stack, "Origin", { ...props, loadBalancer, firewalls, listeners });
}

function classicIn(stack: TerraformStack, lbPort: number, lbProtocol: string): Elb {
  const sslCertificateId = certificateArn;
  const shared = { instancePort: 8080, instanceProtocol: "http", sslCertificateId };
  const listener = [{ ...shared, lbPort, lbProtocol }];
  return new Elb(stack, "Balancer", { subnets: SUBNETS, listener });
}

type Build = (stack: TerraformStack) => unknown;

describe("LoadBalancerOrigin", () => {
  it("writes the golden file with both legs and a record", () => {
    const resources = synthStack((stack) => {
      const firewall = firewallIn(stack, { egress: [] });
      const targets = [
        new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from: firewall, ports: [8080] }),
      ];
      const origin = build(stack, { firewalls: [firewall], targets });
      const accountId = "0123456789abcdef0123456789abcdef";
      const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
      new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
    });
    const types = ["aws_lb", "aws_lb_listener", "cloudflare_dns_record", "terraform_data"];
    const legs = ["aws_vpc_security_group_egress_rule"];
    expectGolden("load-balancer-origin", pick(resources, ...types, ...legs));
  });

  it.each([
    ["application", "HTTPS"],
    ["network", "TLS"],
  ])("puts its groups on a %s balancer, after their rules", (type, protocol) => {
    const resources = synthStack((stack) => {
      const loadBalancer = balancerIn(stack, {
        loadBalancerType: type,
        securityGroups: ["sg-01"],
      });
      build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, 443, protocol)] });
    });
    const { security_groups, depends_on } = only(resources, "aws_lb");
    expect(security_groups).toEqual(["sg-01", "${aws_security_group.Firewall_E7948B04.id}"]);
    expect(depends_on).toEqual(Object.keys(pick(resources, "terraform_data")));
  });

  it("takes a classic balancer with its own listeners", () => {
    const resources = synthStack((stack) => {
      build(stack, { loadBalancer: classicIn(stack, 443, "https") });
    });
    expect(only(resources, "aws_elb").security_groups).toEqual([
      "${aws_security_group.Firewall_E7948B04.id}",
    ]);
  });

  it("leads records to the balancer's name, after its listeners and both gates", () => {
    let origin: LoadBalancerOrigin | undefined;
    synthStack((stack) => {
      const firewall = firewallIn(stack);
      const targets = [
        new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from: firewall, ports: [80] }),
      ];
      origin = build(stack, { firewalls: [firewall], targets });
    });
    expect(origin?.addresses).toMatchObject([{ type: "CNAME" }]);
    expect(origin?.dependencies.map(({ node }) => node.path)).toEqual([
      "shop/Firewall/Ready",
      "shop/Targets/Ready",
      "shop/Listener443",
    ]);
  });

  it("takes an existing one by its name", () => {
    const resources = synthStack((stack) => {
      const origin = LoadBalancerOrigin.fromLoadBalancerAttributes(stack, "Origin", {
        dnsName: "web-1.eu-west-1.elb.amazonaws.com",
        firewalls: [
          OriginSecurityGroup.fromSecurityGroupId(stack, "Firewall", {
            securityGroupId: "sg-0123456789abcdef0",
            listeners: [Listener.https()],
          }),
        ],
      });
      expect(origin.addresses).toEqual([
        { type: "CNAME", hostname: "web-1.eu-west-1.elb.amazonaws.com" },
      ]);
    });
    expect(pick(resources, "aws_lb")).toEqual({});
  });

  it("leaves ports and protocols that are tokens to the proof", () => {
    expect(() =>
      synthStack((stack) => {
        const loadBalancer = balancerIn(stack);
        const port = new TerraformVariable(stack, "port", {}).numberValue;
        build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, port)] });
      }),
    ).not.toThrow();
  });

  it.each<[string, string, Build]>([
    ["no firewall", "no-firewall", (stack) => build(stack, { firewalls: [] })],
    [
      "an internal balancer",
      "internal-balancer",
      (stack) => build(stack, { loadBalancer: balancerIn(stack, { internal: true }) }),
    ],
    [
      "a gateway balancer",
      "unfiltered-balancer",
      (stack) => build(stack, { loadBalancer: balancerIn(stack, { loadBalancerType: "gateway" }) }),
    ],
    ["a balancer without listeners", "no-listener", (stack) => build(stack, { listeners: [] })],
    [
      "a listener beside a classic balancer's own",
      "no-listener",
      (stack) =>
        build(stack, {
          loadBalancer: classicIn(stack, 443, "https"),
          listeners: [listenerOf(new Lb(stack, "Other", {}), 443)],
        }),
    ],
    [
      "a token as the list of groups",
      "groups-not-a-list",
      (stack) => {
        const groups = new TerraformVariable(stack, "groups", { type: "set(string)" }).listValue;
        return build(stack, { loadBalancer: balancerIn(stack, { securityGroups: groups }) });
      },
    ],
    ...(["TLS", "TCP", "UDP"] as const).map((protocol): [string, string, Build] => [
      `${protocol} on an application balancer`,
      "listener-protocol",
      (stack) => {
        const loadBalancer = balancerIn(stack);
        const listeners = [443, 8443].map((port) =>
          listenerOf(loadBalancer, port, port === 443 ? "HTTPS" : protocol),
        );
        return build(stack, { loadBalancer, listeners });
      },
    ]),
    ...(["HTTPS", "HTTP"] as const).map((protocol): [string, string, Build] => [
      `${protocol} on a network balancer`,
      "listener-protocol",
      (stack) => {
        const loadBalancer = balancerIn(stack, { loadBalancerType: "network" });
        return build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, 443, protocol)] });
      },
    ]),
    [
      "a listener of another balancer",
      "listener-elsewhere",
      (stack) => {
        const listeners = [listenerOf(new Lb(stack, "Other", {}), 443, "HTTPS")];
        return build(stack, { loadBalancer: balancerIn(stack), listeners });
      },
    ],
    [
      "a listener of another balancer of the same name in another stack",
      "listener-elsewhere",
      (stack) => {
        const other = balancerIn(new TerraformStack(stack.node.root, "other"));
        const https = listenerOf(balancerIn(stack), 443, "HTTPS");
        https.loadBalancerArn = other.arn;
        const loadBalancer = stack.node.findChild("Balancer") as Lb;
        return build(stack, { loadBalancer, listeners: [https] });
      },
    ],
    [
      "an application balancer's default, which is HTTP, where the edge speaks https",
      "listener-protocol",
      (stack) => {
        const loadBalancer = balancerIn(stack);
        return build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, 443)] });
      },
    ],
    [
      "a classic listener in the wrong protocol",
      "listener-protocol",
      (stack) => build(stack, { loadBalancer: classicIn(stack, 443, "http") }),
    ],
  ])("refuses %s", (_, code, action) => {
    expect(refusal(action)).toMatchObject({ code, constructPath: "shop/Origin" });
  });

  it("names the port that the balancer doesn't answer on", () => {
    const error = refusal((stack) => {
      const loadBalancer = balancerIn(stack);
      return build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, 8443, "HTTPS")] });
    });
    expect(error).toMatchObject({
      code: "listener-missing",
      message:
        "[shop/Origin] 'listeners' answer on 8443 alone, and 'firewalls' open https/443; add " +
        "a listener on 443, or take it from the firewall",
    });
  });

  it("names the listener that is none of the balancer's or speaks another protocol", () => {
    const messageOf = (change: (listener: LbListener, stack: TerraformStack) => unknown) =>
      refusal((stack) => {
        const loadBalancer = balancerIn(stack);
        const listener = listenerOf(loadBalancer, 443, "HTTPS");
        change(listener, stack);
        return build(stack, { loadBalancer, listeners: [listener] });
      });
    expect(
      messageOf((listener, stack) => {
        listener.loadBalancerArn = new Lb(stack, "Other", {}).arn;
      }),
    ).toMatchObject({
      message:
        "[shop/Origin] 'listeners' has shop/Listener443, a listener of aws_lb.Other, and " +
        "'loadBalancer' is aws_lb.Balancer; give the listeners of that one",
    });
    expect(
      messageOf((listener) => {
        listener.protocol = "TCP";
      }),
    ).toMatchObject({
      message:
        "[shop/Origin] 'listeners' has shop/Listener443 with TCP, which no application balancer " +
        "speaks; use HTTPS or HTTP",
    });
  });

  it("leaves listeners alone whose balancer is no reference, or is told by its id", () => {
    for (const arn of [(lb: Lb) => lb.id, () => "arn:aws:elasticloadbalancing:eu-west-1:1:x"]) {
      expect(() =>
        synthStack((stack) => {
          const loadBalancer = balancerIn(stack);
          const https = listenerOf(loadBalancer, 443, "HTTPS");
          https.loadBalancerArn = arn(loadBalancer);
          build(stack, { loadBalancer, listeners: [https] });
        }),
      ).not.toThrow();
    }
  });

  it("names the protocol that the edge doesn't speak", () => {
    const error = refusal((stack) => {
      const loadBalancer = balancerIn(stack);
      return build(stack, { loadBalancer, listeners: [listenerOf(loadBalancer, 443, "HTTP")] });
    });
    expect(error).toMatchObject({
      code: "listener-protocol",
      message:
        "[shop/Origin] 'listeners' answer HTTP on 443, where the edge speaks https; use HTTPS",
    });
  });
});

describe("TargetSecurityGroup", () => {
  it("writes the golden file by default, with no second way out of an open balancer", () => {
    const resources = synthStack((stack) => {
      new TargetSecurityGroup(stack, "Targets", {
        vpcId: VPC,
        from: firewallIn(stack),
        ports: [8080],
      });
    });
    const own = Object.entries(resources).filter(([address]) => address.includes(".Targets_"));
    expectGolden("target-security-group", Object.fromEntries(own));
  });

  it("lets a closed balancer out to each port of the targets", () => {
    const resources = synthStack((stack) => {
      const from = firewallIn(stack, { egress: [Egress.tcp("192.0.2.0/24", 5432)] });
      new TargetSecurityGroup(stack, "Targets", {
        vpcId: VPC,
        from,
        ports: [9000, 8080, 8080],
        egress: [],
        namePrefix: "targets-",
      });
    });
    const rules = ofType(resources, "aws_vpc_security_group_egress_rule");
    const out = rules.filter((rule) => rule.referenced_security_group_id !== undefined);
    expect(out.map(({ from_port, security_group_id }) => [from_port, security_group_id])).toEqual([
      [8080, "${aws_security_group.Firewall_E7948B04.id}"],
      [9000, "${aws_security_group.Firewall_E7948B04.id}"],
    ]);
  });

  it.each<[string, number[], string]>([
    ["no port", [], "no-port"],
    ["a port that is none", [70_000], "invalid-port"],
  ])("refuses %s", (_, ports, code) => {
    const error = refusal(
      (stack) =>
        new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from: firewallIn(stack), ports }),
    );
    expect(error).toMatchObject({ code, constructPath: "shop/Targets" });
  });
});

describe("both legs across stacks", () => {
  const accountId = "0123456789abcdef0123456789abcdef";

  /** Balancer, machine and name in three stacks. */
  function site(root: App, egress: readonly Egress[], leg: "library" | "raw"): void {
    const edge = new TerraformStack(root, "edge");
    new AwsProvider(edge, "Aws", { region: "eu-west-1" });
    const firewall = firewallIn(edge, { egress });
    const loadBalancer = balancerIn(edge, { loadBalancerType: "application" });
    const group = new LbTargetGroup(edge, "Group", { port: 8080, protocol: "HTTP", vpcId: VPC });
    const https = new LbListener(edge, "Https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: group.arn }],
    });
    const second: TargetSecurityGroup[] = [];
    const web = new TerraformStack(root, "web");
    new AwsProvider(web, "Aws", { region: "eu-west-1" });
    const machine = new Instance(web, "Web", {
      ami: "ami-0123456789abcdef0",
      subnetId: SUBNETS[0] ?? "",
    });
    new LbTargetGroupAttachment(web, "Member", { targetGroupArn: group.arn, targetId: machine.id });
    if (leg === "library") {
      const targets = new TargetSecurityGroup(web, "Targets", {
        vpcId: VPC,
        from: firewall,
        ports: [8080],
      });
      targets.attach(machine);
      second.push(targets);
    } else {
      const raw = groupIn(web, "Raw");
      machine.vpcSecurityGroupIds = [raw.id];
      new VpcSecurityGroupIngressRule(web, "In", {
        securityGroupId: raw.id,
        referencedSecurityGroupId: firewall.securityGroupId,
        ipProtocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
      });
    }
    const origin = build(edge, {
      loadBalancer,
      firewalls: [firewall],
      listeners: [https],
      targets: second,
    });
    const names = new TerraformStack(root, "names");
    new CloudflareProvider(names, "Cloudflare");
    const zone = new Zone(names, "Zone", { name: "example.com", accountId, ssl: SslMode.STRICT });
    new ProxiedRecord(names, "Www", { zone, name: "www", origins: [origin] });
  }

  it.each<[string, readonly Egress[]]>([
    ["open", [Egress.everywhere()]],
    ["closed but for its targets", []],
  ])("are proved where the balancer is %s", (_, egress) => {
    const app = synthApp((root) => site(root, egress, "library"));
    expect(app.error).toBeUndefined();
    expect(app.stderr).toBe("");
    const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8"));
    expect(manifest.stacks.web.dependencies).toEqual(["edge"]);
    expect([...manifest.stacks.names.dependencies].sort()).toEqual(["edge", "web"]);
  });

  it("are refuted, with the second leg named, where the balancer gets to no target", () => {
    const app = synthApp((root) => site(root, [], "raw"));
    expect(app.error?.message).toContain("aws_security_group.Firewall_E7948B04");
    expect(app.error?.message).toMatch(/egress|outbound/);
  });
});
