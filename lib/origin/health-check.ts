import { Healthcheck } from "@cdktf/provider-cloudflare/lib/healthcheck";
import { Construct } from "constructs";
import { declareConstruct } from "../synth/declare-construct";
import { orderAfter } from "../synth/dependencies";
import { escapeTemplate } from "../synth/literal";
import { present } from "../synth/present";
import { requireProps } from "../synth/required-props";
import { requireChoice } from "../zone/choice";
import { type CloudflareResourceProps, providerOf } from "../zone/cloudflare-provider";
import type { IZone } from "../zone/zone";
import type { Duration } from "./duration";
import { claimName, countAgainstPlan } from "./health-check-claims";
import type { HealthCheckMethod } from "./health-check-method";
import type { HealthCheckRegion } from "./health-check-region";
import { addressToProbe, requireHostHeader, requireOpenPort } from "./health-check-target";
import { HealthCheckType } from "./health-check-type";
import {
  refuseOtherProps,
  requireBody,
  requireCodes,
  requireCount,
  requireHeaders,
  requireMethod,
  requirePath,
  requireTimes,
} from "./health-check-validation";
import { contentOf, type IOrigin } from "./origin";
import { probesPerMinute, requireRegions } from "./probes";

/** Properties of {@link HealthCheck}. */
export interface HealthCheckProps extends CloudflareResourceProps {
  readonly zone: IZone;
  /** What to probe, by its address: a proxied name would probe Cloudflare itself. */
  readonly origin: IOrigin;
  /**
   * A name of the zone, sent as Host header and, with HTTPS, as SNI, without which many servers
   * answer with the wrong certificate.
   *
   * @default - none, which only TCP may have
   */
  readonly hostname?: string;
  /** @default HealthCheckType.HTTPS */
  readonly type?: HealthCheckType;
  /**
   * A port that the origin's firewalls open, with a listener that speaks the type's scheme.
   *
   * @default 443, or 80 with HealthCheckType.HTTP
   */
  readonly port?: number;
  /**
   * With HTTP and HTTPS.
   *
   * @default HealthCheckMethod.GET
   */
  readonly method?: HealthCheckMethod;
  /**
   * Headers besides Host, by name, each with its values. User-Agent is Cloudflare's own.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
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
  /**
   * How long a probe waits for an answer; less than the interval.
   *
   * @default Duration.seconds(5)
   */
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
   * Letters, digits, hyphens and underscores; no other check of the zone has it.
   *
   * @default - made of the construct's path, such as shop-Check
   */
  readonly name?: string;
  /**
   * A note that Cloudflare's dashboard shows.
   *
   * @default - none
   */
  readonly description?: string;
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
  readonly zone: IZone;
  readonly healthCheckId: string;
  /** How many probes reach the origin in a minute, without retries; 0 while suspended. */
  readonly probesPerMinute: number;

  private readonly type: HealthCheckType;

  /**
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `health-checks-exceeded`,
   * `invalid-health-check-name`, `duplicate-health-check-name`, `hostname-missing`,
   * `invalid-hostname`, `name-outside-zone`, `invalid-path`, `invalid-codes`, `invalid-count`,
   * `invalid-header`, `invalid-expected-body`, `timeout-not-below-interval`, `port-not-open`,
   * `port-of-other-scheme`, `address-missing`, `unusable-origin-address`, `probes-cloudflare`,
   * `http-prop-with-tcp`, `tls-prop-without-tls`, `no-region`, `regions-not-in-plan`,
   * `region-beside-all`, `wrong-provider`, `provider-elsewhere`, `not-a-list`
   */
  constructor(scope: Construct, id: string, props: HealthCheckProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["zone", "origin"], this);
    this.zone = props.zone;
    const { HTTPS } = HealthCheckType;
    this.type = requireChoice("type", props.type ?? HTTPS, "HealthCheckType.HTTPS", this);
    countAgainstPlan(this.zone, this);
    refuseOtherProps(props, this.type, this);
    const { zone, origin, regions, suspended = false, description } = props;
    const port = requireOpenPort(props.port ?? this.type.defaultPort, this.type, origin, this);
    const { interval, timeout } = requireTimes(props, this);
    const check = new Healthcheck(this, "Resource", {
      zoneId: zone.zoneId,
      name: claimName(props.name, zone, this),
      address: contentOf(addressToProbe(props, this)),
      type: this.type.value,
      interval,
      timeout,
      ...this.countsOf(props),
      suspended,
      dependsOn: orderAfter(this, origin.dependencies),
      ...present({
        checkRegions: regions && requireRegions(regions, zone.plan, this),
        description: description === undefined ? undefined : escapeTemplate(description),
      }),
      ...this.configOf(props, port),
      ...providerOf(props, this, zone),
    });
    this.healthCheckId = check.id;
    this.probesPerMinute = suspended ? 0 : probesPerMinute(regions, interval);
  }

  private countsOf({ retries, consecutiveFails, consecutiveSuccesses }: HealthCheckProps) {
    return {
      retries: requireCount("retries", retries ?? 2, 0, this),
      consecutiveFails: requireCount("consecutiveFails", consecutiveFails ?? 1, 1, this),
      consecutiveSuccesses: requireCount(
        "consecutiveSuccesses",
        consecutiveSuccesses ?? 1,
        1,
        this,
      ),
    };
  }

  /** The port is always said: the provider's default is 80, with HTTPS too. */
  private configOf(props: HealthCheckProps, port: number) {
    if (this.type === HealthCheckType.TCP) {
      return { tcpConfig: { method: "connection_established", port } };
    }
    const Host = [requireHostHeader(props.hostname, this.type, this.zone, this)];
    return {
      httpConfig: {
        method: requireMethod(props.method, this),
        port,
        path: requirePath(props.path ?? "/", this),
        header: { Host, ...requireHeaders(props.headers ?? {}, this) },
        expectedCodes: requireCodes(props.expectedCodes ?? ["2xx"], this),
        followRedirects: props.followRedirects ?? false,
        ...present({
          expectedBody: requireBody(props, this),
          allowInsecure:
            this.type === HealthCheckType.HTTPS ? (props.allowInsecure ?? false) : undefined,
        }),
      },
    };
  }
}
