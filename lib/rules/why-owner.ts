import type { EdgeRanges } from "../edge/ranges";
import { type Address, parseCidr } from "../net/cidr";
import type { Config } from "./config";
import type { Declaration } from "./weakening";
import type { Owner } from "./why-types";

/** Whose an address is, on one port: Cloudflare's, that of a declared exception, or nobody's. */
export function ownerOf(
  address: Address,
  port: number,
  ranges: EdgeRanges,
  declared: { readonly config: Config; readonly declarations: readonly Declaration[] },
): Owner {
  const range = ranges
    .cidrs(address.family)
    .find(({ first, last }) => first <= address.value && address.value <= last);
  if (range !== undefined) {
    return { kind: "edge", range: range.text, date: ranges.date };
  }
  const extra = declared.config.edge.find(({ cidr }) => holds(cidr, address));
  if (extra !== undefined) {
    return { kind: "declared-edge", range: extra.cidr, reason: extra.reason };
  }
  const exceptions = declared.declarations.filter(
    ({ exception }) =>
      exception?.family === address.family &&
      exception.sources.has(address.value) &&
      (exception.ports.length === 0 || exception.ports.includes(port)),
  );
  const valid = exceptions.find(({ weakening }) => weakening.state !== "expired");
  const found = (valid ?? exceptions[0])?.weakening;
  if (found === undefined) {
    return { kind: "nobody" };
  }
  const { what, reason, expires, state } = found;
  return { kind: "exception", what, reason, expires, expired: state === "expired" };
}

function holds(cidr: string, address: Address): boolean {
  const parsed = parseCidr(cidr);
  return (
    parsed.ok &&
    parsed.value.family === address.family &&
    parsed.value.first <= address.value &&
    address.value <= parsed.value.last
  );
}
