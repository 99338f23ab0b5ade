import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { IOriginFirewall } from "../firewall/firewall";

/** An IP address that a record can hold. */
export interface OriginIpAddress {
  /** The record's type: A for IPv4, AAAA for IPv6. */
  readonly type: "A" | "AAAA";
  /** The address, a literal or a token. */
  readonly content: string;
}

/** A DNS name that a record can lead to, such as a balancer's. */
export interface OriginHostname {
  readonly type: "CNAME";
  /** The name, without a trailing dot, a literal or a token. It must not be proxied itself. */
  readonly hostname: string;
}

/** What a record can hold to lead to an origin. */
export type OriginAddress = OriginIpAddress | OriginHostname;

/**
 * A machine or service that the edge connects to, and who filters what reaches it.
 *
 * Others may implement it: docs/guides/third-party-firewall.md shows how.
 */
export interface IOrigin extends IConstruct {
  /** At most one of each type; a CNAME stands alone. */
  readonly addresses: readonly OriginAddress[];
  /** The firewalls of the library in front of it. Together they admit what any of them admits. */
  readonly firewalls: readonly IOriginFirewall[];
  /** What must be in place before a record may hold the addresses. */
  readonly dependencies: readonly TerraformResource[];
}

/** The IP address or the name of an address, as a record's `content`. */
export function contentOf(address: OriginAddress): string {
  return address.type === "CNAME" ? address.hostname : address.content;
}
