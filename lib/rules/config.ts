import { z } from "zod";
import { type Cidr, type Family, parseAddress, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import type { Exception } from "../prove/prove";

const Cidrs = z.string().refine((text) => parseCidr(text).ok, {
  error: (issue) => `${JSON.stringify(issue.input)} ${problemOf(String(issue.input))}`,
});
const Day = z.iso.date();
const Reason = z.string().trim().min(1);

/** `originproof.config.json`. */
export const ConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Sources that are meant to get in besides Cloudflare. */
  exceptions: z
    .array(
      z.strictObject({
        cidr: Cidrs,
        ports: z.array(z.number().int().min(1).max(65535)).default([]),
        reason: Reason,
        expires: Day.optional(),
      }),
    )
    .default([]),
  /** Findings that are known and do not fail the run. */
  acknowledged: z
    .array(
      z.strictObject({
        rule: z.string(),
        subject: z.string(),
        reason: Reason,
        expires: Day.optional(),
      }),
    )
    .default([]),
  /** Addresses outside the input → Terraform addresses of what filters them. */
  origins: z
    .record(
      z.string().refine((text) => parseAddress(text).ok, { error: "is no IP address" }),
      z.array(z.string()).min(1),
    )
    .default({}),
  /** Zones outside the input: their settings, by zone name. */
  zones: z
    .record(
      z.string(),
      z.strictObject({
        ssl: z.enum(["off", "flexible", "full", "strict", "origin_pull"]).optional(),
        always_use_https: z.enum(["on", "off"]).optional(),
        ssl_automatic_mode: z.enum(["custom", "auto"]).optional(),
      }),
    )
    .default({}),
  /** Ranges that Cloudflare connects from besides the pinned ones: dedicated egress, BYOIP. */
  edge: z.array(z.strictObject({ cidr: Cidrs, reason: Reason })).default([]),
  /** Statements whose refutation is an error even where no lock was meant. */
  gate: z.array(z.enum(["exclusivity"])).default([]),
});

/** What `originproof.config.json` declares. */
export type Config = z.infer<typeof ConfigSchema>;

/** A configuration file that cannot be used; the command exits 2. */
export class ConfigError extends Error {
  public override readonly name = "ConfigError";
}

/**
 * Reads `originproof.config.json`.
 *
 * @param label how errors call it
 * @throws ConfigError naming the member at fault
 */
export function parseConfig(text: string, label: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${label}: is no JSON: ${(error as Error).message}`);
  }
  const parsed = ConfigSchema.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw new ConfigError(
    `${label}: '${path === "" ? "it" : path}': ${issue?.message ?? "is not valid"}`,
  );
}

/** A configuration that declares nothing. */
export const NO_CONFIG: Config = ConfigSchema.parse({});

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

function problemOf(text: string): string {
  const parsed = parseCidr(text);
  return parsed.ok ? "" : parsed.problem;
}
