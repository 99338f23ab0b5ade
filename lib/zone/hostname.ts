import { domainToASCII } from "node:url";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { requireLiteral } from "../synth/literal";

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A hostname as Cloudflare stores it: lower case, Punycode, without a trailing dot.
 *
 * @param prop the prop it was given in
 * @throws ConfigurationError `token-for-literal`, `invalid-hostname`
 */
export function requireHostname(prop: string, name: string, scope: IConstruct): string {
  requireLiteral(prop, name, '"www.example.com"', scope);
  refuse(prop, name, problemOf(name), scope);
  return name;
}

/**
 * The full name of a record.
 *
 * @param name `@`, a single label, or a full name within the zone; the first label may be `*`
 * @throws ConfigurationError `token-for-literal`, `invalid-hostname`, `name-outside-zone`
 */
export function qualify(name: string, zoneName: string, scope: IConstruct): string {
  requireLiteral("name", name, '"www"', scope);
  if (name === "@") {
    return zoneName;
  }
  refuse("name", name, problemOf(name, name.replace(/^\*(?=\.|$)/, "any")), scope);
  if (name === zoneName || name.endsWith(`.${zoneName}`)) {
    return name;
  }
  if (name.includes(".")) {
    throw new ConfigurationError(
      "name-outside-zone",
      `'name' is ${JSON.stringify(name)}, which is outside the zone ${zoneName}; use "@", ` +
        `a single label such as "www", or a full name such as "www.${zoneName}"`,
      scope,
    );
  }
  return `${name}.${zoneName}`;
}

function refuse(prop: string, name: string, problem: string | undefined, scope: IConstruct): void {
  if (problem !== undefined) {
    throw new ConfigurationError(
      "invalid-hostname",
      `'${prop}' is ${JSON.stringify(name)}, which ${problem}`,
      scope,
    );
  }
}

/** @param plain the name with an ordinary label instead of a wildcard */
function problemOf(name: string, plain: string = name): string | undefined {
  if (name.endsWith(".")) {
    return `ends in a dot; write "${name.slice(0, -1)}"`;
  }
  if (name !== name.toLowerCase()) {
    return `has capitals; write "${name.toLowerCase()}"`;
  }
  const ascii = domainToASCII(name);
  if (/[^\x20-\x7e]/.test(name) && ascii !== "") {
    return `is not in Punycode; write "${ascii}"`;
  }
  const valid = name.length <= 253 && plain.split(".").every((label) => LABEL.test(label));
  return valid ? undefined : "is no hostname; use letters, digits and hyphens between dots";
}
