/** The version of originproof that runs. */
export function packageVersion(): string {
  const { version } = require("../../package.json") as { version: string };
  return version;
}
