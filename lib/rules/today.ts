import { ConfigError } from "./config";

/**
 * The day that expiries are measured by.
 *
 * @param epoch `SOURCE_DATE_EPOCH`: seconds since 1970, for runs that must come out the same
 * @throws ConfigError where it is no number
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function todayFrom(epoch: string | undefined): Date {
  if (epoch === undefined || epoch === "") {
    return new Date();
  }
  if (!/^\d{1,12}$/.test(epoch)) {
    throw new ConfigError(`SOURCE_DATE_EPOCH is ${JSON.stringify(epoch)}; give seconds since 1970`);
  }
  return new Date(Number(epoch) * 1000);
}
