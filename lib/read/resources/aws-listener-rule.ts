import type { Arrivals } from "../../edge/arrivals";
import type { Instance } from "../../model/instance";
import {
  asNumber,
  attribute,
  type Block,
  bodyOf,
  listAttribute,
  nestedBlocks,
} from "../attributes";

/** No application has it, so no rule is about it but those for every path. */
const UNUSUAL = "/originproof-b1946ac92492d234";

/** Requests with any path come. */
const ALL: Arrivals = { paths: [], comes: () => true };

/** Whether some request surely comes to a rule: one with a path of its own that no other takes. */
export function takesSome(
  rule: Instance,
  all: readonly Instance[],
  { paths, comes }: Arrivals = ALL,
): boolean {
  const { blocks, open } = nestedBlocks(bodyOf(rule), "condition");
  const [only, ...others] = blocks;
  const patterns =
    rule.certain && !open && only !== undefined && others.length === 0 && isAboutPaths(only)
      ? patternsOf(only)
      : undefined;
  const earlier = all.filter((other) => other !== rule && !comesAfter(other, rule));
  return (patterns ?? []).some((pattern) =>
    [...exampleOf(pattern), ...paths.filter((path) => matches(pattern, path))].some(
      (path) => earlier.every((other) => leaves(other, path)) && comes(path),
    ),
  );
}

/** Whether some request surely comes to the default action: no rule takes every path. */
export function leavesSome(rules: readonly Instance[], { paths, comes }: Arrivals = ALL): boolean {
  return [UNUSUAL, ...paths].some(
    (path) => rules.every((rule) => leaves(rule, path)) && comes(path),
  );
}

/** All of a rule's conditions must hold: one on other paths is enough. */
function leaves(rule: Instance, path: string): boolean {
  const { blocks } = nestedBlocks(bodyOf(rule), "condition");
  return blocks.some((block) => {
    const patterns = patternsOf(block);
    return patterns?.every((pattern) => !matches(pattern, path)) === true;
  });
}

const KINDS = ["host_header", "http_header", "http_request_method", "query_string", "source_ip"];

function isAboutPaths(condition: Block): boolean {
  return KINDS.every((name) => {
    const { blocks, open } = nestedBlocks(condition, name);
    return !open && blocks.length === 0;
  });
}

/** The values of `path_pattern`, where all are known. */
function patternsOf(condition: Block): readonly string[] | undefined {
  const { blocks, open } = nestedBlocks(condition, "path_pattern");
  const [pattern, ...others] = blocks;
  const list = pattern && listAttribute(pattern, "values");
  const regex = pattern && listAttribute(pattern, "regex_values");
  if (open || others.length > 0 || list === undefined || list === "unset" || list.open) {
    return undefined;
  }
  const values = list.known.filter((value) => typeof value === "string" && isRead(value));
  const whole = values.length === list.known.length && values.length > 0 && regex === "unset";
  return whole ? (values as readonly string[]) : undefined;
}

function comesAfter(other: Instance, rule: Instance): boolean {
  const [theirs, own] = [other, rule].map((each) => {
    const priority = attribute(bodyOf(each), "priority");
    return priority.kind === "known" ? asNumber(priority.value) : undefined;
  });
  return theirs !== undefined && own !== undefined && theirs > own;
}

/** A backslash makes a wildcard a letter, which is not read; AWS takes 128 characters. */
function isRead(pattern: string): boolean {
  return !pattern.includes("\\") && pattern.length <= 128;
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
