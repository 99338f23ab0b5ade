import { Construct } from "constructs";
import type { IOriginFirewall } from "../firewall/firewall";
import { HealthCheck, type HealthCheckProps } from "../origin/health-check";
import { HealthCheckType } from "../origin/health-check-type";
import type { NotificationDestination } from "../origin/notification-destination";
import type { IOrigin } from "../origin/origin";
import { OriginAlerts } from "../origin/origin-alerts";
import { ORIGINS } from "../origin/origin-members";
import { ConfigurationError } from "../synth/configuration-error";
import { declareConstruct } from "../synth/declare-construct";
import { requireLiteral } from "../synth/literal";
import { present } from "../synth/present";
import { requireList } from "../synth/required-list";
import { requireProps } from "../synth/required-props";
import { childIdFor } from "./child-id";
import { CloudflarePlan } from "./cloudflare-plan";
import type { CloudflareResourceProps } from "./cloudflare-provider";
import { qualify } from "./hostname";
import { ProxiedRecord } from "./proxied-record";
import type { RecordNotes } from "./record-notes";
import { SslMode } from "./ssl-mode";
import type { IZone } from "./zone";

/** Properties of {@link ProxiedSite}. */
export interface ProxiedSiteProps extends RecordNotes, CloudflareResourceProps {
  readonly zone: IZone;
  /** The first is the main one, which health checks ask for: `["www", "@"]`. At least one. */
  readonly names: readonly string[];
  readonly origins: readonly IOrigin[];
  /**
   * Who is told when the origins don't answer.
   *
   * @default - nobody: no alerts
   */
  readonly notify?: readonly NotificationDestination[];
  /** @default [80, 443] */
  readonly visitorPorts?: readonly number[];
  /**
   * How each origin is checked, or `false` for no checks at all.
   *
   * @default - one check per origin of "/", with HTTPS unless the zone speaks plain HTTP to its
   * origins; none where the plan has no health checks
   */
  readonly healthCheck?:
    | Partial<Omit<HealthCheckProps, "zone" | "origin" | "name" | "provider">>
    | false;
}

/**
 * The common case in one construct: the names of a site, a health check per origin and the alerts
 * that the zone's plan has. Each part can be reached and is an ordinary construct.
 *
 * @example
 * const site = new ProxiedSite(this, "Site", {
 *   zone,
 *   names: ["www", "@"],
 *   origins: [origin],
 *   notify: [NotificationDestination.email("ops@example.com")],
 * });
 */
export class ProxiedSite extends Construct {
  readonly zone: IZone;
  readonly origins: readonly IOrigin[];
  /** The first origin. */
  readonly origin: IOrigin | undefined;
  /** The main name's record. */
  readonly record: ProxiedRecord;
  /** A record per name, in the order of the names. */
  readonly records: readonly ProxiedRecord[];
  /** A check per origin, in the order of the origins. */
  readonly healthChecks: readonly HealthCheck[];
  /** The first origin's check. */
  readonly healthCheck: HealthCheck | undefined;
  /** `undefined` where nobody is to be told. */
  readonly alerts: OriginAlerts | undefined;
  /** The firewalls of all origins, each once. */
  readonly firewalls: readonly IOriginFirewall[];
  /** The first firewall of the first origin that has one. */
  readonly firewall: IOriginFirewall | undefined;

  /**
   * @throws ConfigurationError `missing-prop`, `token-for-literal`, `no-name`, `duplicate-name`,
   * `colliding-ids`, and those of the parts
   */
  constructor(scope: Construct, id: string, props: ProxiedSiteProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["zone", "names", "origins"], this);
    this.zone = props.zone;
    requireList("origins", props.origins, ORIGINS, this);
    this.origins = [...props.origins];
    this.origin = this.origins[0];
    this.firewalls = [...new Set(this.origins.flatMap(({ firewalls }) => firewalls))];
    this.firewall = this.firewalls[0];
    const [main, ...others] = this.createRecords(props);
    this.record = main;
    this.records = [main, ...others];
    this.healthChecks = this.createChecks(props);
    this.healthCheck = this.healthChecks[0];
    this.alerts = this.createAlerts(props);
  }

  private createRecords(props: ProxiedSiteProps): [ProxiedRecord, ...ProxiedRecord[]] {
    const { names: given, notify: _, healthCheck: __, ...shared } = props;
    requireLiteral("names", given, '["www", "@"]', this);
    const names = given.map((name) => qualify(name, this.zone.zoneName, this));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new ConfigurationError(
        "duplicate-name",
        `'names' has ${twice} twice; give each name once`,
        this,
      );
    }
    const records = names.map((name) => {
      return new ProxiedRecord(this, `Record-${name}`, { ...shared, name });
    });
    const [main, ...others] = records;
    if (main === undefined) {
      throw new ConfigurationError(
        "no-name",
        "'names' is empty; give at least one, such as \"www\"",
        this,
      );
    }
    return [main, ...others];
  }

  private createChecks({ healthCheck = {}, provider }: ProxiedSiteProps): readonly HealthCheck[] {
    if (healthCheck === false || this.zone.maxHealthChecks === 0) {
      return [];
    }
    const plain = this.zone.ssl === SslMode.OFF || this.zone.ssl === SslMode.FLEXIBLE;
    const type = plain ? HealthCheckType.HTTP : HealthCheckType.HTTPS;
    // A check asks for one name, and the first label of a wildcard may be any.
    const hostname = this.record.hostname.replace(/^\*/, "www");
    const { zone } = this;
    return this.origins.map((origin) => {
      const given = { zone, origin, type, hostname, ...present({ provider }), ...healthCheck };
      return new HealthCheck(this, childIdFor(this, "Check-", origin, this.origins), given);
    });
  }

  private createAlerts({ notify = [], provider }: ProxiedSiteProps): OriginAlerts | undefined {
    const { zone } = this;
    const healthChecks = zone.plan.includes(CloudflarePlan.PRO) ? this.healthChecks : [];
    return notify.length === 0
      ? undefined
      : new OriginAlerts(this, "Alerts", { zone, healthChecks, notify, ...present({ provider }) });
  }
}
