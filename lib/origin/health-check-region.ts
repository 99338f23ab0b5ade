/**
 * A region that health checks run from; each probes from three data centres.
 *
 * @see https://developers.cloudflare.com/smart-shield/
 */
export class HealthCheckRegion {
  static readonly WESTERN_NORTH_AMERICA = new HealthCheckRegion("WNAM");
  static readonly EASTERN_NORTH_AMERICA = new HealthCheckRegion("ENAM");
  static readonly WESTERN_EUROPE = new HealthCheckRegion("WEU");
  static readonly EASTERN_EUROPE = new HealthCheckRegion("EEU");
  static readonly NORTHERN_SOUTH_AMERICA = new HealthCheckRegion("NSAM");
  static readonly SOUTHERN_SOUTH_AMERICA = new HealthCheckRegion("SSAM");
  static readonly OCEANIA = new HealthCheckRegion("OC");
  static readonly MIDDLE_EAST = new HealthCheckRegion("ME");
  static readonly NORTHERN_AFRICA = new HealthCheckRegion("NAF");
  static readonly SOUTHERN_AFRICA = new HealthCheckRegion("SAF");
  /** Balancers call the same region SAS. */
  static readonly INDIA = new HealthCheckRegion("IN");
  static readonly SOUTH_EAST_ASIA = new HealthCheckRegion("SEAS");
  static readonly NORTH_EAST_ASIA = new HealthCheckRegion("NEAS");
  /** Every region; Business and above, and alone. */
  static readonly ALL = new HealthCheckRegion("ALL_REGIONS", 13);

  private constructor(
    /** As the API writes it. */
    readonly value: string,
    /** How many regions it stands for. */
    readonly count = 1,
  ) {}

  toString(): string {
    return this.value;
  }
}
