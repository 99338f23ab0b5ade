import type { SslValue } from "./connections";
import type { Requests } from "./expression/evaluate";
import type { Truth } from "./expression/truth";

/**
 * Where in a request's way a rule stands, in Cloudflare's order. What comes later overrides.
 *
 * - `redirect`: single and bulk redirects, the first that matches
 * - `page`: page rules, the first that matches
 * - `config`: configuration rules, all that match
 * - `origin`: origin rules and Cloud Connector, all that match
 * - `handler`: Workers and Snippets
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 * @see https://developers.cloudflare.com/rules/origin-rules/faq/
 */
export const STAGES = ["redirect", "page", "config", "origin", "handler"] as const;

/** What a rule changes for the requests that it matches. */
export interface Effect {
  readonly ssl?: SslValue;
  readonly alwaysUseHttps?: "on";
  /** The port that the edge connects to. */
  readonly port?: number;
  /** The name that the edge resolves instead of the visitor's hostname, in lower case. */
  readonly origin?: string;
  /** The edge answers with a redirect: the origin does not see the request. */
  readonly redirected?: true;
  /** A program of the user's answers, and may pass the request on. */
  readonly handled?: true;
}

/** A rule of the edge that can change how it connects to the origin. */
export interface EdgeRule {
  readonly stage: (typeof STAGES)[number];
  /** How texts call it: `rule 2 of cloudflare_ruleset.origin`. */
  readonly name: string;
  /** Whether it applies to all of the requests, to none, or it depends. */
  readonly when: (requests: Requests) => Truth;
  readonly effect: Effect;
  /** Paths that are worth asking about, each with its leading slash. */
  readonly paths: readonly string[];
}

/** What becomes of some of a hostname's requests. */
export interface Outcome {
  readonly effect: Effect;
  /** A request is known that this becomes of. */
  readonly sure: boolean;
  /** Which rules apply to it, where that is open: `rule 1 of … applies`. */
  readonly conditions: readonly string[];
  /** The rules that made the effect. */
  readonly rules: readonly string[];
}

/** More of them, and a hostname's rules are not followed. */
const MOST_OUTCOMES = 64;

const NEUTRAL: Outcome = { effect: {}, sure: true, conditions: [], rules: [] };

/** In the order in which Cloudflare evaluates them; those of one stage keep theirs. */
export function inOrder(rules: readonly EdgeRule[]): readonly EdgeRule[] {
  return STAGES.flatMap((stage) => rules.filter((rule) => rule.stage === stage));
}

/**
 * What may become of the requests: everything that rules, in order, can make of one of them. It is
 * sure where every rule is decided for all of the requests; undefined where there are too many.
 */
export function outcomesOf(
  rules: readonly EdgeRule[],
  requests: Requests,
): readonly Outcome[] | undefined {
  let states: readonly State[] = [{ ...NEUTRAL, page: false }];
  for (const rule of rules) {
    const truth = rule.when(requests);
    if (truth !== false) {
      states = distinct(states.flatMap((state) => after(state, rule, truth)));
    }
    if (states.length > MOST_OUTCOMES) {
      return undefined;
    }
  }
  return distinct(states.map((state) => ({ ...state, page: false })));
}

/** An outcome so far, and whether a page rule has matched. */
interface State extends Outcome {
  readonly page: boolean;
}

function after(state: State, rule: EdgeRule, truth: Truth): State[] {
  const over = rule.stage === "page" && state.page;
  if (over || state.effect.redirected === true) {
    return [state];
  }
  const applied: State = {
    ...state,
    effect: { ...state.effect, ...rule.effect },
    rules: isInert(rule) ? state.rules : [...state.rules, rule.name],
    page: state.page || rule.stage === "page",
  };
  if (truth === true) {
    return [applied];
  }
  return [unsure(applied, `${rule.name} applies`), unsure(state, `${rule.name} does not apply`)];
}

/** It changes nothing here; a page rule like that still keeps the later ones from applying. */
export function isInert({ effect }: EdgeRule): boolean {
  return Object.keys(effect).length === 0;
}

function unsure(state: State, condition: string): State {
  return { ...state, sure: false, conditions: [...state.conditions, condition] };
}

/** Of states that come to the same, the one that needs least. */
function distinct(states: readonly State[]): readonly State[] {
  const found = new Map<string, State>();
  for (const state of states) {
    const key = JSON.stringify([state.page, effectKey(state.effect)]);
    const known = found.get(key);
    if (known === undefined || state.conditions.length < known.conditions.length) {
      found.set(key, state);
    }
  }
  return [...found.values()];
}

/** The same for effects that are the same. */
export function effectKey({
  ssl,
  alwaysUseHttps,
  port,
  origin,
  redirected,
  handled,
}: Effect): string {
  return redirected === true
    ? "redirected"
    : JSON.stringify([ssl, alwaysUseHttps, port, origin, handled].map((each) => each ?? null));
}
