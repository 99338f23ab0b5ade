import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import fc from "fast-check";
import { Listener } from "originproof";
import {
  Egress,
  type FirewallException,
  InstanceOrigin,
  OriginSecurityGroup,
  type OriginSecurityGroupProps,
} from "originproof/aws";
import { weakeningsOf } from "../../../lib/synth/weakening";
import { ofType, only, pick, type Resources, resourcesOf, synthStack } from "../../support/synth";
import {
  expectGolden,
  firewallIn,
  groupIn,
  IPV4,
  instanceIn,
  refusal,
  VPC,
  warningsOf,
} from "./support";

const RULE = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";
const HTTPS = [443, 2053, 2083, 2087, 2096, 8443] as const;
const HTTP = [80, 2052, 2082, 2086, 2095, 8080, 8880] as const;
const EVERY = [...HTTPS.map((port) => Listener.https(port)), ...HTTP.map((p) => Listener.http(p))];
const OFFICE: FirewallException = {
  cidr: "192.0.2.7/32",
  ports: [22],
  reason: "administration from the office",
  expires: "2099-06-30",
};

function synth(props: Partial<OriginSecurityGroupProps>): Resources {
  return synthStack((stack) => firewallIn(stack, props));
}

describe("split", () => {
  it("takes every port that Cloudflare proxies in five groups of AWS's default quota", () => {
    const resources = synth({ listeners: EVERY, split: true });
    expect(ofType(resources, "aws_security_group")).toHaveLength(5);
    const sizes = new Map<unknown, number>();
    for (const { security_group_id, cidr_ipv4 } of ofType(resources, RULE)) {
      const more = cidr_ipv4 === undefined ? 0 : 1;
      sizes.set(security_group_id, (sizes.get(security_group_id) ?? 0) + more);
    }
    expect(Math.max(...sizes.values())).toBe(45);
  });

  it("puts all groups on the instance", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const additionalSecurityGroupIds = ["sg-0123456789abcdef0"];
    const instance = instanceIn(stack);
    const firewall = firewallIn(stack, {
      listeners: EVERY,
      split: true,
      additionalSecurityGroupIds,
    });
    new InstanceOrigin(stack, "Origin", {
      instance,
      ephemeralAddress: true,
      firewalls: [firewall],
    });
    expect(only(resourcesOf(stack), "aws_instance").vpc_security_group_ids).toHaveLength(6);
  });

  it("moves no rule when listeners come and go in any order", () => {
    const whole = pick(
      synth({ listeners: EVERY, split: true }),
      RULE,
      "aws_security_group",
      EGRESS,
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(EVERY, { minLength: 1 }), (listeners) => {
        const some = pick(synth({ listeners, split: true }), RULE, "aws_security_group", EGRESS);
        expect(whole).toMatchObject(some);
      }),
      { numRuns: 25 },
    );
  });
});

describe("exceptions", () => {
  it("are rules of their own, declared for every report", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const firewall = firewallIn(stack, { exceptions: [OFFICE] });
    const rules = ofType(resourcesOf(stack), RULE);
    expect(rules.filter(({ from_port }) => from_port === 22)).toMatchObject([
      { cidr_ipv4: "192.0.2.7/32", to_port: 22, ip_protocol: "tcp" },
    ]);
    expect(weakeningsOf(firewall)).toMatchObject([{ kind: "exception", ...OFFICE }]);
  });

  it("count against the quota", () => {
    const listeners = HTTPS.slice(0, 4).map((port) => Listener.https(port));
    expect(
      refusal((stack) => firewallIn(stack, { listeners, exceptions: [OFFICE] })),
    ).toMatchObject({
      code: "rule-quota-exceeded",
      message: expect.stringContaining("4 ports × 15 IPv4 ranges + 1 exception = 61 inbound rules"),
    });
  });

  it.each<[string, FirewallException[], string]>([
    ["the world", [{ ...OFFICE, cidr: "0.0.0.0/0" }], "wide-exception"],
    ["half of the world", [{ ...OFFICE, cidr: "128.0.0.0/1" }], "wide-exception"],
    ["the world of IPv6", [{ ...OFFICE, cidr: "::/0" }], "wide-exception"],
    ["a part of the internet", [{ ...OFFICE, cidr: "192.0.0.0/7" }], "wide-exception"],
    ["a part of IPv6", [{ ...OFFICE, cidr: "2000::/15" }], "wide-exception"],
    ["a range with host bits", [{ ...OFFICE, cidr: "192.0.2.7/24" }], "invalid-cidr"],
    ["a port that is none", [{ ...OFFICE, ports: [0] }], "invalid-port"],
    ["no port", [{ ...OFFICE, ports: [] }], "no-port"],
    ["an empty reason", [{ ...OFFICE, reason: " " }], "reason-missing"],
    ["a day that is none", [{ ...OFFICE, expires: "2027-02-30" }], "invalid-expiry"],
    ["the same twice", [OFFICE, { ...OFFICE, ports: [80, 22] }], "duplicate-exception"],
    [
      "a range of the edge",
      [{ ...OFFICE, cidr: IPV4[0] ?? "", ports: [443] }],
      "needless-exception",
    ],
  ])("refuse %s", (_, exceptions, code) => {
    expect(refusal((stack) => firewallIn(stack, { exceptions }))).toMatchObject({
      code,
      constructPath: "shop/Firewall",
    });
  });

  it.each(["172.16.0.0/12", "10.0.0.0/8", "fc00::/7"])("take the private range %s", (cidr) => {
    const exceptions = [{ ...OFFICE, cidr }];
    expect(() => synth({ exceptions })).not.toThrow();
  });

  it("refuse a token for a range", () => {
    const error = refusal((stack) => {
      const cidr = new TerraformVariable(stack, "office", {}).stringValue;
      return firewallIn(stack, { exceptions: [{ ...OFFICE, cidr }] });
    });
    expect(error).toMatchObject({ code: "token-for-literal" });
  });
});

describe("the quota", () => {
  it("warns where a change of ranges would have no room", () => {
    const warnings = (ports: readonly (typeof HTTPS)[number][]) => {
      const stack = new TerraformStack(Testing.app(), "shop");
      firewallIn(stack, { listeners: ports.map((port) => Listener.https(port)) });
      return warningsOf(stack);
    };
    expect(warnings([443, 2053, 2083])).toEqual([]);
    expect(warnings([443, 2053, 2083, 2087])).toEqual([
      "4 ports × 15 IPv4 ranges = 60 inbound rules of the 60 that AWS allows leave no room for a " +
        "change of ranges, which adds 4 before it removes any; set 'split' to true, or use an " +
        "EdgePrefixList",
    ]);
  });

  it("counts outbound rules too", () => {
    const egress = Array.from({ length: 3 }, (_, index) => Egress.tcp("192.0.2.0/24", index + 1));
    const error = refusal((stack) => firewallIn(stack, { egress, ruleQuota: 2 }));
    expect(error).toMatchObject({ code: "rule-quota-exceeded" });
    const fewer = { ruleQuota: 15, egress: Array(16).fill(Egress.tcp("192.0.2.0/24", 1)) };
    expect(() => synth(fewer)).not.toThrow();
  });
});

describe("adopted groups", () => {
  it("get the rules, and are locks, where the app has them", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const listeners = [Listener.https()];
    const firewall = OriginSecurityGroup.adopt(stack, "Firewall", {
      securityGroup: groupIn(stack),
      listeners,
    });
    const resources = resourcesOf(stack);
    expect(Object.keys(pick(resources, "aws_security_group"))).toEqual([
      "aws_security_group.Existing",
    ]);
    expect(new Set(ofType(resources, RULE).map((rule) => rule.security_group_id))).toEqual(
      new Set(["${aws_security_group.Existing.id}"]),
    );
    expect(pick(resources, EGRESS)).toEqual({});
    expect(firewall.securityGroupIds).toEqual([firewall.securityGroupId]);
    expect(warningsOf(stack)).toEqual([]);
  });

  it("say that they can't lock where the app has but their id", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    OriginSecurityGroup.fromSecurityGroupId(stack, "Firewall", {
      securityGroupId: "sg-0123456789abcdef0",
      listeners: [Listener.https()],
      egress: [Egress.everywhere()],
    });
    expectGolden("security-group-by-id", resourcesOf(stack));
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining("that it admits nobody but the edge can't be proved"),
    ]);
  });

  it.each(["ingress", "egress"] as const)(
    "refuse inline %s, which would fight the rules",
    (name) => {
      const error = refusal((stack) => {
        const securityGroup = groupIn(stack);
        const rule = { fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["192.0.2.0/24"] };
        securityGroup[name === "ingress" ? "putIngress" : "putEgress"]([rule]);
        return OriginSecurityGroup.adopt(stack, "Firewall", {
          securityGroup,
          listeners: [Listener.https()],
          egress: [Egress.everywhere()],
        });
      });
      expect(error).toMatchObject({
        code: "inline-rules",
        message:
          `[shop/Firewall] 'securityGroup' has inline ${name} rules, which take away every other at ` +
          `each apply; make each a VpcSecurityGroup${name === "ingress" ? "Ingress" : "Egress"}Rule`,
      });
    },
  );
});

describe("Egress", () => {
  it("refuses a port that is none and a range with host bits", () => {
    expect(refusal(() => Egress.tcp("192.0.2.0/24", 65_536))).toMatchObject({
      code: "invalid-port",
    });
    expect(refusal(() => Egress.tcp("192.0.2.1/24", 443))).toMatchObject({ code: "invalid-cidr" });
  });

  it("takes IPv6", () => {
    const resources = synthStack(
      (stack) =>
        new OriginSecurityGroup(stack, "Firewall", {
          vpcId: VPC,
          listeners: [Listener.https()],
          egress: [Egress.tcp("2001:db8::/32", 443)],
        }),
    );
    expect(only(resources, EGRESS)).toMatchObject({ cidr_ipv6: "2001:db8::/32", from_port: 443 });
  });
});

describe("exceptions together", () => {
  const among = (cidrs: readonly string[], ports: readonly number[] = [443]) =>
    refusal((stack) => {
      firewallIn(stack, {
        ruleQuota: 1000,
        exceptions: cidrs.map((cidr) => ({ cidr, ports, reason: "test" })),
      });
    });
  const eights = (count: number) => Array.from({ length: count }, (_, at) => `${at + 11}.0.0.0/8`);

  it("are refused where they are the world in parts", () => {
    expect(among(eights(5))).toMatchObject({
      code: "wide-exception",
      message:
        "[shop/Firewall] 'exceptions' together cover more of IPv4 than 4 ranges of /8, which lets in " +
        "strangers; give the ranges of those who are meant",
    });
    const sixteens = Array.from({ length: 5 }, (_, at) => `${(0x2a00 + at).toString(16)}::/16`);
    expect(among(sixteens)).toMatchObject({ code: "wide-exception" });
  });

  it("may be four of the widest on several ports, and private ranges beside them", () => {
    expect(() =>
      synth({
        ruleQuota: 1000,
        exceptions: [...eights(4), "10.0.0.0/8", "fc00::/7"].map((cidr) => ({
          cidr,
          ports: [22, 443],
          reason: "test",
        })),
      }),
    ).not.toThrow();
  });
});

describe("a quota of rules", () => {
  it.each([0, 1001, Number.NaN])("is not %p", (ruleQuota) => {
    expect(refusal((stack) => firewallIn(stack, { ruleQuota }))).toMatchObject({
      code: "invalid-limit",
    });
  });
});
