/** How a visitor, or the edge, speaks on a connection. */
export type Scheme = "http" | "https";

/**
 * The ports on which Cloudflare proxies HTTP, ascending.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export const HTTP_PORTS: readonly number[] = [80, 2052, 2082, 2086, 2095, 8080, 8880];

/**
 * The ports on which Cloudflare proxies HTTPS, ascending.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export const HTTPS_PORTS: readonly number[] = [443, 2053, 2083, 2087, 2096, 8443];

/** The scheme Cloudflare's proxy speaks with visitors on a port; `undefined` if it proxies none. */
export function schemeOfPort(port: number): Scheme | undefined {
  if (HTTP_PORTS.includes(port)) {
    return "http";
  }
  return HTTPS_PORTS.includes(port) ? "https" : undefined;
}
