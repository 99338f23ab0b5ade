import {
  NotificationPolicy,
  type NotificationPolicyFilters,
  type NotificationPolicyMechanisms,
} from "@cdktf/provider-cloudflare/lib/notification-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { declareConstruct } from "../synth/declare-construct";
import { requireProps } from "../synth/required-props";
import { requireChoice } from "../zone/choice";
import { CloudflarePlan } from "../zone/cloudflare-plan";
import { type CloudflareResourceProps, providerOf } from "../zone/cloudflare-provider";
import type { IZone } from "../zone/zone";
import { ErrorRateSlo } from "./error-rate-slo";
import type { HealthCheck } from "./health-check";
import type { HealthStatus } from "./health-status";
import type { NotificationDestination } from "./notification-destination";
import { checkHealthChecks, mechanismsOf, statusesOf } from "./origin-alerts-validation";

/** Properties of {@link OriginAlerts}. */
export interface OriginAlertsProps extends CloudflareResourceProps {
  readonly zone: IZone;
  /** Who is told; at least one. */
  readonly notify: readonly NotificationDestination[];
  /**
   * Checks of the zone whose change of state is told, from Pro up.
   *
   * @default - none
   */
  readonly healthChecks?: readonly HealthCheck[];
  /**
   * Which turns of the health checks are told.
   *
   * @default [HealthStatus.HEALTHY, HealthStatus.UNHEALTHY]
   */
  readonly healthStatuses?: readonly HealthStatus[];
  /**
   * Tell of Error 521 too. The alert watches all zones of the account: of several OriginAlerts of an
   * account, one is enough.
   *
   * @default true
   */
  readonly passiveMonitoring?: boolean;
  /**
   * The plan of the account's best zone, which decides on webhooks and PagerDuty.
   *
   * @default - the zone's plan
   */
  readonly accountPlan?: CloudflarePlan;
  /**
   * On Enterprise: the rate of the origin's errors, 521 to 523 included, that is told.
   *
   * @default ErrorRateSlo.PERCENT_99_9
   */
  readonly slo?: ErrorRateSlo;
}

/** What one alert needs besides the account and the destinations. */
interface Alert {
  readonly type: string;
  /** What it tells, as its name says. */
  readonly tells: string;
  readonly description: string;
  readonly filters?: NotificationPolicyFilters;
}

/**
 * Notifications about origins that don't answer, as far as the zone's plan has them:
 *
 * - every plan: passive origin monitoring, which sees **only Error 521**, of all zones of the account
 * - from Pro: the status of the health checks given, which covers 522, the usual code of a cloud's
 *   firewall
 * - Enterprise: the rate of origin errors of the zone, which counts 521, 522 and 523
 *
 * Each is a policy whose name says the zone, what it tells, and the construct's path, such as
 * `example.com: health of origin changed (shop/Alerts)`, so no two are alike.
 *
 * @example
 * new OriginAlerts(this, "Alerts", {
 *   zone,
 *   healthChecks: [check],
 *   notify: [NotificationDestination.email("ops@example.com")],
 * });
 * @see https://developers.cloudflare.com/notifications/notification-available/
 */
export class OriginAlerts extends Construct {
  private readonly zone: IZone;
  private readonly mechanisms: NotificationPolicyMechanisms;
  private readonly by: CloudflareResourceProps;

  /**
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `no-destination`,
   * `destination-not-in-plan`, `alert-not-in-plan`, `check-of-another-zone`, `no-status`,
   * `statuses-without-checks`, `no-alert`, `wrong-provider`, `provider-elsewhere`
   */
  constructor(scope: Construct, id: string, props: OriginAlertsProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["zone", "notify"], this);
    const { zone, healthChecks = [], slo } = props;
    this.zone = zone;
    this.by = providerOf(props, this, zone);
    this.mechanisms = mechanismsOf(props.notify, this.accountPlanOf(props), this);
    if (props.passiveMonitoring ?? true) {
      this.createPassiveMonitoring();
    }
    checkHealthChecks(zone, healthChecks, props.healthStatuses, this);
    if (healthChecks.length > 0) {
      this.requirePlan("healthChecks", CloudflarePlan.PRO);
      this.createHealthCheckStatus(healthChecks, statusesOf(props.healthStatuses, this));
    }
    if (slo !== undefined) {
      requireChoice("slo", slo, "ErrorRateSlo.PERCENT_99_9", this);
      this.requirePlan("slo", CloudflarePlan.ENTERPRISE);
    }
    if (zone.plan.includes(CloudflarePlan.ENTERPRISE)) {
      this.createErrorRate(slo ?? ErrorRateSlo.PERCENT_99_9);
    }
    if (this.node.children.length === 0) {
      throw new ConfigurationError(
        "no-alert",
        "'passiveMonitoring' is false and there are no 'healthChecks', so nobody is ever told; " +
          "give health checks, or leave 'passiveMonitoring' out",
        this,
      );
    }
  }

  private createPassiveMonitoring(): void {
    this.createPolicy("PassiveOriginMonitoring", {
      type: "real_origin_monitoring",
      tells: "origin refuses connections, Error 521",
      description: "Sees Error 521 only, in all zones of the account",
    });
  }

  private createHealthCheckStatus(healthChecks: readonly HealthCheck[], status: string[]): void {
    this.createPolicy("HealthCheckStatus", {
      type: "health_check_status_notification",
      tells: "health of origin changed",
      description: "Tells when a health check turns unhealthy, and when healthy again",
      filters: { healthCheckId: sortedIds(healthChecks), status },
    });
  }

  /** The API refuses this alert without both filters, though the schema calls them optional. */
  private createErrorRate(slo: ErrorRateSlo): void {
    this.createPolicy("OriginErrorRate", {
      type: "http_alert_origin_error",
      tells: "rate of origin errors",
      description: "Counts errors of the origin and Error 521, 522 and 523",
      filters: { zones: [this.zone.zoneId], slo: [slo.value] },
    });
  }

  private createPolicy(id: string, { type, tells, ...alert }: Alert): void {
    new NotificationPolicy(this, id, {
      accountId: this.zone.accountId,
      name: `${this.zone.zoneName}: ${tells} (${this.node.path})`,
      alertType: type,
      enabled: true,
      mechanisms: this.mechanisms,
      ...alert,
      ...this.by,
    });
  }

  private accountPlanOf({ accountPlan }: OriginAlertsProps): CloudflarePlan {
    return requireChoice("accountPlan", accountPlan ?? this.zone.plan, "CloudflarePlan.PRO", this);
  }

  private requirePlan(prop: string, plan: CloudflarePlan): void {
    if (!this.zone.plan.includes(plan)) {
      throw new ConfigurationError(
        "alert-not-in-plan",
        `'${prop}' needs an alert that the plan ${this.zone.plan} has not; ` +
          `leave '${prop}' out, or use a zone whose 'plan' is ${plan}`,
        this,
      );
    }
  }
}

/**
 * Filters are ordered lists at the provider and sets at the API. The ids are known at apply only, so
 * Terraform sorts them; the arguments are in the order of the constructs' paths.
 */
function sortedIds(healthChecks: readonly HealthCheck[]): string[] {
  const ids = new Map(healthChecks.map((check) => [check.node.path, check.healthCheckId]));
  const byPath = [...ids].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, id]) => id);
  return byPath.length > 1 ? Fn.sort(byPath) : byPath;
}
