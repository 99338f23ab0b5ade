import { parse, parseCIDR } from "ipaddr.js";

/**
 * Blocks whose addresses nobody on the internet has, written down for this oracle alone.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export const NOT_PUBLIC: Readonly<Record<4 | 6, readonly string[]>> = {
  4: [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
    ...["172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
    ...["203.0.113.0/24", "224.0.0.0/3"],
    // 192.0.0.0/24 but for .9 and .10, which are anycast.
    ...["192.0.0.0/29", "192.0.0.8/32", "192.0.0.11/32", "192.0.0.12/30", "192.0.0.16/28"],
    ...["192.0.0.32/27", "192.0.0.64/26", "192.0.0.128/25", "192.88.99.2/32"],
  ],
  6: ["2001:db8::/32", "2001:2::/48", "3fff::/20"],
};

const UNICAST_6 = "2000::/3";

export function within(cidr: string, address: string): boolean {
  const [base, length] = parseCIDR(cidr);
  const one = parse(address);
  return one.kind() === base.kind() && one.match(base, length);
}

export function isPublic(address: string): boolean {
  const family = address.includes(":") ? 6 : 4;
  if (family === 6 && !within(UNICAST_6, address)) return false;
  return !NOT_PUBLIC[family].some((cidr) => within(cidr, address));
}

/** By value, not as text. */
export function inOrder(addresses: readonly string[]): readonly string[] {
  const key = (address: string) =>
    parse(address)
      .toByteArray()
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  return [...addresses].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
