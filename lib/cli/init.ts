import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../read/input-error";
import { startConfig } from "../rules/config-start";
import { CLEAN } from "./exit-code";

/** Options of `originproof init`, as the command line gives them. */
export interface InitCommand {
  readonly config?: string;
  readonly force?: boolean;
}

/** What the configuration file is called where nobody says otherwise. */
export const DEFAULT_CONFIG = "originproof.config.json";

const SCHEMA = "originproof.config.schema.json";

/**
 * Writes a commented start of the configuration file and returns the exit code.
 *
 * @throws InputError where it is there already, or can't be written
 */
export function runInit({ config = DEFAULT_CONFIG, force = false }: InitCommand): number {
  writeStart(config, startConfig(schemaFor(config)), force);
  process.stdout.write(`wrote ${config}: it declares nothing yet; its comments say what it can\n`);
  return CLEAN;
}

/** The package's own schema where it is installed beside the file, else the published one. */
export function schemaFor(config: string): string {
  const own = `node_modules/originproof/${SCHEMA}`;
  return existsSync(join(dirname(config), own))
    ? `./${own}`
    : `https://unpkg.com/originproof/${SCHEMA}`;
}

/** @throws InputError where a file is there already that is not to be replaced, or can't be written */
export function writeStart(file: string, text: string, force: boolean): void {
  try {
    writeFileSync(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem =
      code === "EEXIST"
        ? "is there already; give --force to replace it"
        : `can't be written (${code})`;
    throw new InputError(file, problem);
  }
}
