import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { IOriginFirewall } from "../firewall/firewall";
import { ConfigurationError } from "../synth/configuration-error";
import { declareConstruct } from "../synth/declare-construct";
import { requireProps } from "../synth/required-props";
import { declareWeakening, requireExpiry, requireReason } from "../synth/weakening";
import { contentOf, type IOrigin, type OriginAddress } from "./origin";
import { checkOriginAddress } from "./origin-address";

/** Properties of {@link FilteredElsewhere}: a name, or an address of either family, or both. */
export interface FilteredElsewhereProps {
  /** Who filters the origin and where, for whoever reads the report. */
  readonly reason: string;
  /** @default - none */
  readonly ipv4?: string;
  /** @default - none */
  readonly ipv6?: string;
  /**
   * The origin's DNS name, which must not be proxied itself.
   *
   * @default - none
   */
  readonly hostname?: string;
  /**
   * The last day it counts, in UTC, such as `2027-01-31`; after it, it is a finding.
   *
   * @default - it never ends
   */
  readonly expires?: string;
}

/**
 * An origin whose filter nothing in the app shows: another team's machine, a data centre. The proof
 * can't follow its paths, which stay undetermined, and every report lists it with the reason.
 *
 * @example
 * const legacy = new FilteredElsewhere(this, "Legacy", {
 *   ipv4: "198.51.100.7",
 *   reason: "the data centre's firewall, ticket NET-512",
 * });
 */
export class FilteredElsewhere extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[] = [];
  readonly dependencies: readonly TerraformResource[] = [];

  /**
   * @throws ConfigurationError `missing-prop`, `token-for-literal`, `no-address`, `two-addresses`,
   * `unusable-origin-address`, `invalid-hostname`, `reason-missing`, `invalid-expiry`
   */
  constructor(scope: Construct, id: string, props: FilteredElsewhereProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["reason"], this);
    const { reason, expires } = props;
    this.addresses = this.addressesOf(props);
    declareWeakening(this, {
      kind: "filtered-elsewhere",
      addresses: this.addresses.map(contentOf),
      reason: requireReason(reason, this),
      expires: expires === undefined ? undefined : requireExpiry(expires, this),
    });
  }

  private addressesOf({ ipv4, ipv6, hostname }: FilteredElsewhereProps): OriginAddress[] {
    const addresses: OriginAddress[] = [];
    if (ipv4 !== undefined) {
      addresses.push({ type: "A", content: ipv4 });
    }
    if (ipv6 !== undefined) {
      addresses.push({ type: "AAAA", content: ipv6 });
    }
    if (addresses.length > 0 && hostname !== undefined) {
      throw new ConfigurationError(
        "two-addresses",
        "'hostname' stands beside an IP address, and DNS takes no other record beside a CNAME; " +
          "remove one of the two",
        this,
      );
    }
    if (hostname !== undefined) {
      addresses.push({ type: "CNAME", hostname });
    }
    if (addresses.length === 0) {
      throw new ConfigurationError(
        "no-address",
        "'ipv4', 'ipv6' and 'hostname' are all missing; give where the edge is to connect to",
        this,
      );
    }
    for (const address of addresses) {
      checkOriginAddress(propOf(address), address, this);
    }
    return addresses;
  }
}

function propOf({ type }: OriginAddress): string {
  return type === "CNAME" ? "hostname" : type === "A" ? "ipv4" : "ipv6";
}
