import { edgeRanges } from "../edge/ranges";
import type { Assumption } from "../model/hop";
import type { Finding } from "../rules/finding";
import type { PathReport, Review } from "../rules/review-types";
import { type Line, renderBlock, wrapped } from "./block";
import { forTerminal } from "./escape";
import { hostnameLine, pathsLine } from "./summary";
import { grouped, namesOf, originOf } from "./text-paths";
import { weakenedLines } from "./text-weakened";

export interface TextOptions {
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
}

/** Assumptions that a report in text lists; the JSON report has all of them. */
const MOST_ASSUMPTIONS = 8;

/** The review as text for a terminal, in the manner of Terraform's own diagnostics. */
export function renderText(review: Review, options: TextOptions = {}): string {
  const width = options.width ?? 80;
  const blocks = [
    ...review.findings.map((finding) => findingBlock(finding, review, width)),
    ...undeterminedBlocks(review, width),
    ...provedLines(review, width),
  ];
  const lines = [
    ...blocks,
    ...(review.paths.length === 0 ? [NOTHING] : summaryOf(review, width)),
    ...weakenedLines(review, width),
    ...assumptionLines(review, width),
  ];
  return `${lines.join("\n")}\n`;
}

function summaryOf(review: Review, width: number): readonly string[] {
  return [hostnameLine(review), ...wrapped(pathsLine(review), width, " ".repeat(8))];
}

const NOTHING = "nothing to prove: the input has no proxied record with an origin";

function findingBlock(finding: Finding, review: Review, width: number): string {
  const paths = finding.paths.flatMap((index) => review.paths[index] ?? []);
  const [first] = paths;
  const cut =
    first?.availability.verdict === "refuted" && finding.rule !== "exposure/open-to-others";
  const lines: Line[] = [
    `${headOf(finding)}: ${forTerminal(finding.what)}`,
    "",
    ...(paths.length === 0 ? [] : [["path", forTerminal(namesOf(paths, 3))] as const]),
    ...(cut && first !== undefined ? cutFacts(first, finding) : witnessFact(finding)),
    "",
    forTerminal(finding.why),
    "",
    ["fix", forTerminal(finding.fix)],
    ["rule", finding.rule],
    ...placeFact(finding),
    ...acknowledgedFact(finding),
  ];
  return renderBlock(lines, width);
}

function headOf(finding: Finding): string {
  if (finding.acknowledged !== null) {
    return "Acknowledged";
  }
  return finding.severity === "error" ? "Error" : "Warning";
}

function cutFacts(path: PathReport, finding: Finding): Line[] {
  const { missing, error } = path.availability;
  const code = error === null ? [] : ([["visitor", `Error ${error}`]] as const);
  const stops =
    finding.witness === null ? "" : `a connection from ${finding.witness} gets no answer`;
  const witness = stops === "" ? [] : ([["witness", stops]] as const);
  return [["missing", missingText(missing, path.family)], ...witness, ...code];
}

function missingText(missing: readonly string[], family: PathReport["family"]): string {
  const all = edgeRanges().cidrs(family);
  if (all.every((cidr) => missing.includes(cidr.text))) {
    return `all ${all.length} IPv${family} ranges`;
  }
  const more = missing.length > 6 ? ` and ${missing.length - 6} more` : "";
  return missing.slice(0, 6).join(", ") + more;
}

function witnessFact(finding: Finding): Line[] {
  return finding.witness === null ? [] : [["witness", `${finding.witness} gets in`]];
}

function placeFact({ constructPath, source }: Finding): Line[] {
  const path = constructPath === null ? "" : forTerminal(constructPath);
  if (source !== null) {
    return [["at", `${forTerminal(source.file)}:${source.line}  (${path})`]];
  }
  return path === "" ? [] : [["at", path]];
}

function acknowledgedFact({ acknowledged }: Finding): Line[] {
  if (acknowledged === null) {
    return [];
  }
  const until = acknowledged.expires === null ? "" : ` (until ${acknowledged.expires})`;
  return [["reason", `${forTerminal(acknowledged.reason)}${until}`]];
}

/** One block for each set of reasons, however many paths have it. */
function undeterminedBlocks(review: Review, width: number): string[] {
  const open = review.paths.filter((path) => reasonsOf(path).length > 0);
  const groups = grouped(open, (path) => JSON.stringify([statementOf(path), reasonsOf(path)]));
  return groups.map((paths) => {
    const [first] = paths;
    const reasons = first === undefined ? [] : reasonsOf(first);
    const subjects = [...new Set(reasons.map((reason) => reason.subject))].slice(0, 3).join(", ");
    const statement = first === undefined ? "" : statementOf(first);
    return renderBlock(
      [
        `Undetermined${statement}: ${forTerminal(subjects)}`,
        ["paths", forTerminal(namesOf(paths, 1, subjects))],
        ...reasons.map((reason): Line => ["reason", forTerminal(reason.text)]),
      ],
      width,
    );
  });
}

function statementOf(path: PathReport): string {
  return path.availability.verdict === "undetermined" ? "" : " exclusivity";
}

function reasonsOf(path: PathReport): PathReport["availability"]["reasons"] {
  const { availability, exclusivity } = path;
  return availability.verdict === "undetermined" ? availability.reasons : exclusivity.reasons;
}

function provedLines(review: Review, width: number): string[] {
  const proved = review.paths.filter((path) => path.availability.verdict === "proved");
  const groups = grouped(proved, (path) => `${originOf(path)} ${path.exclusivity.verdict}`);
  return groups.flatMap((paths) => {
    const [first] = paths;
    const exclusive = first?.exclusivity.verdict === "proved" ? ", exclusivity" : "";
    const line = `proved  ${forTerminal(namesOf(paths, 3))}: availability${exclusive}`;
    return wrapped(line, width, " ".repeat(8));
  });
}

/** What the proved statements rest on. */
function assumptionLines(review: Review, width: number): string[] {
  const proved = review.paths.filter((path) => path.availability.verdict === "proved");
  const texts = new Set(proved.flatMap((path) => path.assumptions.map(textOf)));
  if (texts.size === 0) {
    return [];
  }
  const shown = [...texts].slice(0, MOST_ASSUMPTIONS).map(forTerminal);
  const more = texts.size - shown.length;
  const rest = more > 0 ? [`${more} more (see --format json)`] : [];
  return wrapped(`assumes ${[...shown, ...rest].join(" · ")}`, width, " ".repeat(8));
}

function textOf(assumption: Assumption): string {
  return assumption.text;
}
