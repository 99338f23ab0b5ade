import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";

/**
 * A TCP port that is known at synth.
 *
 * @throws ConfigurationError `invalid-port`, `token-for-literal`
 */
export function requirePort(prop: string, port: number, scope?: IConstruct): number {
  requireLiteral(prop, port, "8080", scope);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new ConfigurationError(
      "invalid-port",
      `'${prop}' has port ${port}; give a whole number from 1 to 65535`,
      scope,
    );
  }
  return port;
}
