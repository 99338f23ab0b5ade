import { createHash } from "node:crypto";

const KINDS = {
  Killed: "killed",
  Timeout: "timeout",
  Survived: "survived",
  NoCoverage: "unreached",
};

export const digest = (text) => createHash("sha256").update(text).digest("base64url").slice(0, 12);

/** Of a file that holds nothing but types. */
export const NOTHING = { killed: 0, timeout: 0, survived: 0, unreached: 0, left: [] };

/** Of a report of Stryker what the page tells: it is kept, the report is not. */
export function foundIn({ files }, date) {
  const kept = Object.entries(files).map(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    const found = { digest: digest(source), killed: 0, timeout: 0, survived: 0, unreached: 0 };
    for (const { status } of mutants) if (KINDS[status] !== undefined) found[KINDS[status]] += 1;
    const left = mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ mutatorName, location }) => [mutatorName, lines[location.start.line - 1].trim()]);
    return [file, { ...found, left }];
  });
  return { date, files: Object.fromEntries(kept) };
}
