import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { escapeTemplate, isUnresolved, requireLiteral } from "../synth/literal";
import { requireHostname } from "../zone/hostname";
import type { IZone } from "../zone/zone";
import type { HealthCheckProps } from "./health-check";
import { HealthCheckType } from "./health-check-type";
import type { IOrigin, OriginAddress } from "./origin";
import { checkOriginAddress } from "./origin-address";

/** How many checks each zone has got so far. */
const checksOf = new WeakMap<IZone, number>();

/** @throws ConfigurationError `health-checks-exceeded` */
export function countAgainstPlan(zone: IZone, scope: IConstruct): void {
  const count = (checksOf.get(zone) ?? 0) + 1;
  checksOf.set(zone, count);
  if (count > zone.maxHealthChecks) {
    throw new ConfigurationError(
      "health-checks-exceeded",
      `'zone' gets ${count} health check${count === 1 ? "" : "s"}, and the plan ${zone.plan} ` +
        `allows ${zone.maxHealthChecks}; use CloudflarePlan.PRO (10), BUSINESS (50) or ` +
        "ENTERPRISE (1000), or set " +
        "'maxHealthChecks' of the zone to what your account allows",
      scope,
    );
  }
}

/** The probe needs the firewalls' leave too. @throws ConfigurationError `port-not-open` */
export function requireOpenPort(port: number, origin: IOrigin, scope: IConstruct): number {
  requireLiteral("port", port, "443", scope);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new ConfigurationError(
      "port-not-open",
      `'port' is ${port}; give a port from 1 to 65535`,
      scope,
    );
  }
  const open = origin.firewalls.flatMap(({ listeners }) => listeners.map((one) => one.port));
  if (origin.firewalls.length > 0 && !open.includes(port)) {
    const ports = [...new Set(open)].sort((left, right) => left - right);
    throw new ConfigurationError(
      "port-not-open",
      `'port' is ${port}, which no firewall of the origin opens, so every probe would fail; ` +
        `use one of ${ports.join(", ")}, or add a Listener to the firewall`,
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
  if (address.type === "CNAME" && address.hostname === hostname) {
    throw new ConfigurationError(
      "probes-cloudflare",
      `'origin' has ${hostname}, which is 'hostname' too: Cloudflare never probes a name that it ` +
        "proxies; use an origin that has a name or address of its own",
      scope,
    );
  }
  return address;
}

/** What means nothing without HTTP. @throws ConfigurationError `http-prop-with-tcp` */
export function refuseHttpProps(
  props: HealthCheckProps,
  type: HealthCheckType,
  scope: IConstruct,
): void {
  const http = [
    "path",
    "expectedCodes",
    "expectedBody",
    "followRedirects",
    "allowInsecure",
  ] as const;
  const given = http.find((prop) => props[prop] !== undefined);
  if (type === HealthCheckType.TCP && given !== undefined) {
    throw new ConfigurationError(
      "http-prop-with-tcp",
      `'${given}' means nothing with TCP, which only opens a connection; ` +
        "leave it out, or use HealthCheckType.HTTPS",
      scope,
    );
  }
}

/** A name that stays the same as long as the construct stays where it is. */
export function nameOf(construct: IConstruct): string {
  return construct.node.path.replace(/[^A-Za-z0-9_-]+/g, "-");
}

/** @throws ConfigurationError `invalid-health-check-name` */
export function requireName(name: string, scope: IConstruct): string {
  if (!isUnresolved(name) && !/^[A-Za-z0-9_-]+$/.test(name)) {
    throw new ConfigurationError(
      "invalid-health-check-name",
      `'name' is ${JSON.stringify(name)}; use only letters, digits, hyphens and underscores, ` +
        "at least one",
      scope,
    );
  }
  return name;
}

/** @throws ConfigurationError `hostname-missing`, `invalid-hostname` */
export function requireHostHeader(
  hostname: string | undefined,
  type: HealthCheckType,
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
  return isUnresolved(hostname) ? hostname : requireHostname("hostname", hostname, scope);
}

/** @throws ConfigurationError `invalid-path` */
export function requirePath(path: string, scope: IConstruct): string {
  if (!isUnresolved(path) && !/^\/[\x21-\x7e]*$/.test(path)) {
    throw new ConfigurationError(
      "invalid-path",
      `'path' is ${JSON.stringify(path)}; give a path that begins with a slash and has neither ` +
        'spaces nor characters outside ASCII, such as "/healthz"',
      scope,
    );
  }
  return escapeTemplate(path);
}

/** @throws ConfigurationError `invalid-codes` */
export function requireCodes(codes: readonly string[], scope: IConstruct): string[] {
  requireLiteral("expectedCodes", codes, '["2xx"]', scope);
  const bad = codes.find((code) => !/^[1-5](xx|[0-9]{2})$/.test(code));
  if (codes.length === 0 || bad !== undefined) {
    const got = bad === undefined ? "is empty" : `has ${JSON.stringify(bad)}`;
    throw new ConfigurationError(
      "invalid-codes",
      `'expectedCodes' ${got}; give codes such as "200", or "2xx" for all that begin with 2`,
      scope,
    );
  }
  return [...codes];
}

/** @throws ConfigurationError `invalid-count` */
export function requireCount(
  prop: string,
  count: number,
  least: number,
  scope: IConstruct,
): number {
  if (!isUnresolved(count) && (!Number.isInteger(count) || count < least)) {
    throw new ConfigurationError(
      "invalid-count",
      `'${prop}' is ${count}; give a whole number from ${least} up`,
      scope,
    );
  }
  return count;
}
