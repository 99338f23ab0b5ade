/**
 * The share of requests that must not end in an error of the origin, below which Cloudflare tells.
 * The higher, the sooner.
 *
 * @see https://developers.cloudflare.com/notifications/reference/traffic-alerts/
 */
export class ErrorRateSlo {
  static readonly PERCENT_99_7 = new ErrorRateSlo("99.7");
  static readonly PERCENT_99_8 = new ErrorRateSlo("99.8");
  static readonly PERCENT_99_9 = new ErrorRateSlo("99.9");

  private constructor(
    /** As the API writes it. */
    readonly value: "99.7" | "99.8" | "99.9",
  ) {}

  toString(): string {
    return `${this.value}%`;
  }
}
