import { existsSync, readFileSync } from "node:fs";
import { decodeText } from "../read/decode-text";
import { type Config, NO_CONFIG, parseConfig } from "../rules/config";

const FILE = "originproof.config.json";

/**
 * What `originproof.config.json` in the working directory declares, as `originproof review` reads
 * it; nothing where there is no such file.
 *
 * @throws ConfigError naming the member at fault
 */
export function configOfFolder(): Config {
  return existsSync(FILE) ? parseConfig(decodeText(readFileSync(FILE)), FILE) : NO_CONFIG;
}
