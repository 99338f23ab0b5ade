import type { IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";

/**
 * Refuses props that lack what the types ask for, which callers without types may leave out.
 *
 * @param required the names of the props
 * @throws ConfigurationError `missing-prop`
 */
export function requireProps<T extends object>(
  props: T,
  required: readonly (keyof T & string)[],
  scope?: IConstruct,
): void {
  const given = new Map<string, unknown>(Object.entries(props ?? {}));
  const missing = required.find(
    (prop) => given.get(prop) === undefined || given.get(prop) === null,
  );
  if (missing !== undefined) {
    const all = required.map((prop) => `'${prop}'`).join(", ");
    throw new ConfigurationError(
      "missing-prop",
      `'${missing}' is missing; give it: ${all} can't be left out`,
      scope,
    );
  }
}
