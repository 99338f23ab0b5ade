import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import {
  EdgeRoutes,
  Egress,
  type FirewallException,
  InstanceOrigin,
  OriginNetworkAcl,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";
import { type Resources, synthStack } from "../../support/synth";
import { firewallIn, groupIn, IPV4, IPV6, instanceIn, SUBNETS, VPC } from "./support";

/** Everything of a site that is a list. */
interface Lists {
  readonly listeners: readonly Listener[];
  readonly cidrs: readonly string[];
  readonly exceptions: readonly FirewallException[];
  readonly egress: readonly Egress[];
  readonly ports: readonly number[];
  readonly subnets: readonly string[];
  readonly origins: readonly string[];
  readonly firewalls: readonly string[];
}

const exception = (cidr: string, ports: readonly number[]): FirewallException => ({
  cidr,
  ports,
  reason: "administration",
});

const ALL: Lists = {
  listeners: [Listener.https(), Listener.https(8443), Listener.http()],
  cidrs: [...IPV4.slice(0, 3), ...IPV6.slice(0, 3)],
  exceptions: [exception("192.0.2.7/32", [22, 8080]), exception("2001:db8::7/128", [22])],
  egress: [Egress.tcp("192.0.2.0/24", 5432), Egress.tcp("2001:db8::/32", 443)],
  ports: [8080, 9000, 9001],
  subnets: SUBNETS,
  origins: ["Blue", "Green", "Red"],
  firewalls: ["One", "Two"],
};

/** Some of each list, in any order; at least one of each. */
const SOME: fc.Arbitrary<Lists> = fc.record({
  listeners: some(ALL.listeners),
  cidrs: some(ALL.cidrs),
  exceptions: some(ALL.exceptions),
  egress: some(ALL.egress),
  ports: some(ALL.ports),
  subnets: some(ALL.subnets),
  origins: some(ALL.origins),
  firewalls: some(ALL.firewalls),
});

/** All of each list, in any order. */
const SHUFFLED: fc.Arbitrary<Lists> = fc.record({
  listeners: shuffled(ALL.listeners),
  cidrs: shuffled(ALL.cidrs),
  exceptions: shuffled(ALL.exceptions),
  egress: shuffled(ALL.egress),
  ports: shuffled(ALL.ports),
  subnets: shuffled(ALL.subnets),
  origins: shuffled(ALL.origins),
  firewalls: shuffled(ALL.firewalls),
});

function some<T>(all: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...all], { minLength: 1 });
}

function shuffled<T>(all: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
}

function site(lists: Lists): Resources {
  return synthStack((stack) => {
    const { listeners, exceptions, egress, ports } = lists;
    const ranges = EdgeRanges.of(lists.cidrs);
    const rules = { listeners, exceptions, egress, ranges };
    const firewalls = lists.firewalls.map((id) => firewallIn(stack, { ...rules, split: true }, id));
    const securityGroup = groupIn(stack);
    const adopted = OriginSecurityGroup.adopt(stack, "Adopted", { ...rules, securityGroup });
    new TargetSecurityGroup(stack, "Targets", { vpcId: VPC, from: adopted, ports, egress });
    const acl = aclIn(stack, lists, ranges);
    const routeTable = "rtb-0123456789abcdef0";
    const gatewayId = "igw-0123456789abcdef0";
    const routes = new EdgeRoutes(stack, "Routes", { routeTable, gatewayId, ranges });
    const origins = lists.origins.map((id) => {
      const shared = { firewalls, networkAcls: [acl], routes: [routes] };
      const elasticIp = new Eip(stack, `${id}Ip`, { domain: "vpc" });
      const instance = instanceIn(stack, `${id}Web`);
      return new InstanceOrigin(stack, id, { ...shared, instance, elasticIp, ipv6: true });
    });
    InstanceOrigin.fromInstanceAttributes(stack, "Legacy", {
      networkInterfaceId: "eni-0123456789abcdef0",
      publicIp: "198.51.100.7",
      firewalls,
    });
    const accountId = "0123456789abcdef0123456789abcdef";
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins });
  });
}

function aclIn(stack: TerraformStack, lists: Lists, ranges: EdgeRanges): OriginNetworkAcl {
  const web = new Subnet(stack, "Subnet", { vpcId: VPC, cidrBlock: "10.0.0.0/24" });
  const { listeners, exceptions } = lists;
  const subnets = [...lists.subnets, web];
  return new OriginNetworkAcl(stack, "Acl", {
    vpcId: VPC,
    subnets,
    listeners,
    exceptions,
    ranges,
    ruleQuota: 40,
  });
}

/** What may follow the lists: which groups something has, and what it waits for. */
const LISTS = ["depends_on", "input", "vpc_security_group_ids"];

function own(block: Resources[string]): object {
  return Object.fromEntries(Object.entries(block).filter(([name]) => !LISTS.includes(name)));
}

describe("a site whose lists change", () => {
  const whole = site(ALL);

  it("keeps every state address, and what is there, whatever else comes and goes", () => {
    fc.assert(
      fc.property(SOME, (lists) => {
        for (const [address, block] of Object.entries(site(lists))) {
          expect([address, own(block)]).toEqual([address, own(whole[address] ?? {})]);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("plans no change when they are merely in another order, but for lists of groups", () => {
    fc.assert(
      fc.property(SHUFFLED, (lists) => {
        const turned = site(lists);
        expect(Object.keys(turned).sort()).toEqual(Object.keys(whole).sort());
        for (const [address, block] of Object.entries(turned)) {
          expect(own(block)).toEqual(own(whole[address] ?? {}));
          expect(block.input).toEqual(whole[address]?.input);
        }
      }),
      { numRuns: 15 },
    );
  });
});
