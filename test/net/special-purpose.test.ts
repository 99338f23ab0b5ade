import { parseAddress } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";
import {
  globallyReachable,
  isDocumentation,
  specialPurpose,
  specialPurposeBlocks,
} from "../../lib/net/special-purpose";
import { set } from "./arbitraries";

function address(text: string) {
  const parsed = parseAddress(text);
  if (!parsed.ok) {
    throw new Error(`${text} ${parsed.problem}`);
  }
  return parsed.value;
}

const NO = false;

describe("the registry", () => {
  it.each([
    ["0.0.0.0", "0.0.0.0/32", "This host on this network", "RFC 1122", NO],
    ["0.255.255.255", "0.0.0.0/8", "This network", "RFC 791", NO],
    ["10.0.0.0", "10.0.0.0/8", "Private-Use", "RFC 1918", NO],
    ["10.255.255.255", "10.0.0.0/8", "Private-Use", "RFC 1918", NO],
    ["100.127.255.255", "100.64.0.0/10", "Shared Address Space", "RFC 6598", NO],
    ["127.0.0.1", "127.0.0.0/8", "Loopback", "RFC 1122", NO],
    ["169.254.169.254", "169.254.0.0/16", "Link Local", "RFC 3927", NO],
    ["172.31.255.255", "172.16.0.0/12", "Private-Use", "RFC 1918", NO],
    ["192.0.0.7", "192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", NO],
    ["192.0.0.8", "192.0.0.8/32", "IPv4 dummy address", "RFC 7600", NO],
    ["192.0.0.9", "192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", true],
    ["192.0.0.10", "192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
    ["192.0.0.11", "192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890", NO],
    ["192.0.0.170", "192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880", NO],
    ["192.0.0.171", "192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880", NO],
    ["192.0.2.1", "192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", NO],
    ["192.31.196.1", "192.31.196.0/24", "AS112-v4", "RFC 7535", true],
    ["192.52.193.1", "192.52.193.0/24", "AMT", "RFC 7450", true],
    ["192.88.99.1", "192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", "n/a"],
    ["192.88.99.2", "192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", NO],
    ["192.168.0.1", "192.168.0.0/16", "Private-Use", "RFC 1918", NO],
    ["192.175.48.1", "192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", true],
    ["198.19.255.255", "198.18.0.0/15", "Benchmarking", "RFC 2544", NO],
    ["198.51.100.7", "198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", NO],
    ["203.0.113.7", "203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", NO],
    ["239.255.255.255", "224.0.0.0/4", "Multicast", "RFC 5771", NO],
    ["255.255.255.254", "240.0.0.0/4", "Reserved", "RFC 1112", NO],
    ["255.255.255.255", "255.255.255.255/32", "Limited Broadcast", "RFC 919", NO],
    ["::", "::/128", "Unspecified Address", "RFC 4291", NO],
    ["::1", "::1/128", "Loopback Address", "RFC 4291", NO],
    ["::ffff:0.0.0.0", "::ffff:0.0.0.0/96", "IPv4-mapped Address", "RFC 4291", NO],
    ["::ffff:255.255.255.255", "::ffff:0.0.0.0/96", "IPv4-mapped Address", "RFC 4291", NO],
    ["64:ff9b::c000:201", "64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", true],
    ["64:ff9b:1::1", "64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215", NO],
    ["100::1", "100::/64", "Discard-Only Address Block", "RFC 6666", NO],
    ["100:0:0:1::1", "100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", NO],
    ["2001:0:1::", "2001::/32", "TEREDO", "RFC 4380", "n/a"],
    ["2001:1::", "2001::/23", "IETF Protocol Assignments", "RFC 2928", NO],
    ["2001:1::1", "2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", true],
    ["2001:1::2", "2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
    [
      "2001:1::3",
      "2001:1::3/128",
      "DNS-SD Service Registration Protocol Anycast",
      "RFC 9665",
      true,
    ],
    ["2001:2::1", "2001:2::/48", "Benchmarking", "RFC 5180", NO],
    ["2001:3::1", "2001:3::/32", "AMT", "RFC 7450", true],
    ["2001:4:112::1", "2001:4:112::/48", "AS112-v6", "RFC 7535", true],
    ["2001:1f::1", "2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", "n/a"],
    ["2001:20::1", "2001:20::/28", "ORCHIDv2", "RFC 7343", true],
    [
      "2001:3f::1",
      "2001:30::/28",
      "Drone Remote ID Protocol Entity Tags (DETs) Prefix",
      "RFC 9374",
      true,
    ],
    ["2001:db8::1", "2001:db8::/32", "Documentation", "RFC 3849", NO],
    ["2002:c000:201::1", "2002::/16", "6to4", "RFC 3056", "n/a"],
    ["2620:4f:8000::1", "2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", true],
    ["3fff:fff::1", "3fff::/20", "Documentation", "RFC 9637", NO],
    ["5f00::1", "5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", NO],
    ["fdff::1", "fc00::/7", "Unique-Local", "RFC 4193", NO],
    ["febf::1", "fe80::/10", "Link-Local Unicast", "RFC 4291", NO],
    ["fec0::1", "fec0::/10", "Deprecated (Site-Local Unicast)", "RFC 3879", NO],
    ["ff02::1", "ff00::/8", "Multicast", "RFC 4291", NO],
  ] as const)("says of %s: %s, %s (%s)", (text, cidr, name, rfc, reach) => {
    const found = specialPurpose(address(text));
    expect(found).toEqual({
      name,
      rfc,
      globallyReachable: reach,
      cidr: expect.objectContaining({ text: cidr }),
    });
  });

  it.each([
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "172.64.0.1",
    "192.0.1.0",
    "192.0.3.0",
    "198.17.255.255",
    "198.20.0.0",
    "203.0.112.255",
    "223.255.255.255",
    "2000::",
    "2001:200::",
    "2001:db7:ffff::",
    "2001:db9::",
    "2606:4700::1",
    "3ffe:ffff::",
    "3fff:1000::",
    "::2",
    "::fffe:ffff:ffff",
  ])("says nothing of %s", (text) => {
    expect(specialPurpose(address(text))).toBeUndefined();
  });

  it("lists wide blocks before those within them", () => {
    for (const family of [4, 6] as const) {
      const prefixes = specialPurposeBlocks(family).map(({ cidr }) => cidr.prefix);
      expect(prefixes).toEqual([...prefixes].sort((left, right) => left - right));
      expect(specialPurposeBlocks(family).every(({ cidr }) => cidr.family === family)).toBe(true);
      expect(specialPurposeBlocks(family)).toBe(specialPurposeBlocks(family));
    }
    expect([specialPurposeBlocks(4).length, specialPurposeBlocks(6).length]).toEqual([27, 27]);
  });
});

describe("the globally reachable universe", () => {
  it("of IPv4 is everything but what the registry calls not reachable", () => {
    const hidden = set(
      4,
      ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
      ...["172.16.0.0/12", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.11/32", "192.0.0.12/30"],
      ...["192.0.0.16/28", "192.0.0.32/27", "192.0.0.64/26", "192.0.0.128/25", "192.0.2.0/24"],
      ...["192.88.99.2/32", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
      ...["203.0.113.0/24", "224.0.0.0/3"],
    );
    expect(globallyReachable(4).complement().toCidrs()).toEqual(hidden.toCidrs());
  });

  it("of IPv6 is 2000::/3 but what the registry calls not reachable", () => {
    const reachable = set(
      6,
      ...["2001::/32", "2001:1::1/128", "2001:1::2/127", "2001:3::/32", "2001:4:112::/48"],
      ...["2001:10::/28", "2001:20::/28", "2001:30::/28"],
    );
    const hidden = set(6, "2001::/23")
      .minus(reachable)
      .union(set(6, "2001:db8::/32", "3fff::/20"));
    const expected = set(6, "2000::/3").minus(hidden);
    expect(globallyReachable(6).toCidrs()).toEqual(expected.toCidrs());
  });

  it("has no IPv6 address outside 2000::/3, not even a reachable translation prefix", () => {
    expect(set(6, "2000::/3").covers(globallyReachable(6))).toBe(true);
    expect(globallyReachable(6).has(address("64:ff9b::1").value)).toBe(false);
  });

  it("agrees with the most specific block at both ends of every block", () => {
    for (const family of [4, 6] as const) {
      const unicast = family === 4 ? CidrSet.all(4) : set(6, "2000::/3");
      for (const { cidr } of specialPurposeBlocks(family)) {
        for (const value of [cidr.first, cidr.last]) {
          const reach = specialPurpose({ family, value })?.globallyReachable !== false;
          expect(globallyReachable(family).has(value)).toBe(reach && unicast.has(value));
        }
      }
    }
  });

  it("is computed once", () => {
    expect(globallyReachable(4)).toBe(globallyReachable(4));
    expect(globallyReachable(6)).toBe(globallyReachable(6));
    expect(globallyReachable(4)).not.toBe(globallyReachable(6));
  });
});

describe("an address for documentation", () => {
  it.each(["192.0.2.0", "198.51.100.255", "203.0.113.9", "2001:db8::", "3fff::1"])(
    "is %s",
    (text) => expect(isDocumentation(address(text))).toBe(true),
  );

  it.each(["192.0.3.0", "10.0.0.1", "2001:db9::", "3fff:1000::", "::ffff:192.0.2.1", "8.8.8.8"])(
    "is not %s",
    (text) => expect(isDocumentation(address(text))).toBe(false),
  );
});
