import { type Address, type Cidr, type Family, parseCidr } from "./cidr";
import { CidrSet } from "./cidr-set";

/** A block that is set apart from ordinary global unicast addresses. */
export interface SpecialPurpose {
  /** The registry's name of it. */
  readonly name: string;
  /** Where it is defined, as `RFC 1918`. */
  readonly rfc: string;
  /** The registry's flag; `n/a` where it declines to say, as for 6to4. */
  readonly globallyReachable: boolean | "n/a";
  readonly cidr: Cidr;
}

type Row = readonly [cidr: string, name: string, rfc: string, reach?: true | "n/a"];

/**
 * As registered on 2025-10-09, and multicast, which has a registry of its own. Where no flag
 * stands, the block is not globally reachable.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/multicast-addresses/
 */
const IPV4_ROWS: readonly Row[] = [
  ["0.0.0.0/8", "This network", "RFC 791"],
  ["0.0.0.0/32", "This host on this network", "RFC 1122"],
  ["10.0.0.0/8", "Private-Use", "RFC 1918"],
  ["100.64.0.0/10", "Shared Address Space", "RFC 6598"],
  ["127.0.0.0/8", "Loopback", "RFC 1122"],
  ["169.254.0.0/16", "Link Local", "RFC 3927"],
  ["172.16.0.0/12", "Private-Use", "RFC 1918"],
  ["192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890"],
  ["192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335"],
  ["192.0.0.8/32", "IPv4 dummy address", "RFC 7600"],
  ["192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", true],
  ["192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
  ["192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880"],
  ["192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880"],
  ["192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737"],
  ["192.31.196.0/24", "AS112-v4", "RFC 7535", true],
  ["192.52.193.0/24", "AMT", "RFC 7450", true],
  ["192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", "n/a"],
  ["192.88.99.2/32", "6a44-relay anycast address", "RFC 6751"],
  ["192.168.0.0/16", "Private-Use", "RFC 1918"],
  ["192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", true],
  ["198.18.0.0/15", "Benchmarking", "RFC 2544"],
  ["198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737"],
  ["203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737"],
  ["224.0.0.0/4", "Multicast", "RFC 5771"],
  ["240.0.0.0/4", "Reserved", "RFC 1112"],
  ["255.255.255.255/32", "Limited Broadcast", "RFC 919"],
];

/**
 * As registered on 2025-10-09, with the blocks that the address space registry sets apart:
 * site-local and multicast.
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 * @see https://www.iana.org/assignments/ipv6-address-space/
 */
const IPV6_ROWS: readonly Row[] = [
  ["::/128", "Unspecified Address", "RFC 4291"],
  ["::1/128", "Loopback Address", "RFC 4291"],
  ["64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", true],
  ["64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215"],
  ["100::/64", "Discard-Only Address Block", "RFC 6666"],
  ["100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780"],
  ["2001::/23", "IETF Protocol Assignments", "RFC 2928"],
  ["2001::/32", "TEREDO", "RFC 4380", "n/a"],
  ["2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", true],
  ["2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
  ["2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", true],
  ["2001:2::/48", "Benchmarking", "RFC 5180"],
  ["2001:3::/32", "AMT", "RFC 7450", true],
  ["2001:4:112::/48", "AS112-v6", "RFC 7535", true],
  ["2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", "n/a"],
  ["2001:20::/28", "ORCHIDv2", "RFC 7343", true],
  ["2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", true],
  ["2001:db8::/32", "Documentation", "RFC 3849"],
  ["2002::/16", "6to4", "RFC 3056", "n/a"],
  ["2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", true],
  ["3fff::/20", "Documentation", "RFC 9637"],
  ["5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602"],
  ["fc00::/7", "Unique-Local", "RFC 4193"],
  ["fe80::/10", "Link-Local Unicast", "RFC 4291"],
  ["fec0::/10", "Deprecated (Site-Local Unicast)", "RFC 3879"],
  ["ff00::/8", "Multicast", "RFC 4291"],
];

/** ::ffff:0:0/96, which {@link parseCidr} refuses on purpose. */
const MAPPED: SpecialPurpose = {
  name: "IPv4-mapped Address",
  rfc: "RFC 4291",
  globallyReachable: false,
  cidr: {
    family: 6,
    first: 0xffff00000000n,
    last: 0xffffffffffffn,
    prefix: 96,
    text: "::ffff:0.0.0.0/96",
  },
};

/** The blocks IANA gives out as global unicast: all of IPv4, and 2000::/3. */
const UNICAST: Readonly<Record<Family, string>> = { 4: "0.0.0.0/0", 6: "2000::/3" };

function block(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new Error(`special-purpose.ts: "${text}" ${parsed.problem}`);
  }
  return parsed.value;
}

/** Widest block first, so that a more specific one comes after those that hold it. */
function readRows(family: Family): readonly SpecialPurpose[] {
  const rows = (family === 4 ? IPV4_ROWS : IPV6_ROWS).map(([text, name, rfc, reach]) => ({
    name,
    rfc,
    globallyReachable: reach ?? false,
    cidr: block(text),
  }));
  return [...rows, ...(family === 6 ? [MAPPED] : [])].sort(
    (left, right) => left.cidr.prefix - right.cidr.prefix,
  );
}

const tables = new Map<Family, readonly SpecialPurpose[]>();

/** Every special-purpose block of a family, the widest first. */
export function specialPurposeBlocks(family: Family): readonly SpecialPurpose[] {
  const table = tables.get(family) ?? readRows(family);
  tables.set(family, table);
  return table;
}

const universes = new Map<Family, CidrSet>();

/**
 * The addresses that a stranger on the internet can have: global unicast without the blocks that
 * the registries call not globally reachable, and without multicast and 240.0.0.0/4. The most
 * specific block decides. Where the registry does not say (6to4, Teredo) the addresses stay in:
 * leaving one out that can be reached would prove too much.
 */
export function globallyReachable(family: Family): CidrSet {
  const known = universes.get(family);
  if (known !== undefined) {
    return known;
  }
  const unicast = CidrSet.of(family, [block(UNICAST[family])]);
  const universe = specialPurposeBlocks(family).reduce((set, { cidr, globallyReachable }) => {
    const one = CidrSet.of(family, [cidr]);
    return globallyReachable === false ? set.minus(one) : set.union(one.intersect(unicast));
  }, unicast);
  universes.set(family, universe);
  return universe;
}

/**
 * The most specific special-purpose block that holds the address, whether or not it is globally
 * reachable; `undefined` for an ordinary address.
 */
export function specialPurpose(
  address: Pick<Address, "family" | "value">,
): SpecialPurpose | undefined {
  return specialPurposeBlocks(address.family).findLast(
    ({ cidr }) => cidr.first <= address.value && address.value <= cidr.last,
  );
}

/**
 * Is the address of a block for examples: TEST-NET-1 to 3, 2001:db8::/32 or 3fff::/20?
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737
 */
export function isDocumentation(address: Pick<Address, "family" | "value">): boolean {
  return specialPurpose(address)?.name.startsWith("Documentation") ?? false;
}
