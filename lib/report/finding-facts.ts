import type { Finding } from "../rules/finding";
import type { PathReport } from "../rules/review-types";
import { missingText } from "./text-paths";

/** A fact with its label, not yet escaped. */
export type Fact = readonly [label: string, text: string];

/** Rules about who gets in besides Cloudflare: their witness is one who does. */
const EXPOSURE: ReadonlySet<string> = new Set([
  "exposure/open-to-others",
  "exposure/side-door",
  "ranges/superset",
]);

/** What a finding can be checked by: what is cut off or gets in, and the error of visitors. */
export function factsOf(finding: Finding, path: PathReport | undefined): readonly Fact[] {
  const cut = path?.availability.verdict === "refuted" && !EXPOSURE.has(finding.rule);
  return cut ? cutFacts(path, finding) : witnessFact(finding);
}

function cutFacts(path: PathReport, finding: Finding): readonly Fact[] {
  const { missing, error } = path.availability;
  const code = error === null ? [] : ([["visitor", `Error ${error}`]] as const);
  const fate = error === 522 ? "gets no answer" : "does not get through";
  const stops = `a connection from ${finding.witness} ${fate}`;
  const witness = finding.witness === null ? [] : ([["witness", stops]] as const);
  return [["missing", missingText(missing, path.family)], ...witness, ...code];
}

function witnessFact(finding: Finding): readonly Fact[] {
  return finding.witness === null ? [] : [["witness", `${finding.witness} gets in`]];
}

/** `Error`, `Warning`, or that somebody has acknowledged it. */
export function headOf(finding: Finding): string {
  if (finding.acknowledged !== null) {
    return "Acknowledged";
  }
  return finding.severity === "error" ? "Error" : "Warning";
}
