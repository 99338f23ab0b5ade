import type { Finding } from "../rules/finding";
import type { Review } from "../rules/review-types";
import { shown } from "./escape";

/** GitHub shows ten errors and ten warnings of a step, and drops the rest without a word. */
const MOST = 10;

/** Longer texts are cut, to keep an annotation readable beside the code. */
const LONGEST = 1_000;

/**
 * Findings as workflow commands of GitHub Actions: annotations on the lines that cause them. With a
 * base, what is new comes first. Acknowledged findings are left out.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithubAnnotations(review: Review): string {
  const added = new Set(review.change?.added ?? []);
  const open = review.findings
    .map((finding, index) => ({ finding, later: !added.has(index) }))
    .filter(({ finding }) => finding.acknowledged === null)
    .sort((a, b) => Number(a.later) - Number(b.later))
    .map(({ finding }) => finding);
  const errors = open.filter(({ severity }) => severity === "error");
  const warnings = open.filter(({ severity }) => severity === "warning");
  const lines = [...limited(errors), ...limited(warnings)].map(annotation);
  const left = errors.length + warnings.length - lines.length;
  const more = left === 0 ? [] : [command("notice", [], `${left} more findings are in the report`)];
  return [...lines, ...more].map((line) => `${line}\n`).join("");
}

function limited(findings: readonly Finding[]): readonly Finding[] {
  return findings.slice(0, MOST);
}

function annotation(finding: Finding): string {
  const { source, rule, severity } = finding;
  const place: readonly Property[] =
    source === null
      ? []
      : [
          ["file", source.file],
          ["line", String(source.line)],
        ];
  const subject = finding.constructPath ?? finding.subject;
  const text = [finding.what, finding.why, `Fix: ${finding.fix}`].map((each) =>
    shown(each, LONGEST),
  );
  return command(severity, [...place, ["title", `${rule}: ${subject}`]], text.join("\n"));
}

type Property = readonly [name: string, value: string];

/** One line, whatever the texts hold: a line break would begin another command. */
function command(name: string, properties: readonly Property[], text: string): string {
  const all = properties.map(([key, value]) => `${key}=${propertyText(shown(value, LONGEST))}`);
  return `::${name}${all.length === 0 ? "" : ` ${all.join(",")}`}::${dataText(text)}`;
}

function dataText(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function propertyText(text: string): string {
  return dataText(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
