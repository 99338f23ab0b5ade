import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { escapeTemplate, requireLiteral } from "../synth/literal";

/** What a setting of a zone can be: each has a type of its own. */
export type SettingValue =
  | string
  | number
  | boolean
  | readonly SettingValue[]
  | { readonly [member: string]: SettingValue };

/**
 * The value as Terraform reads it back: texts are escaped, tokens stay, members keep their names.
 */
export function settingValue(value: SettingValue): SettingValue {
  if (typeof value === "string") {
    return escapeTemplate(value);
  }
  if (isList(value)) {
    return value.map(settingValue);
  }
  if (typeof value === "object" && !isUnresolvedWhole(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([member, each]) => [member, settingValue(each)]),
    );
  }
  return value;
}

/** @throws ConfigurationError `token-for-literal`, `setting-twice`, `invalid-setting` */
export function requireOtherSettings(
  settings: Readonly<Record<string, SettingValue>>,
  own: readonly string[],
  scope: IConstruct,
): void {
  const names = Token.isUnresolved(settings) ? settings : Object.keys(settings);
  requireLiteral("otherSettings", names, "{ browser_cache_ttl: 14400 }", scope);
  for (const [id, value] of Object.entries(settings)) {
    if (own.includes(id)) {
      throw new ConfigurationError(
        "setting-twice",
        `'otherSettings' has ${id}, which has a prop of its own; use that, such as 'ssl' for ssl`,
        scope,
      );
    }
    const bad = /^[a-z0-9]+(_[a-z0-9]+)*$/.test(id) ? problemOf(value) : "no id of the API";
    if (bad !== undefined) {
      throw new ConfigurationError(
        "invalid-setting",
        `'otherSettings' has ${JSON.stringify(id)}, which is ${bad}; ` +
          'give an id such as "browser_cache_ttl" with a text, number, boolean, list or object',
        scope,
      );
    }
  }
}

function problemOf(value: unknown): string | undefined {
  const isValue = ["string", "number", "boolean", "object"].includes(typeof value);
  return isValue && value !== null ? undefined : "without a value";
}

function isList(value: SettingValue): value is readonly SettingValue[] {
  return Array.isArray(value);
}

/** An object that is a token, rather than one that holds some. */
function isUnresolvedWhole(value: object): boolean {
  return "resolve" in value && typeof value.resolve === "function";
}
