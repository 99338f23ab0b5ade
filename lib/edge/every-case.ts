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
import { type EdgeSettings, VISITOR_PORTS, visitorsOn } from "./flows";
import type { Outcome } from "./rules";

/** A connection that the edge makes, or may make, under one combination of the settings. */
export interface Made extends Visitor {
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

/** One combination of the settings. */
export interface Case {
  readonly mode: SslValue;
  readonly https: OnOff;
  readonly made: readonly Made[];
}

/** What the edge does for requests under each combination of the possible settings. */
export interface EveryCase {
  readonly cases: readonly Case[];
  /** What it does once Cloudflare has raised the mode by itself. */
  readonly raised: readonly Made[];
  /** What may become of any of the requests. */
  readonly outcomes: readonly Outcome[];
}

/**
 * What the edge does, by what becomes of the requests of each visitor. Undefined where that has too
 * many ways.
 *
 * @throws RangeError as `edgeFlows`
 */
export function everyCase(
  settings: EdgeSettings,
  outcomesOf: (visitor: Visitor) => readonly Outcome[] | undefined,
): EveryCase | undefined {
  const visitors = visitorsOn(settings.visitorPorts ?? VISITOR_PORTS);
  const outcomes = new Map<string, readonly Outcome[]>();
  for (const visitor of [...visitors, HTTPS_443, HTTP_80]) {
    const found = outcomesOf(visitor);
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
  const raisable = settings.automaticMode === "custom" ? undefined : modes.find(isRaisable);
  return {
    cases: modes.flatMap((mode) =>
      https.map((value): Case => ({ mode, https: value, made: at(mode, value) })),
    ),
    raised:
      raisable === undefined
        ? []
        : https.flatMap((value) => at("full", value).map((made) => asRaised(made, raisable))),
    outcomes: [...outcomes.values()].flat(),
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
