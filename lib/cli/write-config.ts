import { existsSync, readFileSync } from "node:fs";
import { decodeText } from "../read/decode-text";
import type { Config } from "../rules/config";
import { startConfig, undeclaredOrigins, withOriginsToFillIn } from "../rules/config-start";
import type { Review } from "../rules/review-types";
import { schemaFor, writeStart } from "./init";

/**
 * Adds an entry to fill in to the configuration file for each address that the input doesn't hold,
 * and says so on standard error. A file that is not there is started.
 *
 * @throws InputError where it can't be written
 */
export function writeConfig(file: string, review: Review, config: Config): void {
  const addresses = undeclaredOrigins(review, config);
  const known = existsSync(file);
  const text = known ? decodeText(readFileSync(file)) : startConfig(schemaFor(file));
  const filled = withOriginsToFillIn(text, addresses);
  if (addresses.length === 0 || filled === text) {
    return;
  }
  writeStart(file, filled, known);
  const count = addresses.length === 1 ? "1 address" : `${addresses.length} addresses`;
  process.stderr.write(`originproof: ${file}: ${count} to fill in under 'origins'\n`);
}
