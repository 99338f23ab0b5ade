import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { claim, claimsOn } from "../zone/claims";
import type { IZone } from "../zone/zone";
import { zoneKeys } from "../zone/zone-identity";

/** Counts all of the app, in whatever stack. @throws ConfigurationError `health-checks-exceeded` */
export function countAgainstPlan(zone: IZone, scope: IConstruct): void {
  const keys = zoneKeys(zone).map((key) => `health check of ${key}`);
  claim(scope, keys);
  const count = claimsOn(scope, keys).length;
  if (count > zone.maxHealthChecks) {
    throw new ConfigurationError(
      "health-checks-exceeded",
      `'zone' gets ${count} health check${count === 1 ? "" : "s"}, and the plan ${zone.plan} ` +
        `allows ${zone.maxHealthChecks}; use CloudflarePlan.PRO (10), BUSINESS (50) or ` +
        "ENTERPRISE (1000), or set " +
        "'maxHealthChecks' of the zone to what your account allows",
      scope,
    );
  }
}

/**
 * The name given, or one that stays the same as long as the construct stays where it is.
 *
 * @throws ConfigurationError `invalid-health-check-name`, `duplicate-health-check-name`
 */
export function claimName(given: string | undefined, zone: IZone, scope: IConstruct): string {
  const name = given ?? scope.node.path.replace(/[^A-Za-z0-9_-]+/g, "-");
  if (isUnresolved(name)) {
    return name;
  }
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw new ConfigurationError(
      "invalid-health-check-name",
      `'name' is ${JSON.stringify(name)}; use only letters, digits, hyphens and underscores, ` +
        "at least one",
      scope,
    );
  }
  const keys = zoneKeys(zone).map((key) => `health check ${name} of ${key}`);
  const [first] = claimsOn(scope, keys);
  if (first !== undefined) {
    throw new ConfigurationError(
      "duplicate-health-check-name",
      `'name' is ${name}, as that of ${first.construct.node.path} in the same zone, so nobody ` +
        "could tell which of the two an alert is about; give another",
      scope,
    );
  }
  claim(scope, keys);
  return name;
}
