import type { IConstruct } from "constructs";

/**
 * The one error for misuse of the constructs. The message names the prop in quotes, the value got,
 * the values allowed and the change to make. With a scope it begins with the construct's path.
 *
 * @example
 * throw new ConfigurationError(
 *   "no-listener",
 *   "'listeners' is empty; give at least one, such as Listener.https()",
 *   this,
 * );
 */
export class ConfigurationError extends Error {
  /** Where in the construct tree, as `shop/Firewall`; `undefined` for values that have no scope. */
  readonly constructPath: string | undefined;

  /**
   * @param code stable, in kebab-case; messages may be reworded, codes are not
   * @param message what is wrong and how to fix it, without a full stop at the end
   * @param scope the construct that was given the value
   */
  constructor(
    readonly code: string,
    message: string,
    scope?: IConstruct,
  ) {
    super(scope === undefined ? message : `[${scope.node.path}] ${message}`);
    this.name = "ConfigurationError";
    this.constructPath = scope?.node.path;
  }
}
