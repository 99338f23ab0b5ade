import type { Scheme } from "./ports";

/** A value of the zone setting `ssl`. */
export type SslValue = "off" | "flexible" | "full" | "strict" | "origin_pull";

/** Every value of `ssl`, from the least encryption to the most. */
export const SSL_VALUES: readonly SslValue[] = ["off", "flexible", "full", "strict", "origin_pull"];

/** What `ssl` may be where the zone's settings are not in the input: anything. */
export const ALL_MODES: readonly SslValue[] = SSL_VALUES;

/** What `ssl` may be in a new zone that sets no mode: Cloudflare picks one of these. */
export const NEW_ZONE_MODES: readonly SslValue[] = ["flexible", "full", "strict"];

/** A way in which visitors reach the edge. */
export interface Visitor {
  readonly scheme: Scheme;
  readonly port: number;
}

/** A known value of `always_use_https`. */
export type OnOff = "on" | "off";

/**
 * A scheme and port that the edge connects to for that visitor; not `sure` where Cloudflare's
 * documentation is silent.
 */
export interface Connection {
  readonly scheme: Scheme;
  readonly port: number;
  readonly visitor: Visitor;
  readonly sure: boolean;
}

const HTTP_80: Visitor = { scheme: "http", port: 80 };
export const HTTPS_443: Visitor = { scheme: "https", port: 443 };

/**
 * Where the visitor's request arrives after the redirects that the two settings make. Always Use
 * HTTPS answers every http request with a 301; mode `off` sends https visitors to http. Only from
 * 80 to 443 is it documented where a redirected visitor comes back.
 *
 * @see https://developers.cloudflare.com/ssl/edge-certificates/additional-options/always-use-https/
 * @see https://developers.cloudflare.com/ssl/edge-certificates/encrypt-visitor-traffic/
 */
export function arrival(mode: SslValue, https: OnOff, visitor: Visitor): [Visitor, sure: boolean] {
  if (mode === "off") {
    return visitor.scheme === "http" ? [visitor, true] : [HTTP_80, false];
  }
  return visitor.scheme === "http" && https === "on"
    ? [HTTPS_443, visitor.port === 80]
    : [visitor, true];
}

/**
 * How the edge connects for a request that it does not redirect: the table of docs/proof.md. The
 * visitor's port is kept unless the scheme changes.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export function targets(mode: SslValue, visitor: Visitor): readonly Visitor[] {
  switch (mode) {
    case "off":
    case "full":
    case "strict":
      return [visitor];
    case "flexible":
      // "Other ports using HTTPS will fall back to Full"
      return visitor.scheme === "https" && visitor.port === 443 ? [HTTP_80] : [visitor];
    case "origin_pull":
      if (visitor.scheme === "https") {
        return [visitor];
      }
      // TLS instead of plain http on 8080: to that port or to 443, the documentation does not say
      return visitor.port === 80
        ? [HTTPS_443]
        : [HTTPS_443, { scheme: "https", port: visitor.port }];
  }
}

/**
 * How the edge connects for these visitors in one mode. A connection that several visitors share
 * is there once for each.
 */
export function connectionsOf(
  mode: SslValue,
  https: OnOff,
  visitors: readonly Visitor[],
): readonly Connection[] {
  return visitors.flatMap((from) => {
    const [visitor, sure] = arrival(mode, https, from);
    const to = targets(mode, visitor);
    return to.map((target) => ({ ...target, visitor, sure: sure && to.length === 1 }));
  });
}
