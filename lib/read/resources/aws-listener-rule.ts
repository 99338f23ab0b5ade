import type { Arrivals } from "../../edge/arrivals";
import type { HostHeaders } from "../../edge/hostname";
import type { Instance } from "../../model/instance";
import { asNumber, attribute, bodyOf } from "../attributes";
import { type Condition, conditionsOf, meetsHost } from "./aws-condition";

/** Which requests come to a listener. */
export interface Requests {
  /** @default - requests with any path come */
  readonly arrivals?: Arrivals | undefined;
  /** @default - with any Host header */
  readonly hosts?: HostHeaders | undefined;
}

/** No application has it, so no rule is about it but those for every path. */
const UNUSUAL = "/originproof-b1946ac92492d234";

/** Requests with any path come. */
const ALL: Arrivals = { paths: [], comes: () => true };

/** The rules that some request may come to, and whether some may come to the default action. */
export interface Reached {
  readonly rules: readonly Instance[];
  readonly fallback: boolean;
}

/** Leaves out rules about other hosts, and what stands behind a rule that takes everything. */
export function reachedBy(
  all: readonly Instance[],
  isOwn: (rule: Instance) => boolean,
  { hosts }: Requests,
): Reached {
  const rules = all.filter((rule) => !isAboutOthers(rule, hosts));
  const takers = rules.filter((rule) => isOwn(rule) && takesAll(rule, hosts));
  const isBehind = (rule: Instance) => takers.some((taker) => comesAfter(rule, taker));
  return { rules: rules.filter((rule) => !isBehind(rule)), fallback: takers.length === 0 };
}

function isAboutOthers(rule: Instance, hosts: HostHeaders | undefined): boolean {
  return conditionsOf(rule).all.some((condition) => holds(condition, hosts) === false);
}

/** Whether a condition holds for all requests, for none, or it depends. */
function holds(condition: Condition, hosts: HostHeaders | undefined): boolean | undefined {
  const { kind, patterns } = condition;
  if (kind === "host_header" && hosts !== undefined) {
    return meetsHost(condition, hosts);
  }
  const anyPath = patterns?.some((pattern) => /^\/?\*+$/.test(pattern)) === true;
  return kind === "path_pattern" && anyPath ? true : undefined;
}

/** The conditions that tell requests apart; undefined: there may be others. */
function deciding(
  rule: Instance,
  hosts: HostHeaders | undefined,
): readonly Condition[] | undefined {
  const { all, open } = conditionsOf(rule);
  const unseen = !rule.certain || open || all.length === 0;
  return unseen ? undefined : all.filter((condition) => holds(condition, hosts) !== true);
}

function takesAll(rule: Instance, hosts: HostHeaders | undefined): boolean {
  return deciding(rule, hosts)?.length === 0;
}

/** Whether some request surely comes to a rule: one with a path of its own that no other takes. */
export function takesSome(
  rule: Instance,
  all: readonly Instance[],
  { arrivals: { paths, comes } = ALL, hosts }: Requests,
): boolean {
  const earlier = all.filter((other) => other !== rule && !comesAfter(other, rule));
  return examplesOf(deciding(rule, hosts), paths).some(
    (path) => earlier.every((other) => leaves(other, path)) && comes(path),
  );
}

/** Paths that come to a rule with these conditions, if no other takes them. */
function examplesOf(
  conditions: readonly Condition[] | undefined,
  paths: readonly string[],
): readonly string[] {
  const [only, ...others] = conditions ?? [];
  if (only === undefined) {
    return conditions === undefined ? [] : [UNUSUAL, ...paths];
  }
  const patterns = others.length === 0 && only.kind === "path_pattern" ? only.patterns : undefined;
  return (patterns ?? []).flatMap((pattern) => [
    ...exampleOf(pattern),
    ...paths.filter((path) => matches(pattern, path)),
  ]);
}

/** Whether some request surely comes to the default action: no rule takes every path. */
export function leavesSome(
  rules: readonly Instance[],
  { arrivals: { paths, comes } = ALL }: Requests,
): boolean {
  return [UNUSUAL, ...paths].some(
    (path) => rules.every((rule) => leaves(rule, path)) && comes(path),
  );
}

/** All of a rule's conditions must hold: one on other paths is enough. */
function leaves(rule: Instance, path: string): boolean {
  return conditionsOf(rule).all.some(
    ({ kind, patterns }) =>
      kind === "path_pattern" && patterns?.every((pattern) => !matches(pattern, path)) === true,
  );
}

function comesAfter(other: Instance, rule: Instance): boolean {
  const [theirs, own] = [other, rule].map((each) => {
    const priority = attribute(bodyOf(each), "priority");
    return priority.kind === "known" ? asNumber(priority.value) : undefined;
  });
  return theirs !== undefined && own !== undefined && theirs > own;
}

/** A path that a pattern matches. */
function exampleOf(pattern: string): readonly string[] {
  const path = pattern.replace(/^\*/, "/*").replaceAll("*", "originproof").replaceAll("?", "x");
  return path.startsWith("/") ? [path] : [];
}

/**
 * `*` stands for any text, `?` for one character; upper and lower case differ.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
function matches(pattern: string, path: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  let index = 0;
  while (index < path.length) {
    if (pattern[at] === "*") {
      [star, mark] = [at, index];
      at += 1;
    } else if (pattern[at] === "?" || pattern[at] === path[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      mark += 1;
      [at, index] = [star + 1, mark];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
