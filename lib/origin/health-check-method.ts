/** How a health check asks, with HTTP and HTTPS. */
export class HealthCheckMethod {
  static readonly GET = new HealthCheckMethod("GET");
  /** The headers alone, without a body. */
  static readonly HEAD = new HealthCheckMethod("HEAD");

  private constructor(
    /** As the API writes it. */
    readonly value: "GET" | "HEAD",
  ) {}

  toString(): string {
    return this.value;
  }
}
