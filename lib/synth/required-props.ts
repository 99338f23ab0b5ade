import type { IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";

/** The members of T that its type does not let a caller leave out. */
type Required<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K;
}[keyof T];

/**
 * Callers without types may leave out what must be given.
 *
 * @param needed for each such prop what to give, such as `'a Zone'`
 * @throws ConfigurationError `prop-missing`
 */
export function requireProps<T extends object>(
  props: T,
  needed: Readonly<Record<Required<T> & string, string>>,
  scope?: IConstruct,
): void {
  const given = new Map(Object.entries(props ?? {}));
  for (const [prop, what] of Object.entries<string>(needed)) {
    if ((given.get(prop) ?? undefined) === undefined) {
      throw new ConfigurationError("prop-missing", `'${prop}' is missing; give ${what}`, scope);
    }
  }
}
