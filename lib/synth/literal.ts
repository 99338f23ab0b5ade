import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";

/** A template sequence that cdktf did not make: all of `${` but its own `${TfToken[…]}`. */
const INTERPOLATION = /\$\{(?!TfToken\[)/g;

/**
 * Is any part of the value decided by Terraform? Looks into lists and objects, which
 * `Token.isUnresolved` does not, and counts a hand-written `${…}` as decided by Terraform.
 */
export function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) {
    return true;
  }
  if (typeof value === "string") {
    // A list that is a token holds one text, which by itself is no token to cdktf.
    return value.includes("${") || value.includes("#{TfToken[");
  }
  if (Array.isArray(value)) {
    return value.some(isUnresolved);
  }
  return typeof value === "object" && value !== null && Object.values(value).some(isUnresolved);
}

/**
 * The value, which must be known at synth.
 *
 * @throws ConfigurationError `token-for-literal`; the message never holds the token's text
 */
export function requireLiteral<T>(prop: string, value: T, example: string, scope?: IConstruct): T {
  if (isUnresolved(value)) {
    throw new ConfigurationError(
      "token-for-literal",
      `'${prop}' is a token, known only when Terraform runs, but is needed at synth; ` +
        `give a literal such as ${example}`,
      scope,
    );
  }
  return value;
}

/**
 * Text that Terraform reads back as given: `${` and `%{` are escaped, cdktf's tokens stay.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTemplate(text: string): string {
  return text.replace(INTERPOLATION, () => "$${").replaceAll("%{", "%%{");
}
