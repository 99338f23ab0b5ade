import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Construct } from "constructs";
import { declareConstruct } from "../synth/declare-construct";
import { orderAfter, waitFor } from "../synth/dependencies";
import { requireProps } from "../synth/required-props";
import { withoutStackTraces } from "../synth/stack-traces";
import { requireChoice } from "./choice";
import { type CloudflareResourceProps, providerOf } from "./cloudflare-provider";
import type { EdgeService } from "./edge-service";
import { qualify } from "./hostname";
import { claimOriginless } from "./record-claims";
import { noteAttributes, type RecordNotes } from "./record-notes";
import type { IZone } from "./zone";

/** Properties of {@link OriginlessRecord}. */
export interface OriginlessRecordProps extends RecordNotes, CloudflareResourceProps {
  readonly zone: IZone;
  /** `@`, a single label, or a full name; the first label may be `*`. A literal. */
  readonly name: string;
  /** What answers instead of an origin. */
  readonly servedBy: EdgeService;
}

/**
 * A proxied hostname that a Worker or a redirect serves. Nothing is behind its address, so the
 * proof owes it no path; a request that the service does not answer ends in Error 522.
 *
 * @example
 * new OriginlessRecord(this, "Go", { zone, name: "go", servedBy: EdgeService.REDIRECT });
 */
export class OriginlessRecord extends Construct {
  /** The full name, such as `go.example.com`. */
  readonly hostname: string;

  /**
   * @throws ConfigurationError `missing-prop`, `not-a-choice`, `token-for-literal`,
   * `invalid-hostname`, `name-outside-zone`, `invalid-comment`, `tags-not-in-plan`,
   * `too-many-tags`, `invalid-tag`, `duplicate-record`, `originless-beside-origins`,
   * `wrong-provider`, `provider-elsewhere`
   */
  constructor(scope: Construct, id: string, props: OriginlessRecordProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["zone", "name", "servedBy"], this);
    const { zone } = props;
    const servedBy = requireChoice("servedBy", props.servedBy, "EdgeService.WORKER", this);
    this.hostname = qualify(props.name, zone.zoneName, this);
    claimOriginless(this, zone, servedBy);
    const attributes = {
      zoneId: zone.zoneId,
      name: this.hostname,
      type: servedBy.type,
      content: servedBy.address,
      proxied: true,
      ttl: 1,
      ...noteAttributes(props, zone.plan, this),
      ...providerOf(props, this, zone),
    };
    const record = withoutStackTraces(() => new DnsRecord(this, "Resource", attributes));
    waitFor(record, orderAfter(this, zone.settings));
  }
}
