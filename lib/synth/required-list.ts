import type { IConstruct } from "constructs";
import { isObject } from "../model/value";
import { ConfigurationError } from "./configuration-error";
import { isUnresolved } from "./literal";

/** What the members of a prop's list must be. */
export interface Members {
  /** For people, such as `Listener`. */
  readonly what: string;
  /** Such as `[Listener.https()]`. */
  readonly example: string;
  readonly fits: (member: unknown) => boolean;
}

/**
 * Refuses what is no list, or has a member of another kind, such as a list in a list, which callers
 * without types may give.
 *
 * @throws ConfigurationError `not-a-list`
 */
export function requireList(
  prop: string,
  list: unknown,
  { what, example, fits }: Members,
  scope: IConstruct,
): void {
  const odd = Array.isArray(list) ? list.findIndex((member) => !fits(member)) : -1;
  if (Array.isArray(list) && odd < 0) {
    return;
  }
  const got = Array.isArray(list)
    ? `has ${wordFor(list[odd])}, which is no ${what}`
    : `is ${wordFor(list)}, and no list`;
  throw new ConfigurationError(
    "not-a-list",
    `'${prop}' ${got}; give one such as ${example}`,
    scope,
  );
}

/** Has it such members, each a list of its own? */
export function hasLists(value: unknown, ...names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => isListOfThings(Reflect.get(value, name)));
}

function isListOfThings(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => isObject(one) && !Array.isArray(one));
}

function wordFor(value: unknown): string {
  // Not into objects: a construct leads to the whole tree.
  if (typeof value !== "object" && isUnresolved(value)) {
    return "a token";
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  const isPlain = typeof value === "string" || typeof value === "number";
  return isPlain ? JSON.stringify(value) : typeof value === "object" ? "an object" : String(value);
}
