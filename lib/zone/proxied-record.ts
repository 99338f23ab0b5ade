import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Construct } from "constructs";
import { VISITOR_PORTS } from "../edge/flows";
import { HTTP_PORTS, HTTPS_PORTS, schemeOfPort } from "../edge/ports";
import { contentOf, type IOrigin, type OriginAddress } from "../origin/origin";
import { checkOriginAddress } from "../origin/origin-address";
import { ORIGINS } from "../origin/origin-members";
import { ConfigurationError } from "../synth/configuration-error";
import { declareVisitorPorts } from "../synth/declaration";
import { declareConstruct } from "../synth/declare-construct";
import { orderAfter, waitFor } from "../synth/dependencies";
import { requireLiteral } from "../synth/literal";
import { requireList } from "../synth/required-list";
import { requireProps } from "../synth/required-props";
import { withoutStackTraces } from "../synth/stack-traces";
import { childIdFor } from "./child-id";
import { type CloudflareResourceProps, providerOf } from "./cloudflare-provider";
import { qualify } from "./hostname";
import { refuseRawTwins } from "./raw-records";
import { claimOriginRecord } from "./record-claims";
import { noteAttributes, type RecordNotes } from "./record-notes";
import type { IZone } from "./zone";

/** Properties of {@link ProxiedRecord}. */
export interface ProxiedRecordProps extends RecordNotes, CloudflareResourceProps {
  readonly zone: IZone;
  /**
   * `@` for the zone itself, a single label such as `www`, or a full name such as
   * `api.shop.example.com`. The first label may be `*`. A literal.
   */
  readonly name: string;
  /**
   * Where the edge connects to; of several it takes any, and another if one doesn't answer. An
   * origin with a DNS name, such as a balancer, stands alone.
   */
  readonly origins: readonly IOrigin[];
  /**
   * The ports on which visitors reach the name. The proof checks the flows of each.
   *
   * @default [80, 443]
   * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
   */
  readonly visitorPorts?: readonly number[];
}

/**
 * A hostname that Cloudflare proxies: one A or AAAA record per origin and family, or one CNAME.
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
   * @throws ConfigurationError `missing-prop`, `token-for-literal`, `invalid-hostname`,
   * `name-outside-zone`, `not-a-list`, `no-origin`, `duplicate-origin`, `cname-beside-others`,
   * `points-to-itself`, `unusable-origin-address`, `invalid-comment`, `tags-not-in-plan`,
   * `too-many-tags`, `invalid-tag`, `visitor-port-not-proxied`, `duplicate-record`,
   * `originless-beside-origins`, `colliding-ids`, `wrong-provider`, `provider-elsewhere`
   */
  constructor(scope: Construct, id: string, props: ProxiedRecordProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["zone", "name", "origins"], this);
    this.zone = props.zone;
    this.hostname = qualify(props.name, props.zone.zoneName, this);
    this.checkOrigins(props.origins);
    this.checkNames(props.origins.flatMap(({ addresses }) => addresses));
    this.checkVisitorPorts(props.visitorPorts ?? VISITOR_PORTS);
    for (const origin of props.origins) {
      for (const address of origin.addresses) {
        this.createRecord(props, origin, address);
      }
    }
  }

  private createRecord(props: ProxiedRecordProps, origin: IOrigin, address: OriginAddress): void {
    checkOriginAddress("origins", address, this);
    claimOriginRecord(this, this.zone, origin, address);
    const childId = childIdFor(this, `${address.type}-`, origin, props.origins);
    const attributes = {
      zoneId: this.zone.zoneId,
      name: this.hostname,
      type: address.type,
      content: contentOf(address),
      proxied: true,
      // The only value Cloudflare takes for a proxied record; the provider checks it at apply.
      ttl: 1,
      ...noteAttributes(props, this.zone.plan, this),
      ...providerOf(props, this, this.zone),
    };
    const record = withoutStackTraces(() => new DnsRecord(this, childId, attributes));
    waitFor(record, orderAfter(this, [...origin.dependencies, ...this.zone.settings]));
    declareVisitorPorts(record, props.visitorPorts ?? VISITOR_PORTS);
    refuseRawTwins(record);
  }

  private checkOrigins(origins: readonly IOrigin[]): void {
    requireList("origins", origins, ORIGINS, this);
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

  /** @see https://developers.cloudflare.com/dns/manage-dns-records/reference/dns-record-types/#cname */
  private checkNames(addresses: readonly OriginAddress[]): void {
    const name = addresses.find(({ type }) => type === "CNAME");
    if (name === undefined) {
      return;
    }
    if (addresses.length > 1) {
      throw new ConfigurationError(
        "cname-beside-others",
        `'origins' has ${addresses.length} addresses, one of them a DNS name, and DNS takes no ` +
          "other record beside a CNAME; give that origin alone, or use origins with IP addresses",
        this,
      );
    }
    if (contentOf(name) === this.hostname) {
      throw new ConfigurationError(
        "points-to-itself",
        `'origins' has ${this.hostname}, the record's own name; give the origin's own name`,
        this,
      );
    }
  }

  private checkVisitorPorts(ports: readonly number[]): void {
    if (ports === VISITOR_PORTS) {
      return;
    }
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
