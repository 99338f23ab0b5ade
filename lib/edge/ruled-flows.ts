import type { Arrivals } from "./arrivals";
import { SSL_VALUES, type SslValue } from "./connections";
import { type Case, everyCase, type Made } from "./every-case";
import {
  byPort,
  distinct,
  type EdgeConnection,
  type EdgeFlow,
  type EdgeSettings,
  either,
} from "./flows";
import { type Hostname, requestOutcomes } from "./hostname";
import type { EdgeRule, Outcome } from "./rules";

/** A way in which the edge connects, where rules have their say. */
export interface RuledFlow extends EdgeFlow {
  /** The name that the edge resolves instead of the hostname; undefined for the record's own. */
  readonly origin: string | undefined;
  /** @default - requests with any path come by it */
  readonly arrivals?: Arrivals;
}

/** What settings and rules make the edge do for a hostname. */
export interface RuledFlows {
  readonly flows: readonly RuledFlow[];
  /** As `edgeCases`, of connections to the record's own origin and to others. */
  readonly cases: readonly (readonly EdgeConnection[])[];
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
  const found = everyCase(settings, (visitor) => requestOutcomes(hostname, rules, visitor));
  if (found === undefined) {
    return undefined;
  }
  const { cases, raised, outcomes } = found;
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

/** Requests that may be served without the record's origin: never cut off with it. */
const ELSEWHERE: EdgeConnection = { scheme: "https", port: 0, sure: false };

function connectionOf({ scheme, port, sure, origin, handled }: Made): EdgeConnection {
  return origin === undefined && !handled ? { scheme, port, sure } : ELSEWHERE;
}

/** A redirect that may match all requests leaves nobody to be cut off. */
function mayRedirect(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ effect, sure }) => effect.redirected === true && !sure);
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
