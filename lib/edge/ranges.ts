import { type Cidr, type Family, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import pinned from "./ranges.pinned.json";

/**
 * The addresses Cloudflare connects from, as pinned in this release. Nothing is fetched: the text
 * lists on the web have served error pages, and one that is trusted blindly cuts the edge off.
 *
 * @see https://developers.cloudflare.com/fundamentals/concepts/cloudflare-ip-addresses/
 */
export interface EdgeRanges {
  /** The day on which the list was last known to be valid, `YYYY-MM-DD`. */
  readonly date: string;
  /** `etag` of the API's answer; `null` until `originproof ranges refresh` has seen one. */
  readonly etag: string | null;
  /** `sha256:` and the hash, in hex, of {@link rangeListText}. */
  readonly digest: string;
  /** The ranges of a family, ascending by address. */
  cidrs(family: Family): readonly Cidr[];
  /** The same as a set. */
  set(family: Family): CidrSet;
}

function byAddress(left: Cidr, right: Cidr): number {
  if (left.family !== right.family) {
    return left.family - right.family;
  }
  if (left.first !== right.first) {
    return left.first < right.first ? -1 : 1;
  }
  return left.prefix - right.prefix;
}

/**
 * The text the digest is taken of: canonical CIDRs without repetition, IPv4 before IPv6, ascending
 * by address, each followed by a newline. Cloudflare's own order has changed while the set did not.
 */
export function rangeListText(cidrs: Iterable<Cidr>): string {
  const lines = [...cidrs].sort(byAddress).map((cidr) => `${cidr.text}\n`);
  return [...new Set(lines)].join("");
}

function readPinned(family: Family): readonly Cidr[] {
  const texts = family === 4 ? pinned.ipv4 : pinned.ipv6;
  const cidrs = texts.map((text) => {
    const parsed = parseCidr(text);
    if (!parsed.ok || parsed.value.family !== family) {
      throw new Error(`ranges.pinned.json: "${text}" is not an IPv${family} range`);
    }
    return parsed.value;
  });
  return Object.freeze(cidrs.sort(byAddress));
}

/** Computes once, at the first call. */
function once<T>(compute: () => T): () => T {
  let value: { readonly result: T } | undefined;
  return () => {
    value ??= { result: compute() };
    return value.result;
  };
}

const CIDRS = { 4: once(() => readPinned(4)), 6: once(() => readPinned(6)) };
const SETS = {
  4: once(() => CidrSet.of(4, CIDRS[4]())),
  6: once(() => CidrSet.of(6, CIDRS[6]())),
};

const PINNED: EdgeRanges = Object.freeze({
  date: pinned.date,
  etag: pinned.etag,
  digest: pinned.digest,
  cidrs: (family: Family) => CIDRS[family](),
  set: (family: Family) => SETS[family](),
});

/** The pinned ranges: 15 of IPv4 and 7 of IPv6. Parsed at the first use of a family, not before. */
export function edgeRanges(): EdgeRanges {
  return PINNED;
}
