import { parseInput } from "../../lib/read/parse-input";
import { parseRawState } from "../../lib/read/raw-state";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import { type Review, reviewInputs } from "../../lib/rules/review";
import type { PathReport } from "../../lib/rules/review-types";
import type { Entry } from "./files";
import type { Label, PathLabel } from "./label";

export type Statement = "availability" | "exclusivity" | "rollout";

/** One statement of one path: what the label says and what the review found. */
export interface Compared {
  readonly path: string;
  readonly statement: Statement;
  readonly label: string;
  readonly found: string;
  /** What the oracle sees of something that is labelled undetermined. */
  readonly seen: string | undefined;
}

export interface Outcome {
  readonly name: string;
  readonly compared: readonly Compared[];
  /** Refuted by the label, and not by the review, or at another address or by another rule. */
  readonly missed: readonly string[];
  /** Refuted, or an error, where the label says otherwise. */
  readonly falseAlarms: readonly string[];
  /** Proved by the label and not by the review, or the other way round; paths that don't match. */
  readonly different: readonly string[];
}

const TODAY = new Date("2026-01-01T00:00:00Z");
const LABEL = "plan.json";

/** The review of a plan, with its graph and the state before it, or without. */
export function reviewOf(entry: Entry, beside = true): Review {
  return reviewInputs([parseInput(entry.plan, LABEL)], {
    today: TODAY,
    ...(beside ? { graphs: [parseTerraformGraph(entry.graph, LABEL)] } : {}),
    ...(beside && entry.state ? { states: [parseRawState(entry.state, LABEL)] } : {}),
  });
}

export function outcomeOf(entry: Entry): Outcome {
  const { label, name } = entry;
  const review = reviewOf(entry);
  const pairs = pairsOf(label, review);
  const compared = pairs.flatMap(({ path, report }) => (report ? compare(path, report) : []));
  const refuted = (word: string) => compared.filter((each) => each[word as "label"] === "refuted");
  const missed = refuted("label").filter(({ found }) => found !== "refuted");
  const alarms = refuted("found").filter((each) => each.label !== "refuted");
  const others = compared.filter(
    (each) => each.label !== each.found && ![...missed, ...alarms].includes(each),
  );
  return {
    name,
    compared,
    missed: [...missed.map(said), ...missedMore(label, review, pairs)],
    falseAlarms: [...alarms.map(said), ...errorsNotListed(label, review)],
    different: [
      ...others.map(said),
      ...unpaired(label, review, pairs),
      ...otherReasons(pairs),
      ...soundWithoutGraph(entry, compared),
    ],
  };
}

const said = ({ path, statement, label, found }: Compared): string =>
  `${path} ${statement}: the label says ${label}, the review ${found}`;

interface Pair {
  readonly path: PathLabel;
  readonly report: PathReport | undefined;
}

function pairsOf({ paths }: Label, review: Review): readonly Pair[] {
  return paths.map((path) => ({ path, report: review.paths.find((report) => fits(path, report)) }));
}

const fits = (path: PathLabel, report: PathReport): boolean =>
  report.hostname === path.hostname &&
  report.family === path.family &&
  report.origin?.port === path.port &&
  (path.origin === null || [report.origin.resource, report.origin.address].includes(path.origin));

const pathName = ({ hostname, family, port, origin }: PathLabel): string =>
  `${hostname} IPv${family} tcp/${port}${origin === null ? "" : ` ${origin}`}`;

function compare(path: PathLabel, report: PathReport): readonly Compared[] {
  const found = { ...report, rollout: report.rollout };
  return (["availability", "exclusivity", "rollout"] as const).flatMap((statement) => {
    const [label, verdict] = [path[statement]?.verdict, found[statement]?.verdict];
    if (label === undefined && statement === "rollout") return [];
    const words = { label: label ?? "none", found: verdict ?? "none" };
    return [{ path: pathName(path), statement, ...words, seen: path[statement]?.seen }];
  });
}

/** Witnesses and rules of what is refuted. */
function missedMore(label: Label, review: Review, pairs: readonly Pair[]): readonly string[] {
  const rules = new Set<string>(review.findings.map(({ rule }) => rule));
  const witnesses = pairs.flatMap(({ path, report }) =>
    (["availability", "exclusivity"] as const).flatMap((statement) => {
      const { witness } = path[statement];
      const found = report?.[statement];
      if (witness === undefined || found?.verdict !== "refuted") return [];
      return found.witness === witness
        ? []
        : [`${pathName(path)} ${statement}: the witness is ${witness}, not ${found.witness}`];
    }),
  );
  const absent = label.rules.filter((rule) => !rules.has(rule));
  return [...witnesses, ...absent.map((rule) => `no finding of ${rule}`)];
}

function errorsNotListed(label: Label, review: Review): readonly string[] {
  const told = ["exposure/open-to-others"];
  return review.findings
    .filter(({ severity, rule }) => severity === "error" || told.includes(rule))
    .filter(({ rule }) => !label.rules.includes(rule))
    .map(({ rule, subject }) => `${rule} at ${subject}`);
}

function unpaired(label: Label, review: Review, pairs: readonly Pair[]): readonly string[] {
  const gone = pairs.filter(({ report }) => report === undefined);
  const extra = review.paths.filter((report) => !label.paths.some((path) => fits(path, report)));
  const twice = review.paths.length - extra.length - (pairs.length - gone.length);
  return [
    ...gone.map(({ path }) => `the review has no path ${pathName(path)}`),
    ...extra.map(
      ({ hostname, family, origin }) =>
        `the label has no path ${hostname} IPv${family} tcp/${origin?.port} ${origin?.resource}`,
    ),
    ...(twice > 0 ? [`${twice} paths of the review fit a path of the label that another has`] : []),
  ];
}

function otherReasons(pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(({ path, report }) => {
    if (report === undefined) return [];
    const open = [report.availability, report.exclusivity, report.rollout].filter(
      (each) => each?.verdict === "undetermined",
    );
    const ids = new Set(open.flatMap((each) => each?.reasons ?? []).map(({ id }) => id));
    const found = [...ids].sort().join(", ");
    const wanted = path.reasons.join(", ");
    return found === wanted ? [] : [`${pathName(path)}: reasons ${found}, wanted ${wanted}`];
  });
}

/** Without graph and state the review knows less, and must not say anything else. */
function soundWithoutGraph(entry: Entry, compared: readonly Compared[]): readonly string[] {
  const alone = pairsOf(entry.label, reviewOf(entry, false)).flatMap(({ path, report }) =>
    report ? compare(path, report) : [],
  );
  return alone
    .filter(({ found, label }) => found !== label && found !== "undetermined")
    .filter((each) => compared.some((other) => other.path === each.path))
    .map((each) => `without --graph, ${said(each)}`);
}
