import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { escapeTemplate, isUnresolved, requireLiteral } from "../synth/literal";
import { requireChoice } from "../zone/choice";
import type { HealthCheckProps } from "./health-check";
import { HealthCheckMethod } from "./health-check-method";
import { HealthCheckType } from "./health-check-type";

/** How much of an answer Cloudflare looks at for `expectedBody`, in bytes. */
const SEARCHED = 10 * 1024;

/**
 * What means nothing with the type.
 *
 * @throws ConfigurationError `http-prop-with-tcp`, `tls-prop-without-tls`
 */
export function refuseOtherProps(
  props: HealthCheckProps,
  type: HealthCheckType,
  scope: IConstruct,
): void {
  const http = [
    "method",
    "headers",
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
  if (type === HealthCheckType.HTTP && props.allowInsecure !== undefined) {
    throw new ConfigurationError(
      "tls-prop-without-tls",
      "'allowInsecure' means nothing with HTTP, which has no certificate; " +
        "leave it out, or use HealthCheckType.HTTPS",
      scope,
    );
  }
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
  const bad = codes.find((code) => typeof code !== "string" || !/^[1-5](xx|[0-9]{2})$/.test(code));
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

/**
 * The two in seconds. A probe that still waits when the next begins would count twice.
 *
 * @throws ConfigurationError `timeout-not-below-interval`
 */
export function requireTimes(
  { interval, timeout }: Pick<HealthCheckProps, "interval" | "timeout">,
  scope: IConstruct,
): { readonly interval: number; readonly timeout: number } {
  const times = { interval: interval?.toSeconds() ?? 60, timeout: timeout?.toSeconds() ?? 5 };
  if (times.timeout >= times.interval) {
    throw new ConfigurationError(
      "timeout-not-below-interval",
      `'timeout' is ${times.timeout}s and 'interval' is ${times.interval}s, so a probe would still ` +
        "wait when the next begins; give a shorter timeout or a longer interval",
      scope,
    );
  }
  return times;
}

/** @throws ConfigurationError `invalid-expected-body` */
export function requireBody(
  { expectedBody, method }: Pick<HealthCheckProps, "expectedBody" | "method">,
  scope: IConstruct,
): string | undefined {
  if (expectedBody === undefined) {
    return undefined;
  }
  const isLong = !isUnresolved(expectedBody) && Buffer.byteLength(expectedBody) > SEARCHED;
  const problem =
    method === HealthCheckMethod.HEAD
      ? "is given with HEAD, whose answers have no body; leave it out, or use GET"
      : isLong
        ? `is longer than the first ${SEARCHED} bytes of an answer, which is all that is searched`
        : undefined;
  if (problem !== undefined) {
    throw new ConfigurationError("invalid-expected-body", `'expectedBody' ${problem}`, scope);
  }
  return escapeTemplate(expectedBody);
}

/** As the API writes it. @throws ConfigurationError `not-a-choice` */
export function requireMethod(method: HealthCheckMethod | undefined, scope: IConstruct): string {
  const { GET } = HealthCheckMethod;
  return requireChoice("method", method ?? GET, "HealthCheckMethod.HEAD", scope).value;
}

/** Those besides Host. @throws ConfigurationError `invalid-header` */
export function requireHeaders(
  headers: Readonly<Record<string, readonly string[]>>,
  scope: IConstruct,
): Record<string, string[]> {
  const written = Object.entries(headers).map(([name, values]): [string, string[]] => {
    const problem = problemOfHeader(name, values);
    if (problem !== undefined) {
      throw new ConfigurationError("invalid-header", `'headers' has ${problem}; change it`, scope);
    }
    return [name, values.map(escapeTemplate)];
  });
  return Object.fromEntries(written);
}

function problemOfHeader(name: string, values: readonly string[]): string | undefined {
  if (name.toLowerCase() === "host") {
    return "Host, which 'hostname' gives";
  }
  if (name.toLowerCase() === "user-agent") {
    return "User-Agent, which Cloudflare sets itself";
  }
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) {
    return "a name that no header can have";
  }
  return values.length === 0 ? `${name} without a value` : undefined;
}
