import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * What a JSON file must hold. `UPDATE_GOLDENS=1` writes it, but never in CI, where a missing one
 * fails.
 */
export function expectGolden(file: string, actual: unknown): void {
  if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
    writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
  }
  expect(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : "no such file").toEqual(
    actual,
  );
}
