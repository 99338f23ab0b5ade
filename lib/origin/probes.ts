import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { requireChoice } from "../zone/choice";
import { CloudflarePlan } from "../zone/cloudflare-plan";
import { HealthCheckRegion } from "./health-check-region";

/** How many data centres of a region probe. */
const PROBES_PER_REGION = 3;

const EXAMPLE = "HealthCheckRegion.WESTERN_EUROPE";

/** How many regions a check may have below Business. */
const MOST_REGIONS = 3;

/**
 * How many probes of a check reach the origin in a minute: three a region and interval, without
 * retries. Where Cloudflare picks the region, it is one.
 *
 * @param interval in seconds
 */
export function probesPerMinute(
  regions: readonly HealthCheckRegion[] | undefined,
  interval: number,
): number {
  const count = regions?.reduce((sum, region) => sum + region.count, 0) ?? 1;
  return (PROBES_PER_REGION * count * 60) / interval;
}

/**
 * The values of the regions, each once and sorted.
 *
 * @throws ConfigurationError `not-a-choice`, `no-region`, `regions-not-in-plan`,
 * `region-beside-all`
 * @see https://developers.cloudflare.com/smart-shield/
 */
export function requireRegions(
  regions: readonly HealthCheckRegion[],
  plan: CloudflarePlan,
  scope: IConstruct,
): string[] {
  const given = regions.map((region) => requireChoice("regions", region, EXAMPLE, scope).value);
  const values = [...new Set(given)].sort();
  const refuse = (code: string, text: string): never => {
    throw new ConfigurationError(code, `'regions' ${text}`, scope);
  };
  if (values.length === 0) {
    refuse("no-region", "is empty; leave it out to let Cloudflare pick one");
  }
  const all = regions.includes(HealthCheckRegion.ALL);
  if (all && values.length > 1) {
    refuse("region-beside-all", "has ALL_REGIONS beside others; give it alone");
  }
  const limited = !plan.includes(CloudflarePlan.BUSINESS);
  if (limited && (all || values.length > MOST_REGIONS)) {
    const got = all ? "ALL_REGIONS" : `${values.length} regions`;
    refuse(
      "regions-not-in-plan",
      `has ${got}, and the plan ${plan} allows ${MOST_REGIONS}; ` +
        "give fewer, or use a zone whose 'plan' is business",
    );
  }
  return values;
}
