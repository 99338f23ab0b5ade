import { HTTP_PORTS, HTTPS_PORTS, type Scheme, schemeOfPort } from "../edge/ports";
import { ConfigurationError } from "../synth/configuration-error";
import { requireLiteral } from "../synth/literal";
import type { Members } from "../synth/required-list";

/** A port on which Cloudflare proxies HTTPS. */
export type HttpsPort = 443 | 2053 | 2083 | 2087 | 2096 | 8443;

/** A port on which Cloudflare proxies plain HTTP. */
export type HttpPort = 80 | 2052 | 2082 | 2086 | 2095 | 8080 | 8880;

/**
 * A port on which the origin answers the edge.
 *
 * @example
 * const listeners = [Listener.https(), Listener.http(8080)];
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export class Listener {
  /**
   * An HTTPS listener.
   *
   * @param port one of 443, 2053, 2083, 2087, 2096, 8443; default 443
   * @throws ConfigurationError `port-not-proxied`, `token-for-literal`
   */
  static https(port: HttpsPort = 443): Listener {
    return new Listener("https", port);
  }

  /**
   * A plain HTTP listener.
   *
   * @param port one of 80, 2052, 2082, 2086, 2095, 8080, 8880; default 80
   * @throws ConfigurationError `port-not-proxied`, `token-for-literal`
   */
  static http(port: HttpPort = 80): Listener {
    return new Listener("http", port);
  }

  /**
   * A listener whose port is no literal of the program, for configuration that is read from
   * elsewhere.
   *
   * @throws ConfigurationError `port-not-proxied`, `token-for-literal`
   */
  static of(scheme: Scheme, port: number): Listener {
    return new Listener(scheme, port);
  }

  private constructor(
    readonly scheme: Scheme,
    readonly port: number,
  ) {
    requireLiteral("listeners", port, scheme === "https" ? "443" : "80");
    const proxied = schemeOfPort(port);
    if (proxied !== scheme) {
      const instead = proxied === undefined ? "does not proxy" : `proxies as ${proxied} only`;
      const allowed = scheme === "https" ? HTTPS_PORTS : HTTP_PORTS;
      throw new ConfigurationError(
        "port-not-proxied",
        `'listeners' has port ${port} with ${scheme}, which Cloudflare ${instead}; ` +
          `use one of ${allowed.join(", ")}`,
      );
    }
  }

  /** As `https/443`. */
  toString(): string {
    return `${this.scheme}/${this.port}`;
  }
}

/** By its members: `instanceof` fails between two copies of the library. */
function isListener(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("port" in value)) {
    return false;
  }
  return typeof value.port === "number" && schemeOfPort(value.port) !== undefined;
}

/** What a prop with listeners takes. */
export const LISTENERS: Members = {
  what: "Listener",
  example: "[Listener.https()]",
  fits: isListener,
};
