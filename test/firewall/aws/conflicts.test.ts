import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { EdgeRanges, Listener } from "originproof";
import {
  EdgePrefixList,
  EdgeRoutes,
  type GroupRulesProps,
  OriginNetworkAcl,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";
import { synthApp } from "../../support/synth";
import { firewallIn, groupIn, IPV4, SUBNETS, VPC } from "./support";

const LITERAL = "sg-0123456789abcdef0";
const TABLE = "rtb-0123456789abcdef0";
const gatewayId = "igw-0123456789abcdef0";

function stackIn(scope: Construct, id = "shop", region = "eu-west-1"): TerraformStack {
  const stack = new TerraformStack(scope, id);
  new AwsProvider(stack, "Aws", { region });
  return stack;
}

function adopt(stack: TerraformStack, id: string, group: SecurityGroup, props = {}) {
  const listeners = [Listener.https()];
  return OriginSecurityGroup.adopt(stack, id, { securityGroup: group, listeners, ...props });
}

function byId(
  stack: TerraformStack,
  id: string,
  securityGroupId = LITERAL,
  props: Partial<GroupRulesProps> = {},
) {
  const listeners = [Listener.https()];
  return OriginSecurityGroup.fromSecurityGroupId(stack, id, {
    securityGroupId,
    listeners,
    ...props,
  });
}

/** The lines of what a synth of one stack was refused for. */
function problems(build: (stack: TerraformStack) => unknown): readonly string[] {
  return problemsOf(synthApp((app) => void build(stackIn(app))).error);
}

function problemsOf(error: Error | undefined): readonly string[] {
  return (error?.message ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith("["));
}

describe("two constructs on one security group", () => {
  const twice = (thing: string) =>
    `[shop] ${thing} gets inbound tcp/443 from 103.21.244.0/22 and 21 more twice, from shop/A and ` +
    "from shop/B, and AWS takes it once; take the rules from one of the two";

  it("are refused for rules of equal content, once for each pair", () => {
    expect(
      problems((stack) => {
        const group = groupIn(stack);
        adopt(stack, "A", group);
        adopt(stack, "B", group);
      }),
    ).toEqual([twice("aws_security_group.Existing")]);
  });

  it("are found by a literal id, by a variable, by a data source and by an import", () => {
    const named: readonly [string, (stack: TerraformStack) => readonly [string, string]][] = [
      [LITERAL, () => [LITERAL, LITERAL]],
      [
        "var.group",
        (stack) => {
          const variable = new TerraformVariable(stack, "group", {});
          return [variable.stringValue, "${var.group}"];
        },
      ],
      [
        "data.aws_security_group.Found",
        (stack) => {
          const found = new DataAwsSecurityGroup(stack, "Found", { name: "web" });
          return [found.id, found.id];
        },
      ],
      [
        LITERAL,
        (stack) => {
          const group = groupIn(stack);
          group.importFrom(LITERAL);
          return [group.id, LITERAL];
        },
      ],
    ];
    for (const [thing, ids] of named) {
      const found = problems((stack) => {
        const [one, other] = ids(stack);
        byId(stack, "A", one);
        byId(stack, "B", other);
      });
      expect(found).toEqual([twice(thing)]);
    }
  });

  it("are found across stacks, and told once", () => {
    const app = synthApp((root) => {
      const first = stackIn(root, "first");
      const group = groupIn(first);
      adopt(first, "A", group);
      byId(stackIn(root, "second"), "B", group.id);
    });
    expect(problemsOf(app.error)).toEqual([
      expect.stringContaining(
        "[second] aws_security_group.Existing gets inbound tcp/443 from 103.21.244.0/22 and 21 " +
          "more twice, from first/A and from second/B",
      ),
    ]);
  });

  it("are told apart from groups of the same name in two stacks", () => {
    const app = synthApp((root) => {
      for (const id of ["first", "second"]) {
        const stack = stackIn(root, id);
        adopt(stack, "A", groupIn(stack));
      }
    });
    expect(app.error).toBeUndefined();
  });

  it("sum their rules against the quota, with the arithmetic", () => {
    const build = (stack: TerraformStack, props: Partial<GroupRulesProps> = {}) => {
      const group = groupIn(stack);
      adopt(stack, "A", group, {
        listeners: [443, 2053].map((port) => Listener.https(port as 443)),
      });
      const listeners = [2083, 2087, 2096].map((port) => Listener.https(port as 443));
      adopt(stack, "B", group, { listeners, ...props });
    };
    expect(problems(build)).toEqual([
      "[shop] aws_security_group.Existing gets 30 of shop/A + 45 of shop/B = 75 inbound rules of " +
        "IPv4, more than the 60 of one family that AWS allows in a security group; give each a " +
        "group of its own, or set 'ruleQuota' to your account's quota",
    ]);
    expect(problems((stack) => build(stack, { ruleQuota: 80 }))).toEqual([]);
  });

  it("sum prefix lists as what they have room for, whoever keeps them", () => {
    const found = problems((stack) => {
      const ours = new EdgePrefixList(stack, "Edge");
      const theirs = EdgePrefixList.fromPrefixListAttributes(stack, "Other", {
        ipv4: { id: "pl-0123456789abcdef0", maxEntries: 50 },
      });
      const group = groupIn(stack);
      adopt(stack, "A", group, { prefixList: ours });
      adopt(stack, "B", group, { prefixList: theirs });
    });
    expect(found).toEqual([
      expect.stringContaining("20 of shop/A + 50 of shop/B = 70 inbound rules of IPv4"),
    ]);
  });

  it("count the way out to targets, and rules that the app makes itself", () => {
    const found = problems((stack) => {
      const from = firewallIn(stack, { egress: [], ruleQuota: 22 });
      new TargetSecurityGroup(stack, "Targets", {
        vpcId: VPC,
        from,
        ports: Array.from({ length: 23 }, (_, index) => 8000 + index),
      });
      for (const port of Array.from({ length: 8 }, (_, index) => index + 1)) {
        new VpcSecurityGroupIngressRule(stack, `Own${port}`, {
          securityGroupId: from.securityGroupId,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: "192.0.2.0/24",
        });
      }
    });
    expect(found).toHaveLength(3);
    expect(found[0]).toContain(
      "15 of shop/Firewall + 8 made by the app = 23 inbound rules of IPv4",
    );
    expect(found[1]).toContain("23 of shop/Targets = 23 outbound rules of IPv4");
    expect(found[2]).toContain("23 of shop/Targets = 23 outbound rules of IPv6");
  });

  it("see a raw rule that is there already, whatever its spelling", () => {
    const found = problems((stack) => {
      const firewall = firewallIn(stack);
      new VpcSecurityGroupIngressRule(stack, "Own", {
        securityGroupId: firewall.securityGroupId,
        ipProtocol: "6",
        fromPort: 443,
        toPort: 443,
        cidrIpv6: "2400:CB00:0::/32",
      });
    });
    expect(found).toEqual([
      expect.stringContaining(
        "gets inbound tcp/443 from 2400:cb00::/32 twice, from shop/Firewall and from shop/Own",
      ),
    ]);
  });
});

describe("a rule in the older form", () => {
  it("is found where it repeats the library's, and counts", () => {
    const found = problems((stack) => {
      const firewall = firewallIn(stack, { ruleQuota: 17 });
      new SecurityGroupRule(stack, "Own", {
        securityGroupId: firewall.securityGroupId,
        type: "ingress",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["192.0.2.0/24", IPV4[1] ?? "", "198.51.100.0/24", "203.0.113.0/24"],
      });
    });
    expect(found).toEqual([
      expect.stringContaining(`inbound tcp/443 from ${IPV4[1]} twice, from shop/Firewall and from`),
      expect.stringContaining("= 18 inbound rules of IPv4, more than the 17 of one family"),
    ]);
  });
});

describe("inline rules that come later", () => {
  const rule = { from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["192.0.2.7/32"] };

  it.each<[string, (group: SecurityGroup) => void]>([
    ["a setter", (group) => group.putIngress([{ fromPort: 22, toPort: 22, protocol: "tcp" }])],
    ["an override", (group) => group.addOverride("ingress", [rule])],
    [
      "dynamic blocks",
      (group) => group.addOverride("dynamic.ingress", { for_each: [], content: rule }),
    ],
  ])("by %s are one error, for an adopted group and for our own", (_, add) => {
    const message = (group: string) =>
      `[shop] ${group} has inline ingress rules, which at each apply take away every other, those ` +
      "of shop/A too; make each a VpcSecurityGroupIngressRule";
    const adopted = problems((stack) => {
      const group = groupIn(stack);
      adopt(stack, "A", group);
      add(group);
    });
    expect(adopted).toEqual([message("aws_security_group.Existing")]);
    const own = problems((stack) => {
      const group = firewallIn(stack, {}, "A").node.findChild("Resource");
      add(group as SecurityGroup);
    });
    expect(own).toEqual([message("aws_security_group.A_CCC8ACD5")]);
  });

  it("of the way out matter only beside the library's own", () => {
    const build = (stack: TerraformStack, egress: [] | undefined) => {
      const props = egress === undefined ? {} : { egress };
      const group = firewallIn(stack, props).node.findChild("Resource") as SecurityGroup;
      group.putEgress([{ fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }]);
    };
    expect(problems((stack) => build(stack, []))).toEqual([]);
    expect(problems((stack) => build(stack, undefined))).toEqual([
      expect.stringContaining("has inline egress rules"),
    ]);
  });
});

describe("a prefix list of another region", () => {
  const message =
    "is in us-east-1, and shop/Firewall names it in eu-west-1, where AWS doesn't find it; make an " +
    "EdgePrefixList in each region";

  it("is refused where a provider with an alias made it", () => {
    const found = problems((stack) => {
      const provider = new AwsProvider(stack, "Us", { alias: "us", region: "us-east-1" });
      firewallIn(stack, { prefixList: new EdgePrefixList(stack, "Edge", { provider }) });
    });
    expect(found).toEqual([`[shop] the prefix list of shop/Edge ${message}`]);
  });

  it("is refused across stacks, and by the region of the resource", () => {
    const app = synthApp((root) => {
      const prefixList = new EdgePrefixList(stackIn(root, "network", "us-east-1"), "Edge");
      firewallIn(stackIn(root), { prefixList });
    });
    expect(problemsOf(app.error)).toEqual([expect.stringContaining(message)]);
    const found = problems((stack) => {
      const prefixList = new EdgePrefixList(stack, "Edge");
      for (const { node } of [prefixList]) {
        for (const list of node.children) {
          Object.assign(list, { region: "us-east-1" });
        }
      }
      firewallIn(stack, { prefixList });
    });
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it("is left alone where a region is the same or can't be told", () => {
    const regions = [
      () => "eu-west-1",
      (stack: TerraformStack) => new TerraformVariable(stack, "region", {}).stringValue,
    ];
    for (const region of regions) {
      const found = problems((stack) => {
        const provider = new AwsProvider(stack, "Us", { alias: "us", region: region(stack) });
        firewallIn(stack, { prefixList: new EdgePrefixList(stack, "Edge", { provider }) });
      });
      expect(found).toEqual([]);
    }
  });
});

describe("two filters of one subnet", () => {
  const listeners = [Listener.https()];

  it("are refused for a network ACL, by a subnet's id and by its resource", () => {
    for (const name of ["literal", "resource"] as const) {
      const found = problems((stack) => {
        const web = new Subnet(stack, "Web", { vpcId: VPC, cidrBlock: "10.0.0.0/24" });
        const subnets = name === "literal" ? SUBNETS.slice(0, 1) : [web];
        new OriginNetworkAcl(stack, "A", { vpcId: VPC, subnets, listeners });
        new OriginNetworkAcl(stack, "B", { vpcId: VPC, subnets, listeners });
      });
      const thing = name === "literal" ? SUBNETS[0] : "aws_subnet.Web";
      expect(found).toEqual([
        `[shop] ${thing} gets a network ACL twice, from shop/A and from shop/B, and AWS takes it ` +
          "once; give the subnet to one of the two",
      ]);
    }
  });

  it("are refused where the app binds one itself", () => {
    const found = problems((stack) => {
      new OriginNetworkAcl(stack, "A", { vpcId: VPC, subnets: SUBNETS, listeners });
      const networkAclId = "acl-0123456789abcdef0";
      new NetworkAclAssociation(stack, "Own", { networkAclId, subnetId: SUBNETS[1] ?? "" });
    });
    expect(found).toEqual([expect.stringContaining("from shop/A and from shop/Own")]);
  });

  it("are refused for routes of one table to one range, and not to others", () => {
    const build = (stack: TerraformStack, ranges: EdgeRanges) => {
      const routeTable = new RouteTable(stack, "Table", { vpcId: VPC });
      new EdgeRoutes(stack, "A", { routeTable, gatewayId, ranges: EdgeRanges.of(IPV4) });
      new EdgeRoutes(stack, "B", { routeTable: routeTable.id, gatewayId, ranges });
    };
    expect(problems((stack) => build(stack, EdgeRanges.pinned()))).toEqual([
      "[shop] aws_route_table.Table gets a route to 103.21.244.0/22 and 14 more twice, from shop/A " +
        "and from shop/B, and AWS takes it once; take the routes from one of the two",
    ]);
    expect(problems((stack) => build(stack, EdgeRanges.of(["2400:cb00::/32"])))).toEqual([]);
  });

  it("are refused for a route that the app has already", () => {
    const found = problems((stack) => {
      new EdgeRoutes(stack, "A", { routeTable: TABLE, gatewayId });
      const destinationCidrBlock = IPV4[0] ?? "";
      new Route(stack, "Own", { routeTableId: TABLE, destinationCidrBlock, gatewayId });
    });
    expect(found).toEqual([expect.stringContaining(`${TABLE} gets a route to ${IPV4[0]} twice`)]);
  });
});
