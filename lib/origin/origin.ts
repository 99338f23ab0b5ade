import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { IOriginFirewall } from "../firewall/firewall";

/** One address that a record can hold. */
export interface OriginAddress {
  /** The record's type: A for IPv4, AAAA for IPv6. */
  readonly type: "A" | "AAAA";
  /** The address, a literal or a token. */
  readonly content: string;
}

/** A machine or service that the edge connects to, and who filters what reaches it. */
export interface IOrigin extends IConstruct {
  /** At most one of each type. */
  readonly addresses: readonly OriginAddress[];
  /** The firewalls of the library in front of it. Together they admit what any of them admits. */
  readonly firewalls: readonly IOriginFirewall[];
  /** What must be in place before a record may hold the addresses. */
  readonly dependencies: readonly TerraformResource[];
}
