import fc from "fast-check";
import { EdgeRanges, Listener } from "originproof";
import { Egress, OriginSecurityGroup, type OriginSecurityGroupProps } from "originproof/aws";
import { errorOf, ofType, only, pick, type Resources, synthStack } from "../../support/synth";
import golden from "./golden/origin-security-group.json";

const RULE = "aws_vpc_security_group_ingress_rule";
const ALL = [...EdgeRanges.pinned().cidrs(4), ...EdgeRanges.pinned().cidrs(6)];
const PORTS: HttpsPort[] = [443, 2053, 2083, 8443];

type HttpsPort = NonNullable<Parameters<typeof Listener.https>[0]>;

function synth(props: Partial<OriginSecurityGroupProps> = {}): Resources {
  return synthStack((stack) => {
    const vpcId = "vpc-0123456789abcdef0";
    new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners: [Listener.https()], ...props });
  });
}

function listenersOf(ports: readonly HttpsPort[]): readonly Listener[] {
  return ports.map((port) => Listener.https(port));
}

describe("OriginSecurityGroup", () => {
  it("writes the golden file by default", () => {
    expect(synth()).toEqual(golden);
  });

  it("admits each range on each port by a rule of its own", () => {
    const rules = ofType(synth({ listeners: listenersOf([443, 8443]) }), RULE);
    expect(rules).toHaveLength(2 * ALL.length);
    for (const rule of rules) {
      expect(rule.from_port).toBe(rule.to_port);
      expect(rule.ip_protocol).toBe("tcp");
    }
    const sources = rules.map(({ cidr_ipv4, cidr_ipv6, from_port }) => [
      cidr_ipv4 ?? cidr_ipv6,
      from_port,
    ]);
    expect(sources).toEqual(
      expect.arrayContaining(ALL.flatMap((cidr) => [443, 8443].map((port) => [cidr, port]))),
    );
  });

  it("makes every rule before it destroys one", () => {
    const blocks = pick(synth(), "aws_security_group", RULE, "aws_vpc_security_group_egress_rule");
    for (const block of Object.values(blocks)) {
      expect(block.lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  it("puts the gate after every rule", () => {
    const resources = synth({ listeners: listenersOf(PORTS) });
    const rules = Object.keys(pick(resources, RULE, "aws_vpc_security_group_egress_rule"));
    const { depends_on } = only(resources, "terraform_data");
    expect([...(depends_on as string[])].sort()).toEqual(rules.sort());
  });

  it("changes the gate's input, a string, with the set of rules and with nothing else", () => {
    const input = (props: Partial<OriginSecurityGroupProps>) =>
      only(synth(props), "terraform_data").input;
    const whole = input({});
    expect(whole).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(input({ namePrefix: "web-", ranges: EdgeRanges.of([...ALL].reverse()) })).toBe(whole);
    expect(input({ ranges: EdgeRanges.of(ALL.slice(1)) })).not.toBe(whole);
    expect(input({ listeners: listenersOf([8443]) })).not.toBe(whole);
  });

  it("adds rules and touches no other when a range or a listener is added, in any order", () => {
    const whole = pick(synth({ listeners: listenersOf(PORTS) }), RULE, "aws_security_group");
    fc.assert(
      fc.property(
        fc.shuffledSubarray(PORTS, { minLength: 1 }),
        fc.shuffledSubarray(ALL, { minLength: 1 }),
        (ports, cidrs) => {
          const props = { listeners: listenersOf(ports), ranges: EdgeRanges.of(cidrs) };
          const some = pick(synth(props), RULE, "aws_security_group");
          expect(Object.keys(some)).toHaveLength(ports.length * cidrs.length + 1);
          for (const [address, block] of Object.entries(some)) {
            expect(whole[address]).toEqual(block);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("writes the same, byte for byte, whatever the order of ranges and listeners", () => {
    const listeners = listenersOf(PORTS);
    const turned = {
      listeners: [...listeners].reverse(),
      ranges: EdgeRanges.of([...ALL].reverse()),
    };
    expect(JSON.stringify(synth(turned))).toBe(JSON.stringify(synth({ listeners })));
  });

  it("opens a port given twice once", () => {
    expect(synth({ listeners: listenersOf([443, 443]) })).toEqual(synth());
  });

  it("lets the origin out by default, in both families, and not when told", () => {
    const egress = (props: Partial<OriginSecurityGroupProps>) =>
      ofType(synth(props), "aws_vpc_security_group_egress_rule").map(
        ({ cidr_ipv4, cidr_ipv6, ip_protocol }) => [cidr_ipv4 ?? cidr_ipv6, ip_protocol],
      );
    expect(egress({})).toEqual([
      ["0.0.0.0/0", "-1"],
      ["::/0", "-1"],
    ]);
    expect(egress({ egress: [] })).toEqual([]);
    expect(egress({ egress: [Egress.tcp("192.0.2.0/24", 5432), Egress.everywhere()] })).toEqual([
      ["192.0.2.0/24", "tcp"],
      ["0.0.0.0/0", "-1"],
      ["::/0", "-1"],
    ]);
  });

  it("writes text that AWS accepts as descriptions", () => {
    const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
    for (const { description } of Object.values(pick(synth(), RULE, "aws_security_group"))) {
      expect(description).toMatch(allowed);
    }
  });

  it("takes a prefix for its name and escapes it", () => {
    const { name_prefix } = only(synth({ namePrefix: "web-%{x}" }), "aws_security_group");
    expect(name_prefix).toBe("web-%%{x}");
  });

  it("refuses an empty list of listeners", () => {
    expect(errorOf(() => synth({ listeners: [] }))).toMatchObject({
      code: "no-listener",
      constructPath: "shop/Firewall",
      message: "[shop/Firewall] 'listeners' is empty; give at least one, such as Listener.https()",
    });
  });

  it("refuses more rules than AWS allows, with the arithmetic", () => {
    const listeners = listenersOf([...PORTS, 2087]);
    expect(errorOf(() => synth({ listeners }))).toMatchObject({
      code: "rule-quota-exceeded",
      message:
        "[shop/Firewall] 'listeners' has 5 ports, and 5 ports × 15 IPv4 ranges = 75 inbound " +
        "rules, more than the 60 of one family that AWS allows in a security group; use at most " +
        "4 ports in one group, set 'split' to true, or set 'ruleQuota' to your account's quota",
    });
    expect(ofType(synth({ listeners, ruleQuota: 75 }), RULE)).toHaveLength(5 * 22);
  });

  it("counts families apart", () => {
    expect(ofType(synth({ listeners: listenersOf(PORTS) }), RULE)).toHaveLength(4 * 22);
  });

  it("refuses a quota that is none", () => {
    expect(errorOf(() => synth({ ruleQuota: 0 }))).toMatchObject({
      code: "invalid-limit",
      message:
        "[shop/Firewall] 'ruleQuota' is 0; give a whole number from 1 to 1000, the most that AWS allows",
    });
  });
});
