import { edgeRanges } from "../../edge/ranges";
import type { PathReport, Review, StepReport } from "../../rules/review-types";
import { grouped, missingText, originOf } from "../text-paths";
import type { Section } from "./document";
import { htmlName } from "./escape";
import { label } from "./mermaid";
import { namesText } from "./names";
import { cutShare } from "./verdict";

/** More pictures are no help, and each is slow to draw. */
const MOST_PICTURES = 5;
/** Steps of an apply, before and after it cuts something off. */
const MOST_STEPS = 2;
/** Ranges that a node names. */
const MOST_RANGES = 2;

const STYLES = [
  "  classDef stop fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#82071e",
  "  classDef plain fill:#f6f8fa,stroke:#57606a,color:#24292f",
];

/**
 * Each way that is cut off, now or while the change is applied, and each on which others get in, as
 * a picture; the first one open.
 */
export function pictureSection(review: Review): Section {
  const all = [
    ...picturesOf(review, ({ availability }) => availability.verdict === "refuted", cutOff),
    ...picturesOf(review, ({ rollout }) => rollout?.verdict === "refuted", applyPicture),
    ...picturesOf(review, ({ exclusivity }) => exclusivity.verdict === "refuted", letIn),
  ];
  const units = all.slice(0, MOST_PICTURES).map(({ title, lines }, index) => {
    const picture = ["```mermaid", "flowchart LR", ...lines, ...STYLES, "```"].join("\n");
    return index === 0
      ? picture
      : `<details>\n<summary>${title}</summary>\n\n${picture}\n\n</details>`;
  });
  return {
    nouns: ["picture", "pictures"],
    head: "",
    tail: "",
    units,
    between: "\n\n",
    priority: 4,
    share: 0.2,
  };
}

interface Picture {
  /** As HTML. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** One for all paths that differ in their hostname and record alone. */
function picturesOf(
  { paths }: Review,
  isRefuted: (path: PathReport) => boolean,
  draw: (path: PathReport, hostnames: readonly string[]) => Picture,
): readonly Picture[] {
  const worstFirst = paths
    .filter(isRefuted)
    .toSorted((left, right) => cutShare(right) - cutShare(left));
  const groups = grouped(worstFirst, (path) => {
    const { hops, family, origin, availability, rollout } = path;
    const { missing, error } = availability;
    return JSON.stringify([hops, family, origin, missing, error, rollout?.witness]);
  });
  return groups.flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [draw(first, [...new Set(all.map((each) => each.hostname))])];
  });
}

function cutOff(path: PathReport, hostnames: readonly string[]): Picture {
  const { hops, availability, family, origin } = path;
  const { missing, stoppedBy, error } = availability;
  const seen = error === null ? "an error" : `Error ${error}`;
  const at = stoppedBy ?? hops.length;
  const way = hops.map((hop, index) => {
    const mark = index === at ? ["stops here"] : [];
    return node(`h${index}`, [hop.name, ...hop.resources.slice(0, 2), ...mark], index === at);
  });
  const names = ["edge", ...hops.map((_, index) => `h${index}`), "origin"];
  const arrows = names.slice(1).map((to, index) => {
    // Beyond the hop that stops it nothing arrives.
    return index <= at ? `  ${names[index]} --> ${to}` : `  ${names[index]} -.-x ${to}`;
  });
  return {
    title: `${namesText(hostnames, 3, htmlName)}: visitors see ${seen}`,
    lines: [
      `  visitor([${label([...visitorLines(hostnames), `sees ${seen}`])}]):::stop`,
      node("edge", ["Cloudflare", rangesText(missing, family)], false),
      ...way,
      originNode(path, origin.port),
      "  visitor --> edge",
      ...arrows,
    ],
  };
}

function rangesText(missing: readonly string[], family: PathReport["family"]): string {
  const more = missing.length - MOST_RANGES;
  return more <= 0 || missing.length === edgeRanges().cidrs(family).length
    ? missingText(missing, family)
    : `${missing.slice(0, MOST_RANGES).join(", ")} and ${more} more`;
}

function letIn(path: PathReport, hostnames: readonly string[]): Picture {
  const { hops, exclusivity, origin } = path;
  const way = hops.map((hop, index) => {
    return node(`h${index}`, [hop.name, ...hop.resources.slice(0, 2)], false);
  });
  const names = ["others", ...hops.map((_, index) => `h${index}`), "origin"];
  return {
    title: `${namesText(hostnames, 3, htmlName)}: others than Cloudflare get in`,
    lines: [
      node("others", ["not Cloudflare", `such as ${exclusivity.witness}`, "gets in"], true),
      ...way,
      originNode(path, origin.port),
      ...names.slice(1).map((to, index) => `  ${names[index]} --> ${to}`),
    ],
  };
}

/** The states that an apply goes through, up to the one in which visitors are cut off, and on. */
function applyPicture(path: PathReport, hostnames: readonly string[]): Picture {
  const { done = [], pending = [], cutOff: cut = [] } = path.rollout?.witness ?? {};
  const [before, after] = [done.length - MOST_STEPS, pending.length - MOST_STEPS];
  const steps = [
    ...(before > 0 ? [[`${before} steps`]] : []),
    // The last one done is what cuts it off.
    ...done.slice(-MOST_STEPS).map(stepLines),
    ["Cloudflare", rangesText(cut, path.family), "gets no answer"],
    ...pending.slice(0, MOST_STEPS).map(stepLines),
    ...(after > 0 ? [[`${after} more`]] : []),
  ];
  const at = Math.min(done.length, MOST_STEPS) + (before > 0 ? 1 : 0);
  return {
    title: `${namesText(hostnames, 3, htmlName)}: cut off while the change is applied`,
    lines: [
      ...steps.map((lines, index) => node(`s${index}`, lines, index === at)),
      ...steps.slice(1).map((_, index) => `  s${index} --> s${index + 1}`),
    ],
  };
}

function stepLines({ action, address, part }: StepReport): readonly string[] {
  return [action, address, ...(part === undefined ? [] : [part])];
}

function visitorLines(hostnames: readonly string[]): readonly string[] {
  const more = hostnames.length - 1;
  return [`visitor of ${hostnames[0]}`, ...(more === 0 ? [] : [`and ${more} more`])];
}

function originNode(path: PathReport, port: number): string {
  return node("origin", ["origin", originOf(path), `tcp/${port}`], false);
}

function node(id: string, lines: readonly string[], isStop: boolean): string {
  return `  ${id}[${label(lines)}]:::${isStop ? "stop" : "plain"}`;
}
