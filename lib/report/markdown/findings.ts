import type { Finding } from "../../rules/finding";
import type { PathReport, Review, RolloutWitness, StepReport } from "../../rules/review-types";
import { factsOf, headOf } from "../finding-facts";
import { rulePage } from "../rule-page";
import { missingText } from "../text-paths";
import { stepText } from "../text-rollout";
import type { Section } from "./document";
import { htmlProse, name, prose } from "./escape";
import { namesText, originText } from "./names";
import { cutShare } from "./verdict";

/** Names of one line. */
const MOST = 3;
/** Steps that a person follows. */
const MOST_STEPS = 8;

/** Each finding with what, why and fix. The first is open where it is an error. */
export function findingSection(review: Review, docs: string | undefined): Section {
  const ordered = review.findings
    .map((finding, index): Ranked => {
      return { finding, isNew: isAdded(review, index), cut: cutBy(finding, review) };
    })
    .toSorted((left, right) => weightOf(left) - weightOf(right));
  return {
    nouns: ["finding", "findings"],
    head: "",
    tail: "",
    units: ordered.map(({ finding, isNew }, index) => {
      const tag = index === 0 && isError(finding) ? "<details open>" : "<details>";
      const title = `${headHtml(finding, isNew)} ${htmlProse(finding.what)}`;
      const body = bodyOf(finding, review, docs);
      return `${tag}\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
    }),
    between: "\n\n",
    priority: 2,
    share: 0.5,
  };
}

interface Ranked {
  readonly finding: Finding;
  /** Undefined without a base. */
  readonly isNew: boolean | undefined;
  /** The part of the edge that is cut off on the worst of its paths. */
  readonly cut: number;
}

function isAdded({ change }: Review, index: number): boolean | undefined {
  return change === null ? undefined : change.added.includes(index);
}

function isError({ severity, acknowledged }: Finding): boolean {
  return severity === "error" && acknowledged === null;
}

/** Errors, warnings, acknowledged ones; of each, new ones first, then where most is cut off. */
function weightOf({ finding, isNew, cut }: Ranked): number {
  const rank = finding.acknowledged !== null ? 4 : isError(finding) ? 0 : 2;
  return rank + (isNew === false ? 1 : 0) - cut / 2;
}

function cutBy(finding: Finding, { paths }: Review): number {
  return finding.paths.reduce((most, index) => {
    const path = paths[index];
    return path === undefined ? most : Math.max(most, cutShare(path));
  }, 0);
}

const SIGNS: Readonly<Record<string, string>> = { Error: "❌", Warning: "⚠️" };

function headHtml(finding: Finding, isNew: boolean | undefined): string {
  const head = headOf(finding);
  const sign = SIGNS[head] === undefined ? "" : `${SIGNS[head]} `;
  const news = isNew === undefined ? "" : isNew ? " (new)" : " (as in the base)";
  return `${sign}<b>${head}</b>${news}:`;
}

function bodyOf(finding: Finding, review: Review, docs: string | undefined): string {
  const paths = finding.paths.flatMap((index) => review.paths[index] ?? []);
  const [first] = paths;
  const witness = finding.rule === "rollout/cut-off-during-apply" && first?.rollout?.witness;
  const items = [
    ...(paths.length === 0 ? [] : [["Path", pathsText(paths)] as const]),
    ...(witness ? [] : factsOf(finding, first).map(([label, text]) => [title(label), prose(text)])),
    ["Rule", ruleText(finding.rule, docs)],
    ...placeItems(finding),
    ...acknowledgedItems(finding),
  ];
  const list = items.map(([label, text]) => `- **${label}:** ${text}`).join("\n");
  const steps = witness && first ? [stepsText(witness, first)] : [];
  const fix = `**Fix:** ${prose(finding.fix)}`;
  return [prose(finding.why), fix, ...steps, list].join("\n\n");
}

function title(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function pathsText(paths: readonly PathReport[]): string {
  const hostnames = paths.map(({ hostname }) => hostname);
  return `${namesText(hostnames, MOST)} → ${originText(paths, MOST)}`;
}

/** A link for the rules of this package; the user's own have no page here. */
function ruleText(rule: string, docs: string | undefined): string {
  const page = rulePage(rule, docs);
  return page === null ? name(rule) : `[${name(rule)}](${page})`;
}

function placeItems({ constructPath, source }: Finding): readonly (readonly string[])[] {
  const path = constructPath === "" ? "the app" : constructPath === null ? "" : name(constructPath);
  if (source !== null) {
    const at = name(`${source.file}:${source.line}`);
    return [["Where", path === "" ? at : `${at} (${path})`]];
  }
  return path === "" ? [] : [["Where", path]];
}

function acknowledgedItems({ acknowledged }: Finding): readonly (readonly string[])[] {
  if (acknowledged === null) {
    return [];
  }
  const until = acknowledged.expires === null ? "" : ` (until ${acknowledged.expires})`;
  return [["Acknowledged", `${prose(acknowledged.reason)}${until}`]];
}

/** A state of the apply, as steps in their order with the place where visitors are cut off. */
function stepsText({ done, pending, cutOff }: RolloutWitness, { family }: PathReport): string {
  const before = stepLines(done, "done", 1);
  const after = stepLines(pending, "not yet done", before.length + 1);
  const state = `   Here **${prose(missingText(cutOff, family))}** of Cloudflare gets no answer.`;
  return [...before, "", state, "", ...after].join("\n");
}

function stepLines(steps: readonly StepReport[], state: string, from: number): readonly string[] {
  const shown = steps.slice(0, MOST_STEPS).map(stepText).map(prose);
  const more = steps.length - shown.length;
  const texts = [...shown, ...(more > 0 ? [`${more} more`] : [])];
  return texts.map((text, index) => `${from + index}. ${text} (${state})`);
}
