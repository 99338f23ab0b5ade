import { DataCloudflareZone } from "@cdktf/provider-cloudflare/lib/data-cloudflare-zone";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { declareZone } from "../synth/declaration";
import { declareConstruct } from "../synth/declare-construct";
import { present } from "../synth/present";
import { requireProps } from "../synth/required-props";
import type { CloudflarePlan } from "./cloudflare-plan";
import { type CloudflareResourceProps, providerOf } from "./cloudflare-provider";
import type { SslMode } from "./ssl-mode";
import type { IZone } from "./zone";
import { declareUnknownAccount } from "./zone-identity";
import {
  checkAccountId,
  checkLimit,
  checkPlan,
  checkSsl,
  checkZoneId,
  checkZoneName,
} from "./zone-validation";

/** What is known of a zone that the app does not make. */
export interface KnownZone extends CloudflareResourceProps {
  /** The domain, such as `example.com`: a literal, since names are checked against it at synth. */
  readonly zoneName: string;
  /** @default CloudflarePlan.FREE */
  readonly plan?: CloudflarePlan;
  /** @default - what the plan has */
  readonly maxHealthChecks?: number;
  /**
   * The zone's SSL mode, which the proof takes on trust and lists as an assumption.
   *
   * @default - unknown: every mode is possible, with the ports it makes the edge use
   */
  readonly ssl?: SslMode;
  /**
   * Does the zone redirect http to https? Taken on trust and listed as an assumption.
   *
   * @default - unknown
   */
  readonly alwaysUseHttps?: boolean;
}

/** A zone for {@link Zone.fromZoneId}. */
export interface ZoneById extends KnownZone {
  /** 32 hex digits, or a token. */
  readonly zoneId: string;
}

/** A zone for {@link Zone.fromZoneName}. */
export interface ZoneByName extends KnownZone {
  /**
   * Look in this account only: a name may be in several that the API token can read.
   *
   * @default - every account of the token
   */
  readonly accountId?: string;
}

/** A zone for {@link Zone.fromZoneAttributes}. */
export interface ZoneAttributes extends ZoneById {
  /** 32 hex digits, or a token. */
  readonly accountId: string;
}

/** A zone by its id; see {@link Zone.fromZoneId}. */
export function importById(scope: Construct, id: string, given: ZoneById): IZone {
  return new ImportedZone(scope, id, given, (zone, by) => {
    requireProps(given, ["zoneId"], zone);
    const zoneId = checkZoneId(given.zoneId, zone);
    const data = new DataCloudflareZone(zone, "Resource", {
      zoneId,
      ...by,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.name == "${zone.zoneName}"}`,
            errorMessage: `The zone with this id is not ${zone.zoneName}.`,
          },
        ],
      },
    });
    declareUnknownAccount(zone);
    return { zoneId, accountId: data.account.id };
  });
}

/** A zone by its name; see {@link Zone.fromZoneName}. */
export function importByName(scope: Construct, id: string, given: ZoneByName): IZone {
  return new ImportedZone(scope, id, given, (zone, by) => {
    const wanted =
      given.accountId === undefined ? undefined : checkAccountId(given.accountId, zone);
    const account = wanted === undefined ? undefined : { id: wanted };
    const filter = { name: zone.zoneName, ...present({ account }) };
    const data = new DataCloudflareZone(zone, "Resource", { filter, ...by });
    if (wanted === undefined) {
      declareUnknownAccount(zone);
    }
    return { zoneId: data.id, accountId: wanted ?? data.account.id };
  });
}

/** A zone of which everything is given; see {@link Zone.fromZoneAttributes}. */
export function importByAttributes(scope: Construct, id: string, given: ZoneAttributes): IZone {
  return new ImportedZone(scope, id, given, (zone) => {
    requireProps(given, ["zoneId", "accountId"], zone);
    return {
      zoneId: checkZoneId(given.zoneId, zone),
      accountId: checkAccountId(given.accountId, zone),
    };
  });
}

interface Found {
  readonly zoneId: string;
  readonly accountId: string;
}

/**
 * A zone that the app does not make.
 *
 * @example
 * const zone = Zone.fromZoneName(this, "Zone", { zoneName: "example.com" });
 */
class ImportedZone extends Construct implements IZone {
  readonly zoneId: string;
  readonly accountId: string;
  readonly zoneName: string;
  readonly plan: CloudflarePlan;
  readonly maxHealthChecks: number;
  readonly ssl: SslMode | undefined;
  readonly alwaysUseHttps: boolean | undefined;
  readonly settings: readonly TerraformResource[] = [];
  readonly provider: TerraformProvider | undefined;

  constructor(
    scope: Construct,
    id: string,
    given: KnownZone,
    find: (zone: ImportedZone, by: CloudflareResourceProps) => Found,
  ) {
    super(scope, id);
    declareConstruct(this);
    requireProps(given, ["zoneName"], this);
    this.zoneName = checkZoneName("zoneName", given.zoneName, this);
    this.plan = checkPlan(given.plan, this);
    this.maxHealthChecks = checkLimit(given.maxHealthChecks ?? this.plan.healthChecks, this);
    this.ssl = given.ssl === undefined ? undefined : checkSsl(given.ssl, this.plan, this);
    this.alwaysUseHttps = given.alwaysUseHttps;
    const by = providerOf(given, this);
    this.provider = by.provider;
    const { zoneId, accountId } = find(this, by);
    this.zoneId = zoneId;
    this.accountId = accountId;
    declareZone(this, {
      name: this.zoneName,
      ssl: this.ssl?.value,
      alwaysUseHttps: this.alwaysUseHttps,
    });
  }
}
