import { edgeRanges } from "../../edge/ranges";
import type { PathReport, Review, SourceChange } from "../../rules/review-types";
import { grouped } from "../text-paths";
import type { Section } from "./document";
import { name } from "./escape";
import { namesText, plural, portsText } from "./names";

/** Names of one line. */
const MOST = 3;
/** Ranges of one line. */
const MOST_RANGES = 6;

const WORLD: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

/** A path that was there before, too. */
type Kept = PathReport & { readonly admission: NonNullable<PathReport["admission"]> };

/** What the apply does to whom, in words: not which rules it changes. */
export function admissionSection(review: Review): Section {
  const kept = review.paths.filter((path): path is Kept => path.admission !== null);
  const groups = grouped(kept, (path) => {
    const { admission, family, rollout } = path;
    const isSame = isNothing(admission.edge) && isNothing(admission.others);
    const own = isSame ? [] : [family, path.origin.port, admission];
    return JSON.stringify([...own, isSame, isSettled(rollout), isComplete(admission)]);
  });
  const units = groups.map((paths) => ({ weight: weightOf(paths[0]), text: lineOf(paths) }));
  return {
    nouns: ["line on who is admitted", "lines on who is admitted"],
    head: "**What the apply changes**\n\n",
    tail: "",
    units: units.toSorted((left, right) => left.weight - right.weight).map(({ text }) => text),
    between: "\n",
    priority: 3,
    share: 0.1,
  };
}

function lineOf(paths: readonly Kept[]): string {
  const hostnames = namesText(
    paths.map(({ hostname }) => hostname),
    MOST,
  );
  const [first] = paths;
  const clauses = first === undefined ? [] : clausesOf(first, portsText(paths));
  return `- ${hostnames}: ${clauses.join("; ")}`;
}

function clausesOf({ admission, family, rollout }: Kept, ports: string): readonly string[] {
  const { edge, others } = admission;
  const on = `on ${ports}`;
  const isSame = isNothing(edge) && edge.complete;
  const out = `no longer lets ${othersText(others.removed)} in ${on}`;
  const told = [
    ...edgeClauses(edge, family, on),
    ...(isSame ? [unchangedText(rollout)] : []),
    ...(others.added.length === 0 ? [] : [`lets ${othersText(others.added)} in ${on}`]),
    ...(others.removed.length === 0 ? [] : [out]),
  ];
  const more = told.length === 0 ? "what changes" : "what else changes";
  return isComplete(admission) ? told : [...told, `${more} ${on} is known after apply`];
}

function edgeClauses({ added, removed }: SourceChange, family: 4 | 6, on: string): string[] {
  const more = `admits ${plural(added.length, "more range")} of Cloudflare`;
  const all = removed.length === edgeRanges().cidrs(family).length;
  const fewer = all
    ? `no longer admits any of Cloudflare's IPv${family} ranges ${on}`
    : `no longer admits ${plural(removed.length, "range")} of Cloudflare ${on}: ${rangesText(removed)}`;
  return [
    ...(removed.length === 0 ? [] : [`**${fewer}**`]),
    ...(added.length === 0 ? [] : [`${more} ${on}: ${rangesText(added)}`]),
  ];
}

/** What is said of visitors is about the end of the apply; on its way there the rollout decides. */
function unchangedText(rollout: PathReport["rollout"]): string {
  return isSettled(rollout)
    ? "nothing changes for visitors"
    : "nothing changes for visitors once it is applied";
}

function isSettled(rollout: PathReport["rollout"]): boolean {
  return rollout?.verdict === "proved" || rollout?.verdict === "notOwed";
}

function othersText(cidrs: readonly string[]): string {
  if (cidrs.some((cidr) => WORLD.has(cidr))) {
    return "the whole internet";
  }
  const count = plural(cidrs.length, "other source");
  const text = isMostOfTheInternet(cidrs) ? `most of the internet, ${count}` : count;
  return `${text} (${rangesText(cidrs)})`;
}

/** Half of IPv4's addresses, or of 2000::/3. */
function isMostOfTheInternet(cidrs: readonly string[]): boolean {
  const parts = cidrs.map((cidr) => 2 ** -Number(cidr.split("/")[1] ?? "0"));
  const most = cidrs.some((cidr) => cidr.includes(":")) ? 1 / 16 : 1 / 2;
  return parts.reduce((sum, part) => sum + part, 0) >= most;
}

function rangesText(cidrs: readonly string[]): string {
  return namesText(cidrs, MOST_RANGES, name);
}

function isNothing({ added, removed }: SourceChange): boolean {
  return added.length === 0 && removed.length === 0;
}

function isComplete({ edge, others }: Kept["admission"]): boolean {
  return edge.complete && others.complete;
}

/** Who is cut off first, then who is let in, then the rest. */
function weightOf(path: Kept | undefined): number {
  if (path === undefined) {
    return 3;
  }
  const { edge, others } = path.admission;
  return edge.removed.length > 0 ? 0 : others.added.length > 0 ? 1 : isNothing(edge) ? 3 : 2;
}
