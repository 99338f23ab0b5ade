import type { Assumption } from "../model/hop";
import type { Finding } from "../rules/finding";
import type { PathReport, Review } from "../rules/review-types";
import { type Line, renderBlock, wrapped } from "./block";
import { forTerminal } from "./escape";
import { factsOf, headOf } from "./finding-facts";
import { hostnameLine, pathsLine } from "./summary";
import { changeLines, shownFindings } from "./text-change";
import { driftLines } from "./text-drift";
import { originlessLines } from "./text-originless";
import { grouped, namesOf, originOf } from "./text-paths";
import { rolloutFacts } from "./text-rollout";
import { undeterminedBlocks } from "./text-undetermined";
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
    ...shownFindings(review).map((finding) => findingBlock(finding, review, width)),
    ...undeterminedBlocks(review, width),
    ...provedLines(review, width),
  ];
  const lines = [
    ...blocks,
    ...(review.paths.length === 0 ? wrapped("", NOTHING, width) : summaryOf(review, width)),
    ...changeLines(review, width),
    ...originlessLines(review, width),
    ...driftLines(review, width),
    ...weakenedLines(review, width),
    ...assumptionLines(review, width),
  ];
  return `${lines.join("\n")}\n`;
}

function summaryOf(review: Review, width: number): readonly string[] {
  const line = pathsLine(review);
  const start = line.indexOf(" · ") + " · ".length;
  return [hostnameLine(review), ...wrapped(line.slice(0, start), line.slice(start), width)];
}

const NOTHING = "nothing to prove: the input has no proxied record with an origin";

function findingBlock(finding: Finding, review: Review, width: number): string {
  const paths = finding.paths.flatMap((index) => review.paths[index] ?? []);
  const [first] = paths;
  const facts: Line[] = [
    ...(paths.length === 0 ? [] : [["path", forTerminal(namesOf(paths, 3))] as const]),
    ...factLines(finding, first),
  ];
  const lines: Line[] = [
    `${headOf(finding)}: ${forTerminal(finding.what)}`,
    "",
    ...facts,
    ...(facts.length === 0 ? [] : [""]),
    forTerminal(finding.why),
    "",
    ["fix", forTerminal(finding.fix)],
    ["rule", finding.rule],
    ...placeFact(finding),
    ...acknowledgedFact(finding),
  ];
  return renderBlock(lines, width);
}

function factLines(finding: Finding, path: PathReport | undefined): readonly Line[] {
  const witness = path?.rollout?.witness;
  return finding.rule === "rollout/cut-off-during-apply" && path !== undefined && witness
    ? rolloutFacts(witness, path)
    : factsOf(finding, path);
}

function placeFact({ constructPath, source }: Finding): Line[] {
  const path = constructPath === "" ? "the app" : forTerminal(constructPath ?? "");
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

function provedLines(review: Review, width: number): string[] {
  const proved = review.paths.filter((path) => path.availability.verdict === "proved");
  const groups = grouped(
    proved,
    (path) => `${originOf(path)} ${path.exclusivity.verdict} ${path.rollout?.verdict}`,
  );
  return groups.flatMap((paths) => {
    const [first] = paths;
    const exclusive = first?.exclusivity.verdict === "proved" ? ", exclusivity" : "";
    const rollout = first?.rollout?.verdict === "proved" ? ", rollout" : "";
    const line = `${forTerminal(namesOf(paths, 3))}: availability${exclusive}${rollout}`;
    return wrapped("proved  ", line, width);
  });
}

/** What the proved statements rest on. */
function assumptionLines(review: Review, width: number): string[] {
  const proved = review.paths.filter((path) => path.availability.verdict === "proved");
  const lists = new Set(proved.map((path) => path.assumptions));
  const texts = new Set([...lists].flatMap((list) => list.map(textOf)));
  if (texts.size === 0) {
    return [];
  }
  const shown = [...texts].slice(0, MOST_ASSUMPTIONS).map(forTerminal);
  const more = texts.size - shown.length;
  const rest = more > 0 ? [`${more} more (see --format json)`] : [];
  return wrapped("assumes ", [...shown, ...rest].join(" · "), width);
}

function textOf(assumption: Assumption): string {
  return assumption.text;
}
