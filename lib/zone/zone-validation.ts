import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved, requireLiteral } from "../synth/literal";
import { requireChoice } from "./choice";
import { CloudflarePlan } from "./cloudflare-plan";
import { requireHostname } from "./hostname";
import { SslMode } from "./ssl-mode";

/** @throws ConfigurationError `token-for-literal`, `invalid-hostname` */
export function checkZoneName(prop: string, name: string, scope: IConstruct): string {
  requireHostname(prop, name, scope);
  if (!name.includes(".")) {
    throw new ConfigurationError(
      "invalid-hostname",
      `'${prop}' is ${JSON.stringify(name)}, which is no domain; give one such as "example.com"`,
      scope,
    );
  }
  return name;
}

/** @throws ConfigurationError `invalid-account-id` */
export function checkAccountId(accountId: string, scope: IConstruct): string {
  if (!isUnresolved(accountId) && !/^[0-9a-f]{32}$/.test(accountId)) {
    throw new ConfigurationError(
      "invalid-account-id",
      `'accountId' is ${JSON.stringify(accountId)}; give the account's id of 32 hex digits in ` +
        "lower case, which the dashboard shows under Account home, or a token",
      scope,
    );
  }
  return accountId;
}

/** @throws ConfigurationError `invalid-zone-id` */
export function checkZoneId(zoneId: string, scope: IConstruct): string {
  if (!isUnresolved(zoneId) && !/^[0-9a-f]{32}$/.test(zoneId)) {
    throw new ConfigurationError(
      "invalid-zone-id",
      `'zoneId' is ${JSON.stringify(zoneId)}; give the zone's id of 32 hex digits in lower case, ` +
        "which the dashboard shows on the zone's overview, or a token",
      scope,
    );
  }
  return zoneId;
}

/** @throws ConfigurationError `not-a-choice` */
export function checkPlan(plan: CloudflarePlan | undefined, scope: IConstruct): CloudflarePlan {
  return requireChoice("plan", plan ?? CloudflarePlan.FREE, "CloudflarePlan.PRO", scope);
}

/** @throws ConfigurationError `unknown-ssl-mode`, `ssl-mode-not-in-plan` */
export function checkSsl(ssl: SslMode, plan: CloudflarePlan, scope: IConstruct): SslMode {
  // Callers without types may pass the API's value.
  const mode = SslMode.of(typeof ssl === "string" ? ssl : ssl.value, scope);
  if (mode === SslMode.ORIGIN_PULL && !plan.includes(CloudflarePlan.ENTERPRISE)) {
    throw new ConfigurationError(
      "ssl-mode-not-in-plan",
      `'ssl' is "origin_pull", which the plan ${plan} has not; ` +
        "use SslMode.STRICT, or set 'plan' to CloudflarePlan.ENTERPRISE",
      scope,
    );
  }
  return mode;
}

/** @throws ConfigurationError `invalid-limit`, `token-for-literal` */
export function checkLimit(limit: number, scope: IConstruct): number {
  requireLiteral("maxHealthChecks", limit, "10", scope);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new ConfigurationError(
      "invalid-limit",
      `'maxHealthChecks' is ${limit}; give a whole number from 0 up`,
      scope,
    );
  }
  return limit;
}
