import type { IConstruct } from "constructs";
import { type Cidr, parseCidr } from "../../net/cidr";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";

/**
 * A range that is known at synth.
 *
 * @throws ConfigurationError `invalid-cidr`, `token-for-literal`
 */
export function readCidr(prop: string, text: string, scope?: IConstruct): Cidr {
  requireLiteral(prop, text, '"198.51.100.0/24"', scope);
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new ConfigurationError(
      "invalid-cidr",
      `'${prop}' has ${JSON.stringify(text)}, which ${parsed.problem}`,
      scope,
    );
  }
  return parsed.value;
}

/** A range as part of a construct id, such as `198-51-100-0-24`. */
export function cidrId(text: string): string {
  return text.replace(/[.:/]/g, "-");
}
