import type { NotificationPolicyMechanisms } from "@cdktf/provider-cloudflare/lib/notification-policy";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { type Members, requireList } from "../synth/required-list";
import { requireChoice } from "../zone/choice";
import type { CloudflarePlan } from "../zone/cloudflare-plan";
import type { IZone } from "../zone/zone";
import { areDifferent } from "../zone/zone-identity";
import type { HealthCheck } from "./health-check";
import { HealthStatus } from "./health-status";
import type { NotificationDestination } from "./notification-destination";

/** @throws ConfigurationError `check-of-another-zone`, `statuses-without-checks` */
export function checkHealthChecks(
  zone: IZone,
  healthChecks: readonly HealthCheck[],
  healthStatuses: readonly HealthStatus[] | undefined,
  scope: IConstruct,
): void {
  const foreign = healthChecks.find((check) => areDifferent(check.zone, zone));
  if (foreign !== undefined) {
    throw new ConfigurationError(
      "check-of-another-zone",
      `'healthChecks' has ${foreign.node.path}, which is of the zone ${foreign.zone.zoneName}, ` +
        `and these alerts are of ${zone.zoneName}; make OriginAlerts for that zone too`,
      scope,
    );
  }
  if (healthChecks.length === 0 && healthStatuses !== undefined) {
    throw new ConfigurationError(
      "statuses-without-checks",
      "'healthStatuses' is given without 'healthChecks', so it filters nothing; give both or " +
        "neither",
      scope,
    );
  }
}

/** @throws ConfigurationError `not-a-choice`, `no-status` */
export function statusesOf(
  given: readonly HealthStatus[] | undefined,
  scope: IConstruct,
): string[] {
  const statuses = given ?? [HealthStatus.HEALTHY, HealthStatus.UNHEALTHY];
  if (statuses.length === 0) {
    throw new ConfigurationError(
      "no-status",
      "'healthStatuses' is empty; give at least one, such as HealthStatus.UNHEALTHY",
      scope,
    );
  }
  const example = "HealthStatus.UNHEALTHY";
  const values = statuses.map((one) => requireChoice("healthStatuses", one, example, scope).value);
  return [...new Set(values)].sort();
}

const DESTINATIONS: Members = {
  what: "NotificationDestination",
  example: '[NotificationDestination.email("ops@example.com")]',
  fits: (value) => typeof value === "object" && value !== null && "mechanism" in value,
};

/**
 * Those that have a destination: an empty one differs from the API's answer at every plan.
 *
 * @throws ConfigurationError `not-a-list`, `no-destination`, `destination-not-in-plan`
 */
export function mechanismsOf(
  notify: readonly NotificationDestination[],
  plan: CloudflarePlan,
  scope: IConstruct,
): NotificationPolicyMechanisms {
  requireList("notify", notify, DESTINATIONS, scope);
  if (notify.length === 0) {
    throw new ConfigurationError(
      "no-destination",
      "'notify' is empty; give at least one, such as " +
        'NotificationDestination.email("ops@example.com")',
      scope,
    );
  }
  const beyond = notify.find((destination) => !plan.includes(destination.plan));
  if (beyond !== undefined) {
    throw new ConfigurationError(
      "destination-not-in-plan",
      `'notify' has ${beyond.mechanism}, for which a zone of the account must be on ` +
        `${beyond.plan}; use e-mail, or set 'accountPlan' to the plan of the account's best zone`,
      scope,
    );
  }
  const kinds = ["email", "webhooks", "pagerduty"] as const;
  const given = kinds.map((kind) => {
    const ids = notify.filter(({ mechanism }) => mechanism === kind).map(({ id }) => id);
    return [kind, [...new Set(ids)].sort().map((id) => ({ id }))] as const;
  });
  return Object.fromEntries(given.filter(([, ids]) => ids.length > 0));
}
