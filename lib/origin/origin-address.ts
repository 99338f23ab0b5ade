import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { edgeRanges } from "../edge/ranges";
import { type Address, parseAddress } from "../net/cidr";
import { globallyReachable, isDocumentation, specialPurpose } from "../net/special-purpose";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import type { OriginAddress } from "./origin";

/**
 * Refuses a literal address that the edge can't use as an origin. Documentation addresses only
 * warn, since examples need some; what Terraform decides is checked in the plan's review.
 *
 * @throws ConfigurationError `unusable-origin-address`
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1000/
 */
export function checkOriginAddress(prop: string, address: OriginAddress, scope: IConstruct): void {
  const { type, content } = address;
  if (isUnresolved(content)) {
    return;
  }
  const parsed = parseAddress(content);
  const problem = parsed.ok ? problemOf(type, parsed.value) : parsed.problem;
  if (problem !== undefined) {
    throw new ConfigurationError(
      "unusable-origin-address",
      `'${prop}' has ${JSON.stringify(content)}, which ${problem}`,
      scope,
    );
  }
  if (parsed.ok && isDocumentation(parsed.value)) {
    Annotations.of(scope).addWarning(
      `'${prop}' has ${content}, an address for documentation that no host has; ` +
        "use the origin's own before you deploy",
    );
  }
}

function problemOf(type: OriginAddress["type"], address: Address): string | undefined {
  const family = type === "A" ? 4 : 6;
  if (address.family !== family) {
    const other = address.family === 4 ? "A" : "AAAA";
    return `is IPv${address.family} in an ${type} record; use type ${other}`;
  }
  if (edgeRanges().set(family).has(address.value)) {
    return (
      "is an address of Cloudflare itself: visitors would see Error 1000; " +
      "use the origin's own public address"
    );
  }
  if (globallyReachable(family).has(address.value) || isDocumentation(address)) {
    return undefined;
  }
  const special = specialPurpose(address);
  const why = special === undefined ? "not global unicast" : `${special.name}, ${special.rfc}`;
  return `is not reachable from the internet (${why}); use the origin's public address`;
}
