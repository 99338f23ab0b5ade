import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const CACHE = join(__dirname, "../../node_modules/.cache/linters");
const FOLDERS = [
  join(CACHE, "bin"),
  join(CACHE, "venv", "bin"),
  ...(process.env.PATH ?? "").split(delimiter),
];

/** Where a linter is: `bash scripts/linters.sh` gets them all. */
export function linter(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * `describe` for tests that run linters. Where one is missing they are skipped with one line that
 * says so; with CI=true they fail instead.
 */
export function describeWithLinters(
  name: string,
  linters: readonly string[],
  tests: () => void,
): void {
  const missing = linters.filter((each) => linter(each) === undefined);
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const why = `no ${missing.join(", ")}: bash scripts/linters.sh gets them`;
  if (process.env.CI === "true") {
    describe(name, () => {
      it("needs its linters", () => {
        throw new Error(`${why}, and CI=true lets no test be skipped`);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (${why})\n`);
  describe.skip(name, tests);
}
