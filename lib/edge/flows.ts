import {
  ALL_MODES,
  type Connection,
  connectionsOf,
  type OnOff,
  SSL_VALUES,
  type SslValue,
  type Visitor,
} from "./connections";
import { type Scheme, schemeOfPort } from "./ports";

export { ALL_MODES, NEW_ZONE_MODES, SSL_VALUES, type SslValue, type Visitor } from "./connections";

/** The visitor ports of a hostname that says nothing else. */
export const VISITOR_PORTS: readonly number[] = [80, 443];

/** What decides how the edge connects to the origins of one hostname. */
export interface EdgeSettings {
  /** Every value the mode may have: one if it is known; none is read as {@link ALL_MODES}. */
  readonly ssl: readonly SslValue[];
  readonly alwaysUseHttps: "on" | "off" | "unknown";
  /** `ssl_automatic_mode`; only `custom` keeps Cloudflare from raising `off` and `flexible`. */
  readonly automaticMode: "custom" | "auto" | "unknown";
  /** @default {@link VISITOR_PORTS} */
  readonly visitorPorts?: readonly number[];
}

/** A way in which the edge connects to the origin. */
export interface EdgeFlow {
  /** Those whose requests take this flow under some of the possible settings, by port. */
  readonly visitor: readonly Visitor[];
  readonly scheme: Scheme;
  readonly port: number;
  /** It exists whichever of the possible settings is the real one. */
  readonly certain: boolean;
  /** The settings that make it exist, as a clause; starts with `only if` when it is not certain. */
  readonly because: string;
}

/** One combination of the possible settings, and what the edge does under it. */
interface Case {
  readonly mode: SslValue;
  readonly https: OnOff;
  readonly connections: readonly Connection[];
}

/** Everything the settings leave open. */
interface Cases {
  readonly modes: readonly SslValue[];
  readonly https: readonly OnOff[];
  readonly visitors: readonly Visitor[];
  readonly list: readonly Case[];
  /** Modes that Cloudflare may raise to full or strict by itself. */
  readonly raisable: readonly SslValue[];
  /** What the edge does when it has. */
  readonly raised: readonly Connection[];
}

/** @throws RangeError when there is no port, or Cloudflare proxies no visitors on one of them */
export function visitorsOn(ports: readonly number[]): readonly Visitor[] {
  if (ports.length === 0) {
    throw new RangeError("a hostname without visitor ports has no flow; name at least one");
  }
  return ports.map((port) => {
    const scheme = schemeOfPort(port);
    if (scheme === undefined) {
      throw new RangeError(`Cloudflare proxies no HTTP or HTTPS on visitor port ${port}`);
    }
    return { scheme, port };
  });
}

function isFlow(flow: Visitor): (other: Visitor) => boolean {
  return (other) => other.scheme === flow.scheme && other.port === flow.port;
}

export function byPort(left: Visitor, right: Visitor): number {
  return left.port - right.port || left.scheme.localeCompare(right.scheme, "en");
}

/** Each scheme and port once, ascending by port. */
export function distinct(list: readonly Visitor[]): readonly Visitor[] {
  return list
    .filter((one, index) => list.findIndex(isFlow(one)) === index)
    .map(({ scheme, port }) => ({ scheme, port }))
    .sort(byPort);
}

function casesOf(settings: EdgeSettings): Cases {
  const visitors = visitorsOn(settings.visitorPorts ?? VISITOR_PORTS);
  const stated = settings.ssl.length === 0 ? ALL_MODES : settings.ssl;
  const modes = SSL_VALUES.filter((mode) => stated.includes(mode));
  const https: readonly OnOff[] =
    settings.alwaysUseHttps === "unknown" ? ["on", "off"] : [settings.alwaysUseHttps];
  const raisable =
    settings.automaticMode === "custom"
      ? []
      : modes.filter((mode) => mode === "off" || mode === "flexible");
  return {
    modes,
    https,
    visitors,
    list: modes.flatMap((mode) =>
      https.map((value) => ({
        mode,
        https: value,
        connections: connectionsOf(mode, value, visitors),
      })),
    ),
    raisable,
    // full and strict connect alike
    raised:
      raisable.length === 0 ? [] : https.flatMap((value) => connectionsOf("full", value, visitors)),
  };
}

export function either(values: readonly string[]): string {
  return values.length < 2
    ? values.join("")
    : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** Both clauses, with a comma where the first has an "or"; either may be empty. */
function both(first: string, second: string): string {
  if (first === "" || second === "") {
    return first + second;
  }
  return first.includes(" or ") ? `${first}, and ${second}` : `${first} and ${second}`;
}

/** The settings under which a flow exists that exists under all that are possible. */
function whyCertain(cases: Cases, flow: Visitor): string {
  const ssl = `ssl = ${either(cases.modes)}`;
  const [known, open] = cases.https;
  if (open !== undefined) {
    return ssl;
  }
  const other = known === "on" ? "off" : "on";
  const matters = cases.modes.some(
    (mode) => !connectionsOf(mode, other, cases.visitors).some(isFlow(flow)),
  );
  return matters ? both(ssl, `always_use_https = ${known}`) : ssl;
}

/** What must hold besides the mode for a mode to make the flow; `undefined` if it never does. */
function conditionOf(cases: Cases, flow: Visitor, mode: SslValue): string | undefined {
  const made = cases.list
    .filter((one) => one.mode === mode)
    .map(({ https, connections }) => ({ https, found: connections.filter(isFlow(flow)) }))
    .filter(({ found }) => found.length > 0);
  const [first] = made;
  if (first === undefined) {
    return undefined;
  }
  const conditions: string[] = [];
  if (made.length < cases.https.length) {
    conditions.push(`always_use_https = ${first.https}`);
  }
  if (!made.every(({ found }) => found.some(({ sure }) => sure))) {
    conditions.push("Cloudflare picks this port, which it does not document");
  }
  return conditions.join(" and ");
}

/** The values of settings of which one makes the flow exist: what a report says would break it. */
function whyPossible(cases: Cases, flow: Visitor): string {
  const conditions = new Map(cases.modes.map((mode) => [mode, conditionOf(cases, flow, mode)]));
  const ways: string[] = [];
  for (const condition of new Set(conditions.values())) {
    const modes = cases.modes.filter((mode) => conditions.get(mode) === condition);
    if (condition !== undefined) {
      const ssl = modes.length < cases.modes.length ? `ssl = ${either(modes)}` : "";
      ways.push(both(ssl, condition));
    }
  }
  const lifted = cases.raisable.filter((mode) => conditions.get(mode) !== "");
  if (lifted.length > 0 && cases.raised.some(isFlow(flow))) {
    ways.push(
      `automatic mode raises ssl = ${either(lifted)} (ssl_automatic_mode is not known to be custom)`,
    );
  }
  return `only if ${ways.join("; or ")}`;
}

/**
 * The ways in which the edge may connect to the origins of a hostname: the table of docs/proof.md,
 * "Flows", over every combination of the possible settings, merged by scheme and port and
 * ascending by port. A flow is certain if it is there in each combination. Automatic SSL/TLS only
 * adds possible flows: what is written in `ssl` holds from the apply on until Cloudflare raises it.
 *
 * @throws RangeError when there is no port, or Cloudflare proxies no visitors on one of them
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
export function edgeFlows(settings: EdgeSettings): readonly EdgeFlow[] {
  const cases = casesOf(settings);
  const all = [...cases.list.flatMap(({ connections }) => connections), ...cases.raised];
  return distinct(all).map((flow) => {
    const certain = cases.list.every(({ connections }) =>
      connections.some((connection) => connection.sure && isFlow(flow)(connection)),
    );
    return {
      visitor: distinct(all.filter(isFlow(flow)).map(({ visitor }) => visitor)),
      ...flow,
      certain,
      because: certain ? whyCertain(cases, flow) : whyPossible(cases, flow),
    };
  });
}

/** A connection that the edge makes under one combination of the possible settings. */
export interface EdgeConnection {
  readonly scheme: Scheme;
  readonly port: number;
  /** False where Cloudflare does not document that it makes it. */
  readonly sure: boolean;
}

/**
 * What the edge does under each combination of the possible settings. A site that is cut off in
 * each of them is cut off, whatever the settings are.
 *
 * @throws RangeError as {@link edgeFlows}
 */
export function edgeCases(settings: EdgeSettings): readonly (readonly EdgeConnection[])[] {
  return casesOf(settings).list.map(({ connections }) =>
    connections.map(({ scheme, port, sure }) => ({ scheme, port, sure })),
  );
}
