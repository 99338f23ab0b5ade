import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import {
  EdgeRoutes,
  type EdgeRoutesProps,
  InstanceOrigin,
  OriginNetworkAcl,
  type OriginNetworkAclProps,
} from "originproof/aws";
import { type Block, ofType, only, pick, synthStack } from "../../support/synth";
import { expectGolden, firewallIn, IPV4, IPV6, instanceIn, refusal, SUBNETS, VPC } from "./support";

const RULE = "aws_network_acl_rule";
const ALL = [...IPV4, ...IPV6];

function aclIn(stack: TerraformStack, props: Partial<OriginNetworkAclProps> = {}) {
  const listeners = [Listener.https()];
  return new OriginNetworkAcl(stack, "Acl", { vpcId: VPC, subnets: SUBNETS, listeners, ...props });
}

function routesIn(stack: TerraformStack, props: Partial<EdgeRoutesProps> = {}) {
  const gatewayId = "igw-0123456789abcdef0";
  return new EdgeRoutes(stack, "Routes", {
    routeTable: "rtb-0123456789abcdef0",
    gatewayId,
    ...props,
  });
}

describe("OriginNetworkAcl", () => {
  it("writes the golden file by default", () => {
    expectGolden(
      "origin-network-acl",
      synthStack((stack) => aclIn(stack)),
    );
  });

  it("stays within 20 rules of a direction and family with one port", () => {
    const rules = ofType(
      synthStack((stack) => aclIn(stack)),
      RULE,
    );
    const inbound = rules.filter(({ egress }) => egress === undefined);
    expect(inbound.filter(({ cidr_block }) => cidr_block !== undefined)).toHaveLength(17);
    expect(inbound.filter(({ ipv6_cidr_block }) => ipv6_cidr_block !== undefined)).toHaveLength(9);
    expect(rules.filter(({ egress }) => egress === true)).toHaveLength(2);
  });

  it("numbers the rules of a direction apart, from 1 to 32766", () => {
    const listeners = [Listener.https(), Listener.http()];
    const rules = ofType(
      synthStack((stack) => aclIn(stack, { listeners, ruleQuota: 40 })),
      RULE,
    );
    for (const direction of [undefined, true]) {
      const own = rules.filter(({ egress }) => egress === direction);
      const numbers = own.map(({ rule_number }) => Number(rule_number));
      expect(new Set(numbers).size).toBe(own.length);
      expect(Math.min(...numbers)).toBeGreaterThan(0);
      expect(Math.max(...numbers)).toBeLessThan(32_767);
    }
  });

  it("moves no rule when ranges and listeners come and go in any order", () => {
    const ports = [443, 8443] as const;
    const listenersOf = (some: readonly (typeof ports)[number][]) =>
      some.map((port) => Listener.https(port));
    const synth = (props: Partial<OriginNetworkAclProps>) =>
      pick(
        synthStack((stack) => aclIn(stack, { ruleQuota: 40, ...props })),
        RULE,
      );
    const whole = synth({ listeners: listenersOf(ports) });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...ports], { minLength: 1 }),
        fc.shuffledSubarray(ALL, { minLength: 1 }),
        (some, cidrs) => {
          const props = { listeners: listenersOf(some), ranges: EdgeRanges.of(cidrs) };
          for (const [address, block] of Object.entries(synth(props))) {
            expect(whole[address]).toEqual(block);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("puts subnets behind it once the rules are there, by ids that come from the subnets", () => {
    const resources = synthStack((stack) => {
      const web = new Subnet(stack, "Web", { vpcId: VPC, cidrBlock: "10.0.0.0/24" });
      aclIn(stack, { subnets: [web, "subnet-0123456789abcdef0"] });
    });
    const associations = pick(resources, "aws_network_acl_association");
    expect(Object.keys(associations).map((address) => address.split("_").at(-2))).toEqual([
      expect.stringContaining("Subnet-Web"),
      expect.stringContaining("Subnet-subnet-0123456789abcdef0"),
    ]);
    const [ready] = Object.keys(pick(resources, "terraform_data"));
    for (const { depends_on } of Object.values(associations)) {
      expect(depends_on).toEqual([ready]);
    }
  });

  it("takes exceptions, and no answers where the subnets open no connection", () => {
    const rules = ofType(
      synthStack((stack) =>
        aclIn(stack, {
          allowReturnTraffic: false,
          exceptions: [{ cidr: "192.0.2.7/32", ports: [22], reason: "administration" }],
        }),
      ),
      RULE,
    );
    const ports = (block: Block) => block.from_port;
    expect(new Set(rules.map(ports))).toEqual(new Set([443, 22, undefined]));
  });

  it("has records wait for the rules and the subnets", () => {
    const resources = synthStack((stack) => {
      const networkAcls = [aclIn(stack)];
      const firewalls = [firewallIn(stack)];
      const instance = instanceIn(stack);
      const shared = { instance, firewalls, ephemeralAddress: true };
      const routes = [routesIn(stack)];
      const origin = new InstanceOrigin(stack, "Origin", { ...shared, networkAcls, routes });
      const accountId = "0123456789abcdef0123456789abcdef";
      const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
      new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
    });
    const wanted = Object.keys(pick(resources, "terraform_data", "aws_network_acl_association"));
    expect(wanted).toHaveLength(5);
    expect(only(resources, "cloudflare_dns_record").depends_on).toEqual(
      expect.arrayContaining(wanted),
    );
  });

  it("refuses more rules than AWS allows, with the arithmetic", () => {
    const listeners = [Listener.https(), Listener.http()];
    expect(refusal((stack) => aclIn(stack, { listeners }))).toMatchObject({
      code: "acl-quota-exceeded",
      message:
        "[shop/Acl] 'listeners' has 2 ports, and 2 × 15 IPv4 ranges + 2 for answers and " +
        "exceptions + 1 final deny = 33 inbound rules, more than the 20 of one family that AWS " +
        "allows in a network ACL; have AWS raise the quota, which can be 40 at most, and set " +
        "'ruleQuota'",
    });
  });

  it("says that no quota helps where AWS allows none", () => {
    const listeners = [Listener.https(), Listener.http(), Listener.https(8443)];
    expect(refusal((stack) => aclIn(stack, { listeners, ruleQuota: 40 }))).toMatchObject({
      code: "acl-quota-exceeded",
      message: expect.stringContaining("more than AWS ever allows (40): use fewer listeners"),
    });
  });

  it.each<[string, Partial<OriginNetworkAclProps>, string]>([
    ["no listener", { listeners: [] }, "no-listener"],
    ["no subnet", { subnets: [] }, "no-subnet"],
    ["a subnet twice", { subnets: [SUBNETS[0] ?? "", SUBNETS[0] ?? ""] }, "duplicate-subnet"],
    ["a quota that AWS doesn't give", { ruleQuota: 41 }, "invalid-limit"],
  ])("refuses %s", (_, props, code) => {
    expect(refusal((stack) => aclIn(stack, props))).toMatchObject({ code });
  });

  it("refuses a token for a subnet's id, of which no state address can be made", () => {
    const error = refusal((stack) => {
      const subnet = new TerraformVariable(stack, "subnet", {}).stringValue;
      return aclIn(stack, { subnets: [subnet] });
    });
    expect(error).toMatchObject({ code: "token-for-literal" });
  });
});

describe("EdgeRoutes", () => {
  it("writes the golden file by default", () => {
    expectGolden(
      "edge-routes",
      synthStack((stack) => routesIn(stack)),
    );
  });

  it("sends answers to each range through the gateway, whatever broader routes say", () => {
    const resources = synthStack((stack) =>
      routesIn(stack, {
        routeTable: new RouteTable(stack, "Table", { vpcId: VPC }),
        routeQuota: 60,
      }),
    );
    const routes = ofType(resources, "aws_route");
    const destinations = routes.map(
      (route) => route.destination_cidr_block ?? route.destination_ipv6_cidr_block,
    );
    expect(new Set(destinations)).toEqual(new Set(ALL));
    expect(new Set(routes.map(({ route_table_id }) => route_table_id))).toEqual(
      new Set(["${aws_route_table.Table.id}"]),
    );
  });

  it("refuses inline routes, which would fight these", () => {
    const error = refusal((stack) => {
      const route = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-01" }];
      const routeTable = new RouteTable(stack, "Table", { vpcId: VPC, route });
      return routesIn(stack, { routeTable });
    });
    expect(error).toMatchObject({ code: "inline-routes" });
  });

  it("refuses more routes than AWS allows, and a quota that is none", () => {
    expect(refusal((stack) => routesIn(stack, { routeQuota: 14 }))).toMatchObject({
      code: "route-quota-exceeded",
      message:
        "[shop/Routes] 'ranges' has 15 ranges of IPv4, more than the 14 routes of one family that " +
        "AWS allows in a route table; use fewer and wider ranges, or set 'routeQuota' to your " +
        "account's quota",
    });
    expect(refusal((stack) => routesIn(stack, { routeQuota: 0 }))).toMatchObject({
      code: "invalid-limit",
    });
  });
});
