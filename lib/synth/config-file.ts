import { existsSync, readFileSync } from "node:fs";
import { decodeText } from "../read/decode-text";
import { type Config, ConfigError, NO_CONFIG, parseConfig } from "../rules/config";
import { todayFrom } from "../rules/today";

const FILE = "originproof.config.json";

/**
 * What `originproof.config.json` in the working directory declares, as `originproof review` reads
 * it; nothing where there is no such file.
 *
 * @throws ConfigError naming line, column and the member at fault
 */
export function configOfFolder(): Config {
  return existsSync(FILE) ? parseConfig(readConfig(), FILE) : NO_CONFIG;
}

function readConfig(): string {
  try {
    return decodeText(readFileSync(FILE));
  } catch (error) {
    throw new ConfigError(`${FILE}: can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The day that a review at synth measures expiries by, as `originproof review` does. */
export function todayOfRun(): Date {
  return todayFrom(process.env.SOURCE_DATE_EPOCH);
}
