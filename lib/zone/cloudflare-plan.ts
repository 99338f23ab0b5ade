/**
 * The plan a zone is on. It decides which alerts and how many health checks the zone may have; the
 * subscription itself is made elsewhere.
 *
 * @see https://developers.cloudflare.com/fundamentals/subscriptions-and-billing/
 */
export class CloudflarePlan {
  static readonly FREE = new CloudflarePlan("free", 0, 0);
  static readonly PRO = new CloudflarePlan("pro", 1, 10);
  static readonly BUSINESS = new CloudflarePlan("business", 2, 50);
  static readonly ENTERPRISE = new CloudflarePlan("enterprise", 3, 1000);

  private constructor(
    /** As `pro`. */
    readonly value: string,
    private readonly rank: number,
    /**
     * How many standalone health checks a zone of the plan may have, by Cloudflare's documentation.
     *
     * @see https://developers.cloudflare.com/smart-shield/
     */
    readonly healthChecks: number,
  ) {}

  /** Has it what the other plan has? */
  includes(other: CloudflarePlan): boolean {
    return this.rank >= other.rank;
  }

  toString(): string {
    return this.value;
  }
}
