import { Zone as ZoneResource } from "@cdktf/provider-cloudflare/lib/zone";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { declareConstruct } from "../synth/declare-construct";
import { requireProps } from "../synth/required-props";
import type { CloudflarePlan } from "./cloudflare-plan";
import { type CloudflareResourceProps, providerOf } from "./cloudflare-provider";
import {
  importByAttributes,
  importById,
  importByName,
  type ZoneAttributes,
  type ZoneById,
  type ZoneByName,
} from "./imported-zone";
import { SslMode } from "./ssl-mode";
import { claimZone } from "./zone-identity";
import { createSettings, type ZoneSettings } from "./zone-settings";
import { checkAccountId, checkLimit, checkPlan, checkSsl, checkZoneName } from "./zone-validation";

/** A zone of Cloudflare. Others may implement it, for a zone that is made in another way. */
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
  /** How the edge connects to the origin; `undefined` where the app doesn't know. */
  readonly ssl: SslMode | undefined;
  /** Does the edge redirect http visitors to https? `undefined` where the app doesn't know. */
  readonly alwaysUseHttps: boolean | undefined;
  /** What must be in place before a hostname of the zone may appear. */
  readonly settings: readonly TerraformResource[];
  /** The provider that resources of the zone in its stack use; without it the stack's default. */
  readonly provider?: TerraformProvider | undefined;
}

/** Properties of {@link Zone}. */
export interface ZoneProps extends ZoneSettings, CloudflareResourceProps {
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
   * How many standalone health checks the account grants the zone, where the contract differs.
   *
   * @default - what the plan has: 0 on Free, 10 on Pro, 50 on Business, 1000 on Enterprise
   */
  readonly maxHealthChecks?: number;
}

/**
 * A zone and the settings that decide on which ports the edge connects to its origins.
 *
 * Terraform can't delete a setting: destroying one leaves its value in the zone. Destroying the
 * zone deletes it, with every record it has.
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
  /**
   * An existing zone by its id, read when Terraform plans; the plan fails if the name differs.
   *
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `token-for-literal`,
   * `invalid-hostname`, `invalid-zone-id`, `unknown-ssl-mode`, `ssl-mode-not-in-plan`,
   * `invalid-limit`, `wrong-provider`, `provider-elsewhere`
   */
  static fromZoneId(scope: Construct, id: string, zone: ZoneById): IZone {
    return importById(scope, id, zone);
  }

  /**
   * An existing zone by its name, looked up when Terraform plans.
   *
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `token-for-literal`,
   * `invalid-hostname`, `invalid-account-id`, `unknown-ssl-mode`, `ssl-mode-not-in-plan`,
   * `invalid-limit`, `wrong-provider`, `provider-elsewhere`
   */
  static fromZoneName(scope: Construct, id: string, zone: ZoneByName): IZone {
    return importByName(scope, id, zone);
  }

  /**
   * An existing zone of which everything is given: nothing is read.
   *
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `token-for-literal`,
   * `invalid-hostname`, `invalid-zone-id`, `invalid-account-id`, `unknown-ssl-mode`,
   * `ssl-mode-not-in-plan`, `invalid-limit`, `wrong-provider`, `provider-elsewhere`
   */
  static fromZoneAttributes(scope: Construct, id: string, zone: ZoneAttributes): IZone {
    return importByAttributes(scope, id, zone);
  }

  readonly zoneId: string;
  readonly accountId: string;
  readonly zoneName: string;
  readonly plan: CloudflarePlan;
  readonly maxHealthChecks: number;
  readonly settings: readonly TerraformResource[];
  readonly ssl: SslMode;
  readonly alwaysUseHttps: boolean;
  readonly provider: TerraformProvider | undefined;

  /**
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `token-for-literal`,
   * `invalid-hostname`, `invalid-account-id`, `unknown-ssl-mode`, `ssl-mode-not-in-plan`,
   * `invalid-limit`, `duplicate-zone`, `wrong-provider`, `provider-elsewhere`, `setting-twice`,
   * `invalid-setting`
   */
  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["name", "accountId"], this);
    this.zoneName = checkZoneName("name", props.name, this);
    this.accountId = checkAccountId(props.accountId, this);
    this.plan = checkPlan(props.plan, this);
    this.ssl = checkSsl(props.ssl ?? SslMode.STRICT, this.plan, this);
    this.alwaysUseHttps = props.alwaysUseHttps ?? true;
    this.maxHealthChecks = checkLimit(props.maxHealthChecks ?? this.plan.healthChecks, this);
    claimZone(this);
    const by = providerOf(props, this);
    this.provider = by.provider;
    const zone = new ZoneResource(this, "Resource", {
      account: { id: this.accountId },
      name: this.zoneName,
      ...by,
    });
    this.zoneId = zone.id;
    const { ssl, alwaysUseHttps } = this;
    this.settings = createSettings(this, this.zoneId, { ...props, ...by, ssl, alwaysUseHttps });
  }
}
