import { IPv6 } from "ipaddr.js";

/** The version of IP. Sets of the two families never mix. */
export type Family = 4 | 6;

/** One IP address as a number below 2^32 (IPv4) or 2^128 (IPv6). */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
  /** Canonical text; RFC 5952 for IPv6. */
  readonly text: string;
}

/** One address block in network form: no host bits, and a text that is the same for equal blocks. */
export interface Cidr {
  readonly family: Family;
  /** The lowest address, which is the network address. */
  readonly first: bigint;
  /** The highest address, included. */
  readonly last: bigint;
  /** 0 to 32 or 0 to 128. */
  readonly prefix: number;
  /** Canonical text, as `198.51.100.0/24` or, by RFC 5952, `2001:db8::/32`. */
  readonly text: string;
}

/**
 * What a parser found: the value, or a predicate about the text that ends in the fix, to be put
 * after the quoted text. A problem never repeats what was read, so it is safe to print.
 */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** Longer text than any range has (`/128` after a dotted IPv6 address: 49) is not looked at. */
const MAX_LENGTH = 64;

const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;

/** How many bits an address of the family has. */
export function widthOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The highest address of the family: `255.255.255.255` or `ffff:…:ffff`. */
export function lastAddressOf(family: Family): bigint {
  return (1n << BigInt(widthOf(family))) - 1n;
}

function good<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

function bad(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

/** What is wrong with the text before it is worth parsing. */
function refuseText(text: string): string | undefined {
  if (text === "") {
    return "is empty; give an address range such as 198.51.100.0/24";
  }
  if (text.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters; give a single address range`;
  }
  if (text.includes("%")) {
    return "has a zone id; remove the % and what follows it";
  }
  if (/[^\x21-\x7e]/.test(text)) {
    return "has spaces or characters outside ASCII; remove them";
  }
  return undefined;
}

/** The value of a dotted IPv4 address; a problem when it is not four decimal parts. */
function readIpv4(text: string): Parsed<bigint> {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^[0-9]+$/.test(part))) {
    return bad("is not an IP address; write four decimal parts, as 198.51.100.7");
  }
  if (parts.some((part) => /^0[0-9]/.test(part))) {
    return bad("has a part with a leading zero, which some readers take as octal; remove the zero");
  }
  if (parts.some((part) => Number(part) > 255)) {
    return bad("has a part over 255; each of the four parts is 0 to 255");
  }
  return good(parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n));
}

/**
 * The value of an IPv6 address. A dotted tail is turned into its two groups first: ipaddr.js
 * would make the IPv4-mapped `::ffff:192.0.2.1` of the plain `::192.0.2.1`.
 */
function readIpv6(text: string): Parsed<bigint> {
  const tail = /^(.*:)([0-9.]+\.[0-9.]*)$/.exec(text);
  let groups = text;
  if (tail !== null) {
    const dotted = readIpv4(tail[2] ?? "");
    if (!dotted.ok) {
      return dotted;
    }
    const high = (dotted.value >> 16n).toString(16);
    groups = `${tail[1]}${high}:${(dotted.value & 0xffffn).toString(16)}`;
  }
  if (!IPv6.isValid(groups)) {
    return bad("is not an IP address; write IPv6 as eight groups of hex digits, or fewer with ::");
  }
  const parts = IPv6.parse(groups).parts;
  return good(parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n));
}

function readAddress(text: string): Parsed<Address> {
  const family: Family = text.includes(":") ? 6 : 4;
  const read = family === 6 ? readIpv6(text) : readIpv4(text);
  return read.ok ? good(addressOf(family, read.value)) : read;
}

/** Is this inside ::ffff:0:0/96, where an IPv6 address stands for an IPv4 one? */
function isMapped(family: Family, value: bigint): boolean {
  return family === 6 && value >> 32n === 0xffffn;
}

/**
 * Canonical text of an address: dotted decimal, or RFC 5952 (lower case, the longest run of zero
 * groups as `::`). IPv4-mapped addresses get the dotted tail, as section 5 recommends.
 *
 * @throws RangeError when the value is not an address of the family
 * @see https://www.rfc-editor.org/rfc/rfc5952
 */
export function formatAddress(family: Family, value: bigint): string {
  if (value < 0n || value > lastAddressOf(family)) {
    throw new RangeError(`not an IPv${family} address: ${value}`);
  }
  if (isMapped(family, value)) {
    return `::ffff:${formatAddress(4, value & 0xffffffffn)}`;
  }
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
  }
  const shifts = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n];
  return new IPv6(shifts.map((shift) => Number((value >> shift) & 0xffffn))).toRFC5952String();
}

/** @throws RangeError when the value is not an address of the family */
export function addressOf(family: Family, value: bigint): Address {
  return { family, value, text: formatAddress(family, value) };
}

/**
 * The block of that prefix length which holds the address: host bits are cleared.
 *
 * @throws RangeError when the value or the prefix is not one of the family
 */
export function cidrAround(family: Family, value: bigint, prefix: number): Cidr {
  const width = widthOf(family);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > width) {
    throw new RangeError(`not an IPv${family} prefix length: ${prefix}`);
  }
  const hosts = (1n << BigInt(width - prefix)) - 1n;
  const first = value - (value & hosts);
  const text = `${formatAddress(family, first)}/${prefix}`;
  return { family, first, last: first + hosts, prefix, text };
}

/**
 * Reads one address. IPv4 is four decimal parts without leading zeros; IPv6 is any form of
 * RFC 4291 in any case, without a zone id. An IPv4-mapped address stays an IPv6 address, so that
 * {@link specialPurpose} can name it.
 */
export function parseAddress(text: string): Parsed<Address> {
  const refused = refuseText(text);
  if (refused !== undefined) {
    return bad(refused);
  }
  return text.includes("/") ? bad("has a prefix length; give a single address") : readAddress(text);
}

/**
 * What is wrong with a block inside ::ffff:0:0/96, which both readers refuse. Go, and so the
 * Terraform providers, prints such a block as IPv4, other software as IPv6: taking it as either
 * could prove what is not so. A wider block such as ::/0 holds that space and is ordinary IPv6.
 */
function refuseMapped(cidr: Cidr): string | undefined {
  if (cidr.prefix < 96 || !isMapped(cidr.family, cidr.first)) {
    return undefined;
  }
  const plain = cidrAround(4, cidr.first & 0xffffffffn, cidr.prefix - 96);
  return `is IPv4 written as IPv6; did you mean "${plain.text}"?`;
}

/** A block, and how it was written: `address` is what stands before the slash. */
interface Block {
  readonly cidr: Cidr;
  readonly address: bigint;
  readonly bare: boolean;
}

function readBlock(text: string): Parsed<Block> {
  const refused = refuseText(text);
  if (refused !== undefined) {
    return bad(refused);
  }
  const slash = text.indexOf("/");
  const bare = slash < 0;
  const address = readAddress(bare ? text : text.slice(0, slash));
  if (!address.ok) {
    return address;
  }
  const { family, value } = address.value;
  const width = widthOf(family);
  const digits = bare ? `${width}` : text.slice(slash + 1);
  if (!PREFIX.test(digits) || Number(digits) > width) {
    return bad(`has no valid prefix length after the slash; write a number from 0 to ${width}`);
  }
  const cidr = cidrAround(family, value, Number(digits));
  const mapped = refuseMapped(cidr);
  return mapped === undefined ? good({ cidr, address: value, bare }) : bad(mapped);
}

/**
 * Reads a range as a person must write it: in network form. Host bits and a missing prefix are
 * refused, and the problem holds the text to write instead.
 */
export function parseCidr(text: string): Parsed<Cidr> {
  const block = readBlock(text);
  if (!block.ok) {
    return block;
  }
  const { cidr, address, bare } = block.value;
  if (bare) {
    return bad(`has no prefix length; did you mean "${cidr.text}"?`);
  }
  return address === cidr.first
    ? good(cidr)
    : bad(`has host bits set; did you mean "${cidr.text}"?`);
}

/**
 * Reads a range as providers take it from a plan: host bits are cleared (`10.1.2.3/8` is
 * `10.0.0.0/8`, and `123.45.67.89/0` is everyone), and a bare address is `/32` or `/128`.
 * Everything else is as strict as {@link parseCidr}; never throws.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 */
export function parseCidrLoose(text: string): Parsed<Cidr> {
  const block = readBlock(text);
  return block.ok ? good(block.value.cidr) : block;
}
