import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved, requireLiteral } from "../synth/literal";
import { requireList } from "../synth/required-list";
import { requireHostname } from "../zone/hostname";
import { proxiedBy } from "../zone/record-claims";
import type { IZone } from "../zone/zone";
import type { HealthCheckProps } from "./health-check";
import type { HealthCheckType } from "./health-check-type";
import { Listener } from "./listener";
import type { IOrigin, OriginAddress, OriginHostname } from "./origin";
import { checkOriginAddress } from "./origin-address";
import { ORIGINS } from "./origin-members";

/** What answers on these where nothing in the app says it. */
const WELL_KNOWN = [Listener.http(80), Listener.https(443)];

/**
 * The probe needs the firewalls' leave too, and a listener that speaks what it speaks.
 *
 * @throws ConfigurationError `not-a-list`, `port-not-open`, `port-of-other-scheme`
 */
export function requireOpenPort(
  port: number,
  type: HealthCheckType,
  origin: IOrigin,
  scope: IConstruct,
): number {
  requireLiteral("port", port, "443", scope);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    const text = `'port' is ${port}; give a port from 1 to 65535`;
    throw new ConfigurationError("port-not-open", text, scope);
  }
  requireList("origin", [origin], ORIGINS, scope);
  const isFiltered = origin.firewalls.length > 0;
  const listeners = isFiltered ? origin.firewalls.flatMap((one) => one.listeners) : WELL_KNOWN;
  const there = listeners.filter((one) => one.port === port);
  if (isFiltered && there.length === 0) {
    const ports = [...new Set(listeners.map((one) => one.port))].sort((one, two) => one - two);
    throw new ConfigurationError(
      "port-not-open",
      `'port' is ${port}, which no firewall of the origin opens, so every probe would fail; ` +
        `use one of ${ports.join(", ")}, or add a Listener to the firewall`,
      scope,
    );
  }
  const wanted = type.value.toLowerCase();
  if (wanted !== "tcp" && there.length > 0 && there.every(({ scheme }) => scheme !== wanted)) {
    throw new ConfigurationError(
      "port-of-other-scheme",
      `'port' is ${port}, which speaks ${there[0]?.scheme}, and 'type' is ${type}, so every probe ` +
        `would fail; use another port, or HealthCheckType.${wanted === "http" ? "HTTPS" : "HTTP"}`,
      scope,
    );
  }
  return port;
}

/** @throws ConfigurationError `address-missing`, `unusable-origin-address`, `probes-cloudflare` */
export function addressToProbe(
  { origin, ipv6, hostname }: Pick<HealthCheckProps, "origin" | "ipv6" | "hostname">,
  scope: IConstruct,
): OriginAddress {
  const wanted = ipv6 === undefined ? undefined : ipv6 ? "AAAA" : "A";
  const address =
    wanted === undefined
      ? (origin.addresses.find(({ type }) => type === "A") ?? origin.addresses[0])
      : origin.addresses.find(({ type }) => type === wanted);
  if (address === undefined) {
    const missing = wanted === undefined ? "address" : wanted === "A" ? "IPv4" : "IPv6";
    throw new ConfigurationError(
      "address-missing",
      `'origin' has no ${missing}${wanted === undefined ? "" : " address"} to probe; ` +
        "use an origin that has one, or leave 'ipv6' out",
      scope,
    );
  }
  checkOriginAddress("origin", address, scope);
  if (address.type === "CNAME") {
    refuseProxied(address, hostname, scope);
  }
  return address;
}

/** A record may come after the check, so what the app proxies is looked at again at synth. */
function refuseProxied(
  { hostname: name }: OriginHostname,
  visited: string | undefined,
  scope: IConstruct,
): void {
  const fix =
    "Cloudflare never probes a name that it proxies; " +
    "use an origin that has a name or address of its own";
  if (name === visited) {
    const shown = isUnresolved(name) ? "a name" : name;
    const text = `'origin' has ${shown}, which is 'hostname' too: ${fix}`;
    throw new ConfigurationError("probes-cloudflare", text, scope);
  }
  scope.node.addValidation({
    validate: () => {
      const record = proxiedBy(scope, name);
      return record === undefined
        ? []
        : [`'origin' has ${name}, which ${record.node.path} has Cloudflare proxy: ${fix}`];
    },
  });
}

/** @throws ConfigurationError `hostname-missing`, `invalid-hostname`, `name-outside-zone` */
export function requireHostHeader(
  hostname: string | undefined,
  type: HealthCheckType,
  { zoneName }: IZone,
  scope: IConstruct,
): string {
  if (hostname === undefined) {
    throw new ConfigurationError(
      "hostname-missing",
      `'hostname' is missing, which ${type} needs as Host header and SNI; ` +
        'give the visitors\' name, such as "www.example.com"',
      scope,
    );
  }
  if (isUnresolved(hostname)) {
    return hostname;
  }
  requireHostname("hostname", hostname, scope);
  if (hostname !== zoneName && !hostname.endsWith(`.${zoneName}`)) {
    throw new ConfigurationError(
      "name-outside-zone",
      `'hostname' is ${JSON.stringify(hostname)}, which is outside the zone ${zoneName}; ` +
        `use the name that visitors ask for, such as "www.${zoneName}"`,
      scope,
    );
  }
  return hostname;
}
