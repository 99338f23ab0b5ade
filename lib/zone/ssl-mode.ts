import type { IConstruct } from "constructs";
import { SSL_VALUES, type SslValue } from "../edge/connections";
import { ConfigurationError } from "../synth/configuration-error";
import { requireLiteral } from "../synth/literal";

/**
 * How Cloudflare connects to the origin: the zone's setting `ssl`.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
export class SslMode {
  /** No HTTPS at all: the edge uses port 80. */
  static readonly OFF = new SslMode("off");
  /** HTTPS up to the edge, plain HTTP from there: port 443's visitors reach the origin on 80. */
  static readonly FLEXIBLE = new SslMode("flexible");
  /** The scheme the visitor used; any certificate will do. */
  static readonly FULL = new SslMode("full");
  /** The scheme the visitor used; the certificate must be valid. */
  static readonly STRICT = new SslMode("strict");
  /** Always HTTPS to the origin, with a valid certificate. Enterprise only. */
  static readonly ORIGIN_PULL = new SslMode("origin_pull");

  private static readonly all = [
    SslMode.OFF,
    SslMode.FLEXIBLE,
    SslMode.FULL,
    SslMode.STRICT,
    SslMode.ORIGIN_PULL,
  ];

  /**
   * The mode with the API's value, for configuration that is read from elsewhere.
   *
   * @param value one of off, flexible, full, strict, origin_pull
   * @throws ConfigurationError `unknown-ssl-mode`
   */
  static of(value: string, scope?: IConstruct): SslMode {
    requireLiteral("ssl", value, "SslMode.STRICT", scope);
    const mode = SslMode.all.find((one) => one.value === value);
    if (mode === undefined) {
      throw new ConfigurationError(
        "unknown-ssl-mode",
        `'ssl' is ${JSON.stringify(value)}, which is no SSL mode of Cloudflare; ` +
          `use one of ${SSL_VALUES.join(", ")}, such as SslMode.STRICT`,
        scope,
      );
    }
    return mode;
  }

  private constructor(
    /** As the API writes it. */
    readonly value: SslValue,
  ) {}

  toString(): string {
    return this.value;
  }
}
