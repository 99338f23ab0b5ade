import { type Cidr, type Family, parseAddress, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import type { Exception } from "../prove/prove";
import type { Config } from "./config-schema";

export type { Config } from "./config-schema";

/** A configuration file that cannot be used; the command exits 2. */
export class ConfigError extends Error {
  public override readonly name = "ConfigError";
}

/**
 * Reads `originproof.config.json`: JSON, in which comments and trailing commas are fine.
 *
 * @param label how errors call it
 * @throws ConfigError naming line and column and the member at fault
 */
export function parseConfig(text: string, label: string): Config {
  // Most runs have no such file, and what reads it takes as long to load as the rest of a proof.
  const { readConfig } = require("./read-config") as typeof import("./read-config");
  const read = readConfig(text);
  if (!read.ok) {
    const { line, column, text: words } = read.problem;
    throw new ConfigError(`${label}:${line}:${column}: ${words}`);
  }
  return read.config;
}

/** A configuration that declares nothing. */
export const NO_CONFIG: Config = {
  exceptions: [],
  acknowledged: [],
  origins: {},
  zones: {},
  edge: [],
  limits: {},
  gate: [],
};

/** A day, written YYYY-MM-DD, is valid through its end in UTC. */
export function isExpired(expires: string | undefined, today: Date): boolean {
  return expires !== undefined && today.toISOString().slice(0, 10) > expires;
}

/** The exceptions that still count. */
export function exceptionsOf(config: Config, today: Date): Exception[] {
  return config.exceptions
    .filter((exception) => !isExpired(exception.expires, today))
    .map(({ cidr, ports }) => {
      const parsed = cidrOf(cidr);
      return {
        family: parsed.family,
        sources: CidrSet.of(parsed.family, [parsed]),
        ports,
      };
    });
}

/** Resources by the address that they filter, in the spelling that records are read in. */
export function originsOf(config: Config): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(config.origins).map(([text, resources]) => {
      const address = parseAddress(text);
      return [address.ok ? address.value.text : text, resources];
    }),
  );
}

/** Ranges that the configuration adds to the edge. */
export function extraEdge(config: Config, family: Family): CidrSet {
  const cidrs = config.edge.map((entry) => cidrOf(entry.cidr));
  return CidrSet.of(
    family,
    cidrs.filter((cidr) => cidr.family === family),
  );
}

function cidrOf(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new ConfigError(`"${text}" ${parsed.problem}`);
  }
  return parsed.value;
}
