import { Zone as ZoneResource } from "@cdktf/provider-cloudflare/lib/zone";
import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { type TerraformResource, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { declareConstruct } from "../synth/declare-construct";
import { isUnresolved } from "../synth/literal";
import { CloudflarePlan } from "./cloudflare-plan";
import { requireHostname } from "./hostname";
import { SslMode } from "./ssl-mode";
import { TlsVersion } from "./tls-version";

/** A zone of Cloudflare. */
export interface IZone extends IConstruct {
  /** The id that resources of the zone refer to. */
  readonly zoneId: string;
  /** The account the zone is in. */
  readonly accountId: string;
  /** The domain; a literal, since names are checked against it at synth. */
  readonly zoneName: string;
  readonly plan: CloudflarePlan;
  /** How many standalone health checks the zone may have. */
  readonly maxHealthChecks: number;
  /** What must be in place before a hostname of the zone may appear. */
  readonly settings: readonly TerraformResource[];
}

/** Properties of {@link Zone}. */
export interface ZoneProps {
  /** The domain, such as `example.com`: a literal in lower case, in Punycode. */
  readonly name: string;
  /** The account's id: 32 hex digits, or a token. */
  readonly accountId: string;
  /**
   * The plan the zone is on. Terraform does not change it here; it decides what is offered.
   *
   * @default CloudflarePlan.FREE
   */
  readonly plan?: CloudflarePlan;
  /**
   * How the edge connects to the origin.
   *
   * @default SslMode.STRICT
   */
  readonly ssl?: SslMode;
  /**
   * Redirect http visitors to https at the edge. Without it the edge connects to port 80 of the
   * origin for them, in every mode but {@link SslMode.ORIGIN_PULL}.
   *
   * @default true
   */
  readonly alwaysUseHttps?: boolean;
  /**
   * The oldest TLS version that visitors may use.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minTlsVersion?: TlsVersion;
  /**
   * May Cloudflare raise the SSL mode by itself, which changes the ports it connects to? `false`
   * pins the mode (`ssl_automatic_mode` is `custom`), `true` leaves it to Cloudflare (`auto`). Not
   * every account has the setting, and the provider's documentation doesn't list it.
   *
   * @default - the setting is left as it is
   * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
   */
  readonly automaticSslMode?: boolean;
  /**
   * How many standalone health checks the account grants the zone, where the contract differs.
   *
   * @default - what the plan has: 0 on Free, 10 on Pro, 50 on Business, 1000 on Enterprise
   */
  readonly maxHealthChecks?: number;
}

/**
 * A zone and the settings that decide on which ports the edge connects to its origins.
 *
 * Terraform can't delete a setting: destroying one leaves its value in the zone.
 *
 * @example
 * const zone = new Zone(this, "Zone", {
 *   name: "example.com",
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   plan: CloudflarePlan.PRO,
 *   ssl: SslMode.STRICT,
 * });
 */
export class Zone extends Construct implements IZone {
  readonly zoneId: string;
  readonly accountId: string;
  readonly zoneName: string;
  readonly plan: CloudflarePlan;
  readonly maxHealthChecks: number;
  readonly settings: readonly TerraformResource[];
  readonly ssl: SslMode;

  /**
   * @throws ConfigurationError `token-for-literal`, `invalid-hostname`, `invalid-account-id`,
   * `unknown-ssl-mode`, `ssl-mode-not-in-plan`, `invalid-limit`
   */
  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    declareConstruct(this);
    this.zoneName = this.checkName(props.name);
    this.accountId = this.checkAccountId(props.accountId);
    this.plan = props.plan ?? CloudflarePlan.FREE;
    this.ssl = this.checkSsl(props.ssl ?? SslMode.STRICT);
    this.maxHealthChecks = this.checkLimit(props.maxHealthChecks ?? this.plan.healthChecks);
    const zone = new ZoneResource(this, "Resource", {
      account: { id: this.accountId },
      name: this.zoneName,
    });
    this.zoneId = zone.id;
    this.settings = this.createSettings(props);
  }

  private createSettings(props: ZoneProps): readonly TerraformResource[] {
    const { alwaysUseHttps = true, minTlsVersion = TlsVersion.TLS_1_2, automaticSslMode } = props;
    const settings = [
      this.createSetting("Ssl", "ssl", this.ssl.value),
      this.createSetting("AlwaysUseHttps", "always_use_https", alwaysUseHttps ? "on" : "off"),
      this.createSetting("MinTlsVersion", "min_tls_version", minTlsVersion.value),
    ];
    if (automaticSslMode !== undefined) {
      const value = automaticSslMode ? "auto" : "custom";
      settings.push(this.createSetting("SslAutomaticMode", "ssl_automatic_mode", value));
    }
    return settings;
  }

  private createSetting(id: string, settingId: string, value: string): TerraformResource {
    return new ZoneSetting(this, id, {
      zoneId: this.zoneId,
      settingId,
      // A dynamic attribute: the binding's mapper makes {} of anything but a token.
      value: Token.asAnyMap(value),
    });
  }

  private checkName(name: string): string {
    requireHostname("name", name, this);
    if (!name.includes(".")) {
      throw new ConfigurationError(
        "invalid-hostname",
        `'name' is ${JSON.stringify(name)}, which is no domain; give one such as "example.com"`,
        this,
      );
    }
    return name;
  }

  private checkAccountId(accountId: string): string {
    if (!isUnresolved(accountId) && !/^[0-9a-f]{32}$/.test(accountId)) {
      throw new ConfigurationError(
        "invalid-account-id",
        `'accountId' is ${JSON.stringify(accountId)}; give the account's id of 32 hex digits in ` +
          "lower case, which the dashboard shows under Account home, or a token",
        this,
      );
    }
    return accountId;
  }

  private checkSsl(ssl: SslMode): SslMode {
    // Callers without types may pass the API's value.
    const mode = SslMode.of(typeof ssl === "string" ? ssl : ssl.value, this);
    if (mode === SslMode.ORIGIN_PULL && !this.plan.includes(CloudflarePlan.ENTERPRISE)) {
      throw new ConfigurationError(
        "ssl-mode-not-in-plan",
        `'ssl' is "origin_pull", which the plan ${this.plan} has not; ` +
          "use SslMode.STRICT, or set 'plan' to CloudflarePlan.ENTERPRISE",
        this,
      );
    }
    return mode;
  }

  private checkLimit(limit: number): number {
    if (!Number.isInteger(limit) || limit < 0) {
      throw new ConfigurationError(
        "invalid-limit",
        `'maxHealthChecks' is ${limit}; give a whole number from 0 up`,
        this,
      );
    }
    return limit;
  }
}
