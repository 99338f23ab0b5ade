import {
  ALL_MODES,
  arrival,
  HTTPS_443,
  type OnOff,
  SSL_VALUES,
  type SslValue,
  targets,
  type Visitor,
} from "./connections";
import {
  byPort,
  distinct,
  type EdgeConnection,
  type EdgeFlow,
  type EdgeSettings,
  either,
  VISITOR_PORTS,
  visitorsOn,
} from "./flows";
import { type Hostname, requestOutcomes } from "./hostname";
import type { EdgeRule, Outcome } from "./rules";

/** A way in which the edge connects, where rules have their say. */
export interface RuledFlow extends EdgeFlow {
  /** The name that the edge resolves instead of the hostname; undefined for the record's own. */
  readonly origin: string | undefined;
}

/** What settings and rules make the edge do for a hostname. */
export interface RuledFlows {
  readonly flows: readonly RuledFlow[];
  /** As `edgeCases`, of connections to the record's own origin and to others. */
  readonly cases: readonly (readonly EdgeConnection[])[];
}

/** A connection that the edge makes, or may make, under one combination of the settings. */
interface Made extends Visitor {
  readonly visitor: Visitor;
  readonly origin: string | undefined;
  readonly sure: boolean;
  /** A program of the user's passes it on, or does not. */
  readonly handled: boolean;
  readonly mode: SslValue;
  readonly https: OnOff;
  readonly conditions: readonly string[];
  readonly rules: readonly string[];
}

interface Case {
  readonly mode: SslValue;
  readonly https: OnOff;
  readonly made: readonly Made[];
}

/**
 * The flows of a hostname under rules: those of `edgeFlows` for each outcome of its requests, merged
 * by origin, scheme and port. Undefined where rules combine in too many ways.
 *
 * @throws RangeError as `edgeFlows`
 */
export function ruledFlows(
  settings: EdgeSettings,
  hostname: Hostname,
  rules: readonly EdgeRule[],
): RuledFlows | undefined {
  const visitors = visitorsOn(settings.visitorPorts ?? VISITOR_PORTS);
  const outcomes = new Map<string, readonly Outcome[]>();
  for (const visitor of [...visitors, HTTPS_443, HTTP_80]) {
    const found = requestOutcomes(hostname, rules, visitor);
    if (found === undefined) {
      return undefined;
    }
    outcomes.set(visitorKey(visitor), found);
  }
  const stated = settings.ssl.length === 0 ? ALL_MODES : settings.ssl;
  const modes = SSL_VALUES.filter((mode) => stated.includes(mode));
  const https: readonly OnOff[] =
    settings.alwaysUseHttps === "unknown" ? ["on", "off"] : [settings.alwaysUseHttps];
  const at = (mode: SslValue, value: OnOff) =>
    visitors.flatMap((visitor) => madeFor({ mode, https: value, visitors, outcomes }, visitor));
  const cases = modes.flatMap((mode) =>
    https.map((value): Case => ({ mode, https: value, made: at(mode, value) })),
  );
  const raisable = settings.automaticMode === "custom" ? undefined : modes.find(isRaisable);
  const raised =
    raisable === undefined
      ? []
      : https.flatMap((value) => at("full", value).map((made) => asRaised(made, raisable)));
  return {
    flows: flowsOf(cases, raised),
    cases: cases
      .filter(({ made }) => made.length > 0)
      .map(({ made }) => [
        ...made.map(connectionOf),
        ...(mayRedirect(outcomes) ? [ELSEWHERE] : []),
      ]),
  };
}

const HTTP_80: Visitor = { scheme: "http", port: 80 };

function visitorKey({ scheme, port }: Visitor): string {
  return `${scheme} ${port}`;
}

function isRaisable(mode: SslValue): boolean {
  return mode === "off" || mode === "flexible";
}

function asRaised(made: Made, mode: SslValue): Made {
  const automatic = "automatic mode raises ssl (ssl_automatic_mode is not known to be custom)";
  return { ...made, mode, sure: false, conditions: [...made.conditions, automatic] };
}

/** Requests that may be served without the record's origin: never cut off with it. */
const ELSEWHERE: EdgeConnection = { scheme: "https", port: 0, sure: false };

function connectionOf({ scheme, port, sure, origin, handled }: Made): EdgeConnection {
  return origin === undefined && !handled ? { scheme, port, sure } : ELSEWHERE;
}

/** A redirect that may match all requests leaves nobody to be cut off. */
function mayRedirect(outcomes: ReadonlyMap<string, readonly Outcome[]>): boolean {
  const all = [...outcomes.values()].flat();
  return all.some(({ effect, sure }) => effect.redirected === true && !sure);
}

interface Situation {
  readonly mode: SslValue;
  readonly https: OnOff;
  readonly visitors: readonly Visitor[];
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
}

/** The connections for a visitor, after what settings and rules redirect at the edge. */
function madeFor(situation: Situation, visitor: Visitor): Made[] {
  const { mode, https, visitors, outcomes } = situation;
  return (outcomes.get(visitorKey(visitor)) ?? []).flatMap((outcome) => {
    const { ssl = mode, alwaysUseHttps = https, redirected } = outcome.effect;
    if (redirected === true) {
      // Where to is not looked at; it may be the same name by https.
      const seen = visitors.some(({ scheme }) => scheme === "https");
      return seen ? [] : arrived(situation, HTTPS_443, [outcome, false]);
    }
    const [to, sure] = arrival(ssl, alwaysUseHttps, visitor);
    return to === visitor
      ? connections(situation, visitor, outcome)
      : arrived(situation, to, [outcome, sure]);
  });
}

/** A visitor who comes back after a redirect: the rules are asked again. */
function arrived(situation: Situation, visitor: Visitor, [from, sure]: [Outcome, boolean]): Made[] {
  const again = situation.outcomes.get(visitorKey(visitor)) ?? [];
  return again
    .filter(({ effect }) => effect.redirected !== true)
    .flatMap((outcome) => {
      const joined = {
        ...outcome,
        sure: sure && from.sure && outcome.sure,
        conditions: [...new Set([...from.conditions, ...outcome.conditions])],
      };
      return connections(situation, visitor, joined);
    });
}

function connections({ mode, https }: Situation, visitor: Visitor, outcome: Outcome): Made[] {
  const { effect, rules } = outcome;
  const to = targets(effect.ssl ?? mode, visitor);
  const undocumented =
    to.length > 1 ? ["Cloudflare picks this port, which it does not document"] : [];
  const handler =
    effect.handled === true ? [`${rules.at(-1) ?? "a Worker"} passes requests on`] : [];
  return to.map(({ scheme, port }) => ({
    scheme,
    port: effect.port ?? port,
    origin: effect.origin,
    visitor,
    sure: outcome.sure && to.length === 1 && handler.length === 0,
    handled: effect.handled === true,
    mode,
    https,
    conditions: [...outcome.conditions, ...undocumented, ...handler],
    rules,
  }));
}

function flowsOf(cases: readonly Case[], raised: readonly Made[]): readonly RuledFlow[] {
  const all = [...cases.flatMap(({ made }) => made), ...raised];
  const groups = new Map<string, Made[]>();
  for (const made of all) {
    const key = JSON.stringify([made.origin ?? null, made.scheme, made.port]);
    groups.set(key, [...(groups.get(key) ?? []), made]);
  }
  return [...groups.values()]
    .map((group) => flowOf(group, cases))
    .sort(
      (left, right) =>
        (left.origin ?? "").localeCompare(right.origin ?? "", "en") || byPort(left, right),
    );
}

function flowOf(group: readonly Made[], cases: readonly Case[]): RuledFlow {
  const [first] = group;
  const { scheme, port, origin } = first as Made;
  const isSure = (one: Case) =>
    group.some((made) => made.sure && made.mode === one.mode && made.https === one.https);
  const certain = cases.every(isSure);
  return {
    visitor: distinct(group.map(({ visitor }) => visitor)),
    scheme,
    port,
    origin,
    certain,
    because: certain ? whyCertain(group, cases) : `only if ${whyPossible(group, cases)}`,
  };
}

function modesOf(list: readonly { readonly mode: SslValue }[]): readonly SslValue[] {
  return SSL_VALUES.filter((mode) => list.some((one) => one.mode === mode));
}

function whyCertain(group: readonly Made[], cases: readonly Case[]): string {
  const ssl = `ssl = ${either(modesOf(cases))}`;
  const rules = [...new Set(group.flatMap((made) => (made.sure ? made.rules : [])))];
  return rules.length === 0 ? ssl : `${ssl}, with ${rules.join(", ")}`;
}

/** The fewest conditions, with the settings that are needed besides. */
function whyPossible(group: readonly Made[], cases: readonly Case[]): string {
  const fewest = Math.min(...group.map(({ conditions }) => conditions.length));
  const easiest = group.filter(({ conditions }) => conditions.length === fewest);
  const modes = modesOf(easiest);
  const values = new Set(easiest.map(({ https }) => https));
  const open = new Set(cases.map(({ https }) => https));
  const clauses = [
    ...(modes.length < modesOf(cases).length ? [`ssl = ${either(modes)}`] : []),
    ...(values.size < open.size ? [`always_use_https = ${[...values].join(" or ")}`] : []),
    ...(easiest[0]?.conditions ?? []),
  ];
  return clauses.length === 0 ? "other settings of the zone allow it" : clauses.join(" and ");
}
