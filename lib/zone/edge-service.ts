/**
 * What answers a hostname at the edge itself, so that no origin is ever asked. Each has the
 * address that Cloudflare documents for the record it needs nevertheless.
 */
export class EdgeService {
  /**
   * A Worker on a route.
   *
   * @see https://developers.cloudflare.com/workers/configuration/routing/routes/
   */
  static readonly WORKER = new EdgeService("worker", "AAAA", "100::");
  /**
   * A redirect rule or bulk redirect.
   *
   * @see https://developers.cloudflare.com/rules/url-forwarding/single-redirects/
   */
  static readonly REDIRECT = new EdgeService("redirect", "A", "192.0.2.1");

  private constructor(
    /** As the construct's id names it. */
    readonly value: "worker" | "redirect",
    readonly type: "A" | "AAAA",
    /** Reserved for documentation or for discarding: no host has it. */
    readonly address: string,
  ) {}

  toString(): string {
    return this.value;
  }
}
