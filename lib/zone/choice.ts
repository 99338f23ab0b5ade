import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";

/**
 * A member of a closed list; callers without types may pass the API's text, which has none of its
 * members.
 *
 * @param example such as `CloudflarePlan.PRO`
 * @throws ConfigurationError `not-a-choice`
 */
export function requireChoice<T extends { readonly value: string }>(
  prop: string,
  choice: T,
  example: string,
  scope: IConstruct,
): T {
  if (typeof choice !== "object" || choice === null || typeof choice.value !== "string") {
    const got = isUnresolved(choice) ? "a token" : JSON.stringify(choice);
    const [list] = example.split(".");
    throw new ConfigurationError(
      "not-a-choice",
      `'${prop}' is ${got}, which is no ${list}; give one such as ${example}`,
      scope,
    );
  }
  return choice;
}
