/** What a health check speaks. */
export class HealthCheckType {
  static readonly HTTP = new HealthCheckType("HTTP", 80);
  static readonly HTTPS = new HealthCheckType("HTTPS", 443);
  /** Opens a connection and closes it. */
  static readonly TCP = new HealthCheckType("TCP", 443);

  private constructor(
    /** As the API writes it. */
    readonly value: "HTTP" | "HTTPS" | "TCP",
    /** The port it uses unless told. */
    readonly defaultPort: number,
  ) {}

  toString(): string {
    return this.value;
  }
}
