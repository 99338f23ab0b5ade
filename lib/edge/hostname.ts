import type { Visitor } from "./connections";
import { ANY_PATH, ANY_TEXT, join, type Requests } from "./expression/evaluate";
import { matches, type Template } from "./expression/wildcard";
import { type EdgeRule, effectKey, inOrder, type Outcome, outcomesOf } from "./rules";

/** A name that a record gives to visitors, a wildcard included. */
export interface Hostname {
  readonly name: string;
  /** Every text that it may be, where that is not the name alone or, of a wildcard, all below it. */
  readonly host?: Template;
  /** Names that a wildcard does not answer for: they have records of their own. */
  readonly taken?: ReadonlySet<string>;
  /** Something may rewrite paths before rules see them. */
  readonly rewritten: boolean;
}

/** The Host headers with which requests for a hostname come, in lower case. */
export interface HostHeaders {
  readonly all: readonly Template[];
  /** Of a wildcard: names that are not among them. */
  readonly taken?: ReadonlySet<string>;
}

/** Those that visitors send: with their port, where that is not the scheme's own. */
export function hostHeaders(
  { name, host = hostOf(name), taken }: Hostname,
  ports: readonly number[],
): HostHeaders {
  const odd = ports.filter((port) => port !== 80 && port !== 443);
  const all = [host, ...odd.map((port) => join(host, [`:${port}`]))];
  return { all, ...(taken !== undefined && isWildcard(name) ? { taken } : {}) };
}

/** Whether a header, and a name in which `*` stands for any text, always, never or sometimes agree. */
export function isNamed(
  header: Template,
  pattern: string,
  taken: ReadonlySet<string> | undefined,
): boolean | undefined {
  const parts = pattern.split("*");
  const never = header.length > 1 && parts.length === 1 && taken?.has(pattern) === true;
  return never ? false : matches(header, parts);
}

/** Requests that are asked one by one; more are not needed to show that something happens. */
const MOST_SAMPLES = 32;

/** A label that nobody uses: what a wildcard record is surely asked for. */
const SOME_LABEL = "originproof-any-name";

/**
 * What becomes of the requests of visitors who come by a scheme and port: everything that may, and
 * of it as sure what becomes of some known request. Undefined where there are too many ways.
 */
export function requestOutcomes(
  hostname: Hostname,
  rules: readonly EdgeRule[],
  visitor: Visitor,
): readonly Outcome[] | undefined {
  const ordered = inOrder(rules);
  const all = outcomesOf(ordered, requestsOf(hostname, visitor));
  if (all === undefined || all.every(({ sure }) => sure)) {
    return all;
  }
  const shown = new Map<string, Outcome>();
  for (const path of samplePaths(ordered)) {
    const [only, ...others] = outcomesOf(ordered, sampleOf(hostname, visitor, path)) ?? [];
    if (only?.sure === true && others.length === 0) {
      shown.set(effectKey(only.effect), only);
    }
  }
  return all.map((outcome) => shown.get(effectKey(outcome.effect)) ?? outcome);
}

/** Whether a rule may be about some request of a hostname by one of these visitors. */
export function mayMatch(
  rule: EdgeRule,
  hostname: Hostname,
  visitors: readonly Visitor[],
): boolean {
  const [first] = visitors;
  // Most rules are about other hostnames, which is quick to tell.
  if (
    first !== undefined &&
    rule.when({ ...requestsOf(hostname, first), hostAlone: true }) === false
  ) {
    return false;
  }
  return visitors.some((visitor) => rule.when(requestsOf(hostname, visitor)) !== false);
}

function requestsOf(hostname: Hostname, { scheme, port }: Visitor): Requests {
  const { name, host = hostOf(name), taken, rewritten } = hostname;
  const own = taken === undefined || !isWildcard(name) ? {} : { taken };
  return { scheme, port, host, ...own, path: ANY_PATH, query: ANY_TEXT, rewritten };
}

function isWildcard(name: string): boolean {
  return name.startsWith("*");
}

function hostOf(name: string): Template {
  return name.startsWith("*.") ? ["", name.slice(1)] : [name];
}

/** One request: with a path, without a query. */
export function sampleOf(hostname: Hostname, visitor: Visitor, path: string): Requests {
  const requests = requestsOf(hostname, visitor);
  const [, below = "", ...rest] = requests.host;
  const host = isWildcard(hostname.name) ? [`${SOME_LABEL}${below}`, ...rest] : requests.host;
  return { ...requests, host, path: [path], query: [""] };
}

/** What rules ask about, and a path that none of them does. */
export function samplePaths(rules: readonly EdgeRule[]): readonly string[] {
  const asked = rules.flatMap((rule) => rule.paths).filter(isPlain);
  return [...new Set(["/originproof-any-path", "/", ...asked])].slice(0, MOST_SAMPLES);
}

/** A path that reaches Cloudflare as it is written. */
export function isPlain(path: string): boolean {
  const odd = /\/\.{0,2}\/|\/\.{1,2}$/;
  return /^\/[\w.~/-]{0,999}$/.test(path) && !odd.test(path);
}
