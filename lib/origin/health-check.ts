import { Healthcheck } from "@cdktf/provider-cloudflare/lib/healthcheck";
import { Construct } from "constructs";
import { declareConstruct } from "../synth/declare-construct";
import { orderAfter } from "../synth/dependencies";
import { escapeTemplate } from "../synth/literal";
import { present } from "../synth/present";
import type { IZone } from "../zone/zone";
import type { Duration } from "./duration";
import type { HealthCheckRegion } from "./health-check-region";
import { HealthCheckType } from "./health-check-type";
import {
  addressToProbe,
  countAgainstPlan,
  nameOf,
  refuseHttpProps,
  requireCodes,
  requireCount,
  requireHostHeader,
  requireName,
  requireOpenPort,
  requirePath,
} from "./health-check-validation";
import { contentOf, type IOrigin } from "./origin";
import { probesPerMinute, requireRegions } from "./probes";

/** Properties of {@link HealthCheck}. */
export interface HealthCheckProps {
  readonly zone: IZone;
  /** What to probe, by its address: a proxied name would probe Cloudflare itself. */
  readonly origin: IOrigin;
  /**
   * Sent as Host header and, with HTTPS, as SNI, without which many servers answer with the wrong
   * certificate.
   *
   * @default - none, which only TCP may have
   */
  readonly hostname?: string;
  /** @default HealthCheckType.HTTPS */
  readonly type?: HealthCheckType;
  /**
   * A port that the origin's firewalls open.
   *
   * @default 443, or 80 with HealthCheckType.HTTP
   */
  readonly port?: number;
  /**
   * With HTTP and HTTPS; begins with a slash.
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * Answers that count as healthy: codes such as `200`, or `2xx`.
   *
   * @default ["2xx"]
   */
  readonly expectedCodes?: readonly string[];
  /**
   * Accept any certificate: needed for one of Cloudflare's Origin CA, which is not publicly trusted.
   *
   * @default false
   */
  readonly allowInsecure?: boolean;
  /**
   * Text that a healthy answer has in its first 10 kilobytes; upper and lower case are the same.
   *
   * @default - any body will do
   */
  readonly expectedBody?: string;
  /** @default false */
  readonly followRedirects?: boolean;
  /**
   * Where probes come from: up to three on Pro, any on Business and above.
   *
   * @default - Cloudflare picks one
   */
  readonly regions?: readonly HealthCheckRegion[];
  /**
   * Send no probes for now.
   *
   * @default false
   */
  readonly suspended?: boolean;
  /**
   * From probe to probe, at each of the data centres that probe.
   *
   * @default Duration.seconds(60)
   */
  readonly interval?: Duration;
  /** @default Duration.seconds(5) */
  readonly timeout?: Duration;
  /**
   * At once, and after timeouts only.
   *
   * @default 2
   */
  readonly retries?: number;
  /**
   * How many failed probes in a row make the origin unhealthy.
   *
   * @default 1
   */
  readonly consecutiveFails?: number;
  /**
   * How many good probes in a row make it healthy again.
   *
   * @default 1
   */
  readonly consecutiveSuccesses?: number;
  /**
   * Probe the origin's IPv6 address.
   *
   * @default - true where it is the only one
   */
  readonly ipv6?: boolean;
  /**
   * Letters, digits, hyphens and underscores.
   *
   * @default - made of the construct's path, such as shop-Check
   */
  readonly name?: string;
}

/**
 * A standalone health check: Cloudflare probes the origin and {@link OriginAlerts} tells when it
 * turns unhealthy. It sees what a few data centres see, so it does not show that all of Cloudflare
 * gets through: the proof does.
 *
 * @example
 * const check = new HealthCheck(this, "Check", {
 *   zone,
 *   origin,
 *   hostname: "www.example.com",
 *   path: "/healthz",
 * });
 * @see https://developers.cloudflare.com/smart-shield/
 */
export class HealthCheck extends Construct {
  readonly healthCheckId: string;
  /** How many probes reach the origin in a minute, without retries; 0 while suspended. */
  readonly probesPerMinute: number;

  private readonly type: HealthCheckType;

  /**
   * @throws ConfigurationError `health-checks-exceeded`, `invalid-health-check-name`,
   * `hostname-missing`, `invalid-hostname`, `invalid-path`, `invalid-codes`, `invalid-count`,
   * `port-not-open`, `address-missing`, `unusable-origin-address`, `probes-cloudflare`,
   * `http-prop-with-tcp`, `no-region`, `regions-not-in-plan`, `region-beside-all`
   */
  constructor(scope: Construct, id: string, props: HealthCheckProps) {
    super(scope, id);
    declareConstruct(this);
    this.type = props.type ?? HealthCheckType.HTTPS;
    countAgainstPlan(props.zone, this);
    refuseHttpProps(props, this.type, this);
    const port = requireOpenPort(props.port ?? this.type.defaultPort, props.origin, this);
    const address = addressToProbe(props, this);
    const { regions, suspended = false } = props;
    const interval = props.interval?.toSeconds() ?? 60;
    const check = new Healthcheck(this, "Resource", {
      zoneId: props.zone.zoneId,
      name: requireName(props.name ?? nameOf(this), this),
      address: contentOf(address),
      type: this.type.value,
      interval,
      timeout: props.timeout?.toSeconds() ?? 5,
      retries: requireCount("retries", props.retries ?? 2, 0, this),
      consecutiveFails: requireCount("consecutiveFails", props.consecutiveFails ?? 1, 1, this),
      consecutiveSuccesses: requireCount(
        "consecutiveSuccesses",
        props.consecutiveSuccesses ?? 1,
        1,
        this,
      ),
      suspended,
      dependsOn: orderAfter(this, props.origin.dependencies),
      ...present({ checkRegions: regions && requireRegions(regions, props.zone.plan, this) }),
      ...this.configOf(props, port),
    });
    this.healthCheckId = check.id;
    this.probesPerMinute = suspended ? 0 : probesPerMinute(regions, interval);
  }

  /** The port is always said: the provider's default is 80, with HTTPS too. */
  private configOf(props: HealthCheckProps, port: number) {
    if (this.type === HealthCheckType.TCP) {
      return { tcpConfig: { method: "connection_established", port } };
    }
    return {
      httpConfig: {
        method: "GET",
        port,
        path: requirePath(props.path ?? "/", this),
        header: { Host: [requireHostHeader(props.hostname, this.type, this)] },
        expectedCodes: requireCodes(props.expectedCodes ?? ["2xx"], this),
        followRedirects: props.followRedirects ?? false,
        ...present({
          expectedBody:
            props.expectedBody === undefined ? undefined : escapeTemplate(props.expectedBody),
          allowInsecure:
            this.type === HealthCheckType.HTTPS ? (props.allowInsecure ?? false) : undefined,
        }),
      },
    };
  }
}
