import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { EdgeRanges, Listener } from "originproof";
import { EdgePrefixList, type EdgePrefixListProps } from "originproof/aws";
import { ofType, only, pick, synthStack } from "../../support/synth";
import { expectGolden, firewallIn, IPV4, IPV6, refusal } from "./support";

const LIST = "aws_ec2_managed_prefix_list";
const RULE = "aws_vpc_security_group_ingress_rule";
const LISTENERS = [443, 2053, 2083, 8443].map((port) => Listener.https(port as 443));

function build(stack: TerraformStack, props: EdgePrefixListProps = {}): EdgePrefixList {
  return new EdgePrefixList(stack, "Edge", props);
}

describe("EdgePrefixList", () => {
  it("writes the golden file by default", () => {
    expectGolden(
      "edge-prefix-list",
      synthStack((stack) => build(stack)),
    );
  });

  it("has room for more, and takes other limits and a name", () => {
    const lists = ofType(
      synthStack((stack) =>
        build(stack, { maxEntriesIpv4: 30, maxEntriesIpv6: 12, namePrefix: "edge-%{x}" }),
      ),
      LIST,
    );
    expect(lists.map(({ name, max_entries }) => [name, max_entries])).toEqual([
      ["edge-%%{x}-ipv4", 30],
      ["edge-%%{x}-ipv6", 12],
    ]);
  });

  it("keeps every entry inline and without a description, so that a change is one call", () => {
    const lists = ofType(
      synthStack((stack) => build(stack)),
      LIST,
    );
    expect(lists.map(({ entry }) => entry)).toEqual(
      [IPV4, IPV6].map((cidrs) => cidrs.map((cidr) => ({ cidr }))),
    );
  });

  it("makes no list for a family without ranges", () => {
    const resources = synthStack((stack) => build(stack, { ranges: EdgeRanges.of(IPV4) }));
    expect(only(resources, LIST).address_family).toBe("IPv4");
  });

  it("keeps its state addresses whatever the ranges and their order", () => {
    const whole = Object.keys(synthStack((stack) => build(stack)));
    fc.assert(
      fc.property(fc.shuffledSubarray([...IPV4, ...IPV6], { minLength: 1 }), (cidrs) => {
        const some = synthStack((stack) => build(stack, { ranges: EdgeRanges.of(cidrs) }));
        expect(whole).toEqual(expect.arrayContaining(Object.keys(some)));
      }),
      { numRuns: 25 },
    );
  });

  it("takes lists that something else keeps", () => {
    const resources = synthStack((stack) => {
      const prefixList = EdgePrefixList.fromPrefixListAttributes(stack, "Edge", {
        ipv4: { id: "pl-0123456789abcdef0", maxEntries: 20 },
      });
      firewallIn(stack, { prefixList });
    });
    expect(pick(resources, LIST)).toEqual({});
    expect(only(resources, RULE).prefix_list_id).toBe("pl-0123456789abcdef0");
  });

  it.each<[string, EdgePrefixListProps, string, string]>([
    [
      "fewer entries than ranges",
      { maxEntriesIpv4: 14 },
      "too-few-entries",
      "'maxEntriesIpv4' is 14, and 'ranges' has 15 of IPv4; give at least 15, with room for more",
    ],
    [
      "no whole number of entries",
      { maxEntriesIpv6: 7.5 },
      "invalid-limit",
      "'maxEntriesIpv6' is 7.5; give a whole number from 1 to 1000",
    ],
    [
      "a name that AWS keeps for itself",
      { namePrefix: "com.amazonaws.edge" },
      "invalid-name",
      `'namePrefix' is "com.amazonaws.edge"; give 1 to 250 characters that don't begin with com.amazonaws`,
    ],
  ])("refuses %s", (_, props, code, message) => {
    expect(refusal((stack) => build(stack, props))).toMatchObject({
      code,
      message: `[shop/Edge] ${message}`,
    });
  });

  it("refuses to import no list at all", () => {
    const error = refusal((stack) => EdgePrefixList.fromPrefixListAttributes(stack, "Edge", {}));
    expect(error).toMatchObject({ code: "no-list" });
  });
});

describe("OriginSecurityGroup with prefix lists", () => {
  it("has one rule for each family and port", () => {
    const rules = ofType(
      synthStack((stack) => firewallIn(stack, { prefixList: build(stack) })),
      RULE,
    );
    expect(rules.map(({ prefix_list_id, from_port }) => [prefix_list_id, from_port])).toEqual([
      ["${aws_ec2_managed_prefix_list.Edge_Ipv4_FCF495E8.id}", 443],
      ["${aws_ec2_managed_prefix_list.Edge_Ipv6_133AADF0.id}", 443],
    ]);
  });

  it("counts the room in the list, not its entries", () => {
    const error = refusal((stack) =>
      firewallIn(stack, { prefixList: build(stack), listeners: LISTENERS }),
    );
    expect(error).toMatchObject({
      code: "rule-quota-exceeded",
      message:
        "[shop/Firewall] 'listeners' has 4 ports, and 4 ports × 20 entries that the IPv4 prefix " +
        "list has room for = 80 inbound rules, more than the 60 of one family that AWS allows in a " +
        "security group; use at most 3 ports in one group, set 'split' to true, or set " +
        "'ruleQuota' to your account's quota",
    });
  });

  it("says that two sources are one too many", () => {
    const ranges = EdgeRanges.pinned();
    const error = refusal((stack) => firewallIn(stack, { prefixList: build(stack), ranges }));
    expect(error).toMatchObject({ code: "two-sources" });
  });
});
