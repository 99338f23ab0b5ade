import type { Parsed } from "./cidr";

/** A closed range of TCP or UDP ports, 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Every port. */
export const ALL_PORTS: PortRange = { from: 0, to: 65535 };

/**
 * The ports a client may connect from: a stateless filter must let answers to all of them pass.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const CLIENT_PORTS: PortRange = { from: 1024, to: 65535 };

const PORT = /^(?:0|[1-9][0-9]{0,4})$/;

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65535;
}

/** @throws RangeError when an end is not a port or the range is upside down */
export function portRange(from: number, to: number = from): PortRange {
  if (!isPort(from) || !isPort(to) || from > to) {
    throw new RangeError(`not a port range: ${from} to ${to}`);
  }
  return { from, to };
}

/** Is the port, or the whole range, within the range? */
export function contains(range: PortRange, wanted: number | PortRange): boolean {
  const { from, to } = typeof wanted === "number" ? { from: wanted, to: wanted } : wanted;
  return range.from <= from && to <= range.to;
}

/** Have the two ranges a port in common? */
export function overlaps(left: PortRange, right: PortRange): boolean {
  return left.from <= right.to && right.from <= left.to;
}

/** The lowest port of the wanted range that none of the ranges holds; `undefined` if all are held. */
export function lowestMissingPort(
  ranges: readonly PortRange[],
  wanted: PortRange,
): number | undefined {
  let next = wanted.from;
  for (const { from, to } of [...ranges].sort((left, right) => left.from - right.from)) {
    if (from > next) {
      break;
    }
    next = Math.max(next, to + 1);
  }
  return next <= wanted.to ? next : undefined;
}

/** Reads `443` or `1024-65535`: decimal, without signs, spaces or leading zeros. */
export function parsePortRange(text: string): Parsed<PortRange> {
  const ends = text.length > 11 ? [] : text.split("-");
  const [from, to = from] = ends;
  if (ends.length > 2 || from === undefined || to === undefined) {
    return { ok: false, problem: "is not a port or port range; write it as 443 or 1024-65535" };
  }
  if (![from, to].every((end) => PORT.test(end) && isPort(Number(end)))) {
    return { ok: false, problem: "has an end that is not a port; a port is 0 to 65535" };
  }
  if (Number(from) > Number(to)) {
    return { ok: false, problem: `is upside down; did you mean "${to}-${from}"?` };
  }
  return { ok: true, value: { from: Number(from), to: Number(to) } };
}
