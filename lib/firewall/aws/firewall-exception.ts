import type { IConstruct } from "constructs";
import type { Cidr, Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { globallyReachable } from "../../net/special-purpose";
import { ConfigurationError } from "../../synth/configuration-error";
import { declareException } from "../../synth/declaration";
import { type Members, requireList } from "../../synth/required-list";
import { requireProps } from "../../synth/required-props";
import { requireExpiry, requireReason } from "../../synth/weakening";
import { requirePort } from "./port";
import { readCidr } from "./read-cidr";

/**
 * Somebody besides the edge who may connect, such as an administrator. Every report lists it; after
 * its expiry it no longer counts, and what it admits is a finding.
 *
 * @example
 * const exception: FirewallException = {
 *   cidr: "198.51.100.7/32",
 *   ports: [22],
 *   reason: "administration from the office",
 *   expires: "2027-06-30",
 * };
 */
export interface FirewallException {
  /**
   * In network form, such as `198.51.100.7/32`. At most a /8 of IPv4 or a /16 of IPv6: what is
   * wider lets strangers in, as do more than four of these together. Where no address of the
   * internet is in it, it may be wider.
   */
  readonly cidr: string;
  /** TCP ports; at least one. */
  readonly ports: readonly number[];
  /** Why, for whoever reads the report. */
  readonly reason: string;
  /**
   * The last day it counts, in UTC, as `2027-06-30`.
   *
   * @default - it never ends
   */
  readonly expires?: string;
}

const EXCEPTIONS: Members = {
  what: "FirewallException",
  example: '[{ cidr: "198.51.100.7/32", ports: [22], reason: "administration" }]',
  fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const PORTS: Members = {
  what: "port",
  example: "ports: [22]",
  fits: (value) => typeof value === "number",
};

/** An exception on one port. */
export interface Exempt {
  readonly cidr: Cidr;
  readonly port: number;
}

/**
 * Checks exceptions and declares them for the proof and the reports.
 *
 * @returns one for each range and port, ordered by content
 * @throws ConfigurationError `missing-prop`, `invalid-cidr`, `wide-exception`, `invalid-port`,
 * `no-port`, `reason-missing`, `invalid-expiry`, `duplicate-exception`, `token-for-literal`
 */
export function exempt(
  exceptions: readonly FirewallException[],
  scope: IConstruct,
): readonly Exempt[] {
  requireList("exceptions", exceptions, EXCEPTIONS, scope);
  const found = new Map<string, Exempt>();
  for (const exception of exceptions) {
    for (const one of readException(exception, scope)) {
      const key = `${String(one.port).padStart(5, "0")} ${one.cidr.text}`;
      if (found.has(key)) {
        throw new ConfigurationError(
          "duplicate-exception",
          `'exceptions' has ${one.cidr.text} on port ${one.port} twice; remove one of the two`,
          scope,
        );
      }
      found.set(key, one);
    }
  }
  requireNarrowTogether([...found.values()], scope);
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

function readException(exception: FirewallException, scope: IConstruct): readonly Exempt[] {
  requireProps(exception, ["cidr", "ports", "reason"], scope);
  const { reason, expires } = exception;
  const cidr = readCidr("exceptions", exception.cidr, scope);
  requireNarrow(cidr, scope);
  requireList("exceptions", exception.ports, PORTS, scope);
  const ports = [...new Set(exception.ports)].map((port) => requirePort("exceptions", port, scope));
  const who = `'exceptions' has ${cidr.text}`;
  if (ports.length === 0) {
    throw new ConfigurationError("no-port", `${who} without a port; give at least one`, scope);
  }
  requireReason(reason, scope);
  if (expires !== undefined) {
    requireExpiry(expires, scope);
  }
  declareException(scope, { cidr: cidr.text, ports, reason, expires });
  return ports.map((port) => ({ cidr, port }));
}

/** The shortest prefixes that may still be one party's addresses: as rule `declared/too-broad`. */
const SHORTEST: Readonly<Record<Family, number>> = { 4: 8, 6: 16 };

/** How many of the widest ranges the exceptions of one firewall may cover together. */
const MOST_WIDE = 4n;

/** Ranges that are narrow one by one may be the world together. */
function requireNarrowTogether(exempts: readonly Exempt[], scope: IConstruct): void {
  for (const family of [4, 6] as const) {
    const shortest = SHORTEST[family];
    const cidrs = exempts.map(({ cidr }) => cidr).filter((cidr) => cidr.family === family);
    const { count } = CidrSet.of(family, cidrs).intersect(globallyReachable(family));
    if (count > MOST_WIDE << BigInt((family === 4 ? 32 : 128) - shortest)) {
      throw new ConfigurationError(
        "wide-exception",
        `'exceptions' together cover more of IPv${family} than ${MOST_WIDE} ranges of /${shortest}, ` +
          "which lets in strangers; give the ranges of those who are meant",
        scope,
      );
    }
  }
}

/** Each half of the world is refused. */
function requireNarrow(cidr: Cidr, scope: IConstruct): void {
  const shortest = SHORTEST[cidr.family];
  const reachable = CidrSet.of(cidr.family, [cidr]).intersect(globallyReachable(cidr.family));
  if (cidr.prefix < shortest && !reachable.isEmpty) {
    throw new ConfigurationError(
      "wide-exception",
      `'exceptions' has ${cidr.text}, which lets in strangers: it is wider than a /${shortest}; ` +
        "give the ranges of those who are meant",
      scope,
    );
  }
}
