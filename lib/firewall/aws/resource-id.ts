import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { isUnresolved } from "../../synth/literal";

/** What AWS's ids begin with. */
export type IdPrefix = "eni" | "igw" | "pl" | "rtb" | "sg" | "subnet" | "vpc";

/**
 * An id as AWS writes it, or a token: 17 hexadecimal digits, and 8 for what is old.
 *
 * @throws ConfigurationError `invalid-id`
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export function requireId(
  prop: string,
  prefix: IdPrefix,
  value: string,
  scope: IConstruct,
): string {
  const isId = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(value);
  // Callers without types may give a list in a list, which reads as its member.
  if (typeof value !== "string" || (!isId && !isUnresolved(value))) {
    throw new ConfigurationError(
      "invalid-id",
      `'${prop}' has ${JSON.stringify(value)}, which is no id of AWS's; give one such as ` +
        `${prefix}-0123456789abcdef0, or a token`,
      scope,
    );
  }
  return value;
}
