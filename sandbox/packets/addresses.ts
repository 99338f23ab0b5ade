import { IPv4, IPv6, parse, parseCIDR } from "ipaddr.js";

/** IPv4 and IPv6 apart: an address written as `::ffff:192.0.2.1` is one of IPv6. */
export const familyOf = (text: string): 4 | 6 => (text.includes(":") ? 6 : 4);

/** Keeps answers: the same few addresses and ranges are asked about again and again. */
function kept<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const old = known.get(text);
    if (old !== undefined) return old;
    const found = answer(text);
    if (known.size > 20_000) known.clear();
    known.set(text, found);
    return found;
  };
}

const numberOf = kept((address: string): bigint => {
  const hex = parse(address)
    .toByteArray()
    .map((byte) => byte.toString(16).padStart(2, "0"));
  return BigInt(`0x${hex.join("")}`);
});

function addressOf(number: bigint, family: 4 | 6): string | undefined {
  const length = family === 4 ? 4 : 16;
  if (number < 0n || number >= 1n << BigInt(length * 8)) return undefined;
  const hex = number.toString(16).padStart(length * 2, "0");
  const bytes = (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  return (family === 4 ? new IPv4(bytes) : new IPv6(bytes)).toString();
}

/** A bare address is a range of one. */
const withLength = (cidr: string): string =>
  cidr.includes("/") ? cidr : `${cidr}/${familyOf(cidr) === 4 ? 32 : 128}`;

export const prefixLength = kept((cidr: string): number => parseCIDR(withLength(cidr))[1]);

export function contains(cidr: string, address: string): boolean {
  if (cidr === "" || familyOf(cidr) !== familyOf(address)) return false;
  const { first, last } = numbers(cidr);
  const number = numberOf(address);
  return first <= number && number <= last;
}

const numbers = kept((cidr: string): { first: bigint; last: bigint } => {
  const [base, length] = parseCIDR(withLength(cidr));
  const bits = BigInt((familyOf(cidr) === 4 ? 32 : 128) - length);
  const first = (numberOf(base.toString()) >> bits) << bits;
  return { first, last: first + (1n << bits) - 1n };
});

/** First and last address, and their neighbours outside. */
export function edgesOf(cidr: string): readonly string[] {
  const { first, last } = numbers(cidr);
  const family = familyOf(cidr);
  return [first - 1n, first, last, last + 1n].flatMap((n) => addressOf(n, family) ?? []);
}

/** The lowest and the highest address that AWS gives out in a subnet: it keeps five. */
export function hostsOf(cidr: string): readonly string[] {
  const { first, last } = numbers(cidr);
  const family = familyOf(cidr);
  return [first + 4n, last - 1n].flatMap((n) => addressOf(n, family) ?? []);
}
