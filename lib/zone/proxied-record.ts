import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { VISITOR_PORTS } from "../edge/flows";
import { HTTP_PORTS, HTTPS_PORTS, schemeOfPort } from "../edge/ports";
import type { IOrigin, OriginAddress } from "../origin/origin";
import { checkOriginAddress } from "../origin/origin-address";
import { ConfigurationError } from "../synth/configuration-error";
import { declareVisitorPorts } from "../synth/declaration";
import { declareConstruct } from "../synth/declare-construct";
import { orderAfter } from "../synth/dependencies";
import { escapeTemplate, requireLiteral } from "../synth/literal";
import { present } from "../synth/present";
import { CloudflarePlan } from "./cloudflare-plan";
import { qualify } from "./hostname";
import type { IZone } from "./zone";

/** Properties of {@link ProxiedRecord}. */
export interface ProxiedRecordProps {
  readonly zone: IZone;
  /**
   * `@` for the zone itself, a single label such as `www`, or a full name such as
   * `api.shop.example.com`. The first label may be `*`. A literal.
   */
  readonly name: string;
  /** Where the edge connects to; of several it takes any, and another if one doesn't answer. */
  readonly origins: readonly IOrigin[];
  /**
   * A note that Cloudflare's dashboard shows: up to 100 characters on Free, else 500.
   *
   * @default - no comment
   */
  readonly comment?: string;
  /**
   * The ports on which visitors reach the name. The proof checks the flows of each.
   *
   * @default [80, 443]
   * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
   */
  readonly visitorPorts?: readonly number[];
}

/**
 * A hostname that Cloudflare proxies: one A or AAAA record per origin and family.
 *
 * It takes origins, never an address, so that who filters the origin is always said. The records
 * come after the origin's firewall is ready and after the zone's settings.
 *
 * @example
 * new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
 */
export class ProxiedRecord extends Construct {
  /** The full name, such as `www.example.com`. */
  readonly hostname: string;

  private readonly zone: IZone;

  /**
   * @throws ConfigurationError `token-for-literal`, `invalid-hostname`, `name-outside-zone`,
   * `no-origin`, `duplicate-origin`, `unusable-origin-address`, `invalid-comment`,
   * `visitor-port-not-proxied`
   */
  constructor(scope: Construct, id: string, props: ProxiedRecordProps) {
    super(scope, id);
    declareConstruct(this);
    this.zone = props.zone;
    this.hostname = qualify(props.name, props.zone.zoneName, this);
    this.checkOrigins(props.origins);
    this.checkComment(props.comment);
    this.checkVisitorPorts(props.visitorPorts ?? VISITOR_PORTS);
    for (const origin of props.origins) {
      for (const address of origin.addresses) {
        this.createRecord(props, origin, address);
      }
    }
  }

  private createRecord(props: ProxiedRecordProps, origin: IOrigin, address: OriginAddress): void {
    const { comment, visitorPorts = VISITOR_PORTS } = props;
    checkOriginAddress("origins", address, this);
    const record = new DnsRecord(this, `${address.type}-${this.pathOf(origin)}`, {
      zoneId: this.zone.zoneId,
      name: this.hostname,
      type: address.type,
      content: address.content,
      proxied: true,
      // The only value Cloudflare takes for a proxied record; the provider checks it at apply.
      ttl: 1,
      dependsOn: orderAfter(this, [...origin.dependencies, ...this.zone.settings]),
      ...present({ comment: comment === undefined ? undefined : escapeTemplate(comment) }),
    });
    declareVisitorPorts(record, visitorPorts);
  }

  /** The origin's path, without the stack where it is the record's: other origins don't change it. */
  private pathOf(origin: IOrigin): string {
    const home = TerraformStack.of(origin);
    const isNear = home === TerraformStack.of(this);
    return isNear ? origin.node.path.slice(home.node.path.length + 1) : origin.node.path;
  }

  private checkOrigins(origins: readonly IOrigin[]): void {
    if (origins.every(({ addresses }) => addresses.length === 0)) {
      throw new ConfigurationError(
        "no-origin",
        "'origins' has no address; give at least one origin, such as an InstanceOrigin",
        this,
      );
    }
    const twice = origins.find((origin, index) => origins.indexOf(origin) !== index);
    if (twice !== undefined) {
      throw new ConfigurationError(
        "duplicate-origin",
        `'origins' has ${twice.node.path} twice; give each origin once`,
        this,
      );
    }
  }

  private checkComment(comment: string | undefined): void {
    const max = this.zone.plan.includes(CloudflarePlan.PRO) ? 500 : 100;
    if (comment !== undefined && comment.length > max) {
      throw new ConfigurationError(
        "invalid-comment",
        `'comment' has ${comment.length} characters, and the plan ${this.zone.plan} allows ${max}; ` +
          "shorten it",
        this,
      );
    }
  }

  private checkVisitorPorts(ports: readonly number[]): void {
    requireLiteral("visitorPorts", ports, "[80, 443]", this);
    const bad = ports.find((port) => schemeOfPort(port) === undefined);
    if (ports.length === 0 || bad !== undefined) {
      const got = bad === undefined ? "is empty" : `has ${bad}, which Cloudflare does not proxy`;
      const allowed = [...HTTP_PORTS, ...HTTPS_PORTS].sort((left, right) => left - right);
      throw new ConfigurationError(
        "visitor-port-not-proxied",
        `'visitorPorts' ${got}; use some of ${allowed.join(", ")}`,
        this,
      );
    }
  }
}
