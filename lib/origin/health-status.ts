/**
 * What a health check turned to.
 *
 * @see https://developers.cloudflare.com/notifications/notification-available/
 */
export class HealthStatus {
  static readonly HEALTHY = new HealthStatus("Healthy");
  static readonly UNHEALTHY = new HealthStatus("Unhealthy");

  private constructor(
    /** As the API writes it. */
    readonly value: "Healthy" | "Unhealthy",
  ) {}

  toString(): string {
    return this.value;
  }
}
