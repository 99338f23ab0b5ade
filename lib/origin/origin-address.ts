import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { edgeRanges } from "../edge/ranges";
import { type Address, parseAddress } from "../net/cidr";
import { globallyReachable, isDocumentation, specialPurpose } from "../net/special-purpose";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { requireHostname } from "../zone/hostname";
import { contentOf, type OriginAddress, type OriginHostname, type OriginIpAddress } from "./origin";

/** Names that Cloudflare refuses to proxy to; those of `SUFFIXES` with all names below them. */
const NAMES = ["dkim2.mcsv.net", "dkim3.mcsv.net", "zmverify.zoho.com", "dkim.infusionmail.com"];
const SUFFIXES = [
  "dkim.amazonses.com",
  "onmicrosoft.com",
  "dkim.intercom.io",
  "acm-validations.aws",
];

/**
 * Refuses a literal address that the edge can't use as an origin. Documentation addresses only
 * warn, since examples need some; what Terraform decides is checked in the plan's review.
 *
 * @throws ConfigurationError `unusable-origin-address`, `invalid-hostname`
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1000/
 */
export function checkOriginAddress(prop: string, address: OriginAddress, scope: IConstruct): void {
  if (isUnresolved(contentOf(address))) {
    return;
  }
  if (address.type === "CNAME") {
    checkName(prop, address, scope);
  } else {
    checkIp(prop, address, scope);
  }
}

function checkIp(prop: string, { type, content }: OriginIpAddress, scope: IConstruct): void {
  const parsed = parseAddress(content);
  const problem = parsed.ok ? problemOf(type, parsed.value) : parsed.problem;
  if (problem !== undefined) {
    refuse(prop, content, problem, scope);
  }
  if (parsed.ok && isDocumentation(parsed.value)) {
    Annotations.of(scope).addWarning(
      `'${prop}' has ${content}, an address for documentation that no host has; ` +
        "use the origin's own before you deploy",
    );
  }
}

/** @see https://developers.cloudflare.com/dns/proxy-status/limitations/ */
function checkName(prop: string, { hostname }: OriginHostname, scope: IConstruct): void {
  if (parseAddress(hostname).ok) {
    const problem = "is an IP address in a CNAME record; use type A or AAAA";
    refuse(prop, hostname, problem, scope);
  }
  requireHostname(prop, hostname, scope);
  if (!hostname.includes(".")) {
    refuse(prop, hostname, 'is no full name; give one such as "lb.example.net"', scope);
  }
  const below = SUFFIXES.some((suffix) => hostname === suffix || hostname.endsWith(`.${suffix}`));
  if (below || NAMES.includes(hostname)) {
    refuse(prop, hostname, "Cloudflare does not proxy to; use the name of a web server", scope);
  }
}

function refuse(prop: string, content: string, problem: string, scope: IConstruct): never {
  throw new ConfigurationError(
    "unusable-origin-address",
    `'${prop}' has ${JSON.stringify(content)}, which ${problem}`,
    scope,
  );
}

function problemOf(type: OriginIpAddress["type"], address: Address): string | undefined {
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
