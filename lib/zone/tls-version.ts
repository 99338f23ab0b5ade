/**
 * The oldest TLS version that visitors may use.
 *
 * @see https://developers.cloudflare.com/ssl/edge-certificates/additional-options/minimum-tls/
 */
export class TlsVersion {
  /** Obsolete. */
  static readonly TLS_1_0 = new TlsVersion("1.0");
  /** Obsolete. */
  static readonly TLS_1_1 = new TlsVersion("1.1");
  static readonly TLS_1_2 = new TlsVersion("1.2");
  static readonly TLS_1_3 = new TlsVersion("1.3");

  private constructor(
    /** As the API writes it. */
    readonly value: "1.0" | "1.1" | "1.2" | "1.3",
  ) {}

  toString(): string {
    return this.value;
  }
}
