import { parseInput, type Review, reviewInputs } from "originproof/review";
import { parseRawState } from "../../lib/read/raw-state";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import type { CloudState } from "../../sandbox/cloud/state";
import { arrives, boundaries } from "../../sandbox/packets";
import { type PlanResult, type Sandbox, TerraformError } from "../../sandbox/terraform";
import type { Blocks } from "../support/aws-web";
import { newSandbox } from "../support/terraform";
import { clone, inside, removeClones } from "./clones";
import { count, type Tally } from "./packets-oracle";
import { configurationOf } from "./random-site";
import { renamed } from "./renamed";
import { numberOf, type SiteMoment, Sites } from "./sites";
import { EDGE, isEdge } from "./universe";
import { notReached } from "./witness-oracle";

export type PathReport = Review["paths"][number];

/** A site before and after a change. */
export interface Change {
  readonly seed: string;
  readonly before: Blocks;
  readonly after: Blocks;
}

/** How an apply is run. */
interface Run {
  readonly parallelism: number;
  readonly delay: readonly [number, number];
}

export const RUNS: readonly Run[] = [
  { parallelism: 1, delay: [0, 0] },
  { parallelism: 10, delay: [0, 20] },
  { parallelism: 10, delay: [0, 60] },
];

/** Sites that are changed by one apply. */
export interface Applied {
  readonly box: Sandbox;
  readonly plan: PlanResult;
  readonly changes: readonly Change[];
}

/** Applies these changes together, several times, and holds each rollout against what happened. */
export async function checkChanges(
  changes: readonly Change[],
  runs: readonly Run[],
  tally: Tally,
): Promise<void> {
  const [box, end] = ["before" as const, "after" as const].map((side) =>
    newSandbox({ configuration: configurationOf(...changes.map((c) => c[side])), memory: true }),
  ) as [Sandbox, Sandbox];
  await box.apply();
  await end.apply();
  box.configure(configurationOf(...changes.map((c) => c.after)));
  const plan = await box.plan();
  const reviews = await reviewsOf(box, plan);
  const [before, after] = [new Sites(box), new Sites(end)];
  const views = changes.map((_, at) => new Owed([before.now(`s${at}`), after.now(`s${at}`)]));
  const view = ({ hostname }: PathReport) => views[numberOf(hostname)] ?? new Owed([]);
  const tell = (path: PathReport, told: string) =>
    tally.disagreements.push(`${changes[numberOf(path.hostname)]?.seed}${told}`);
  for (const [input, review] of Object.entries(reviews)) {
    for (const path of review.paths) {
      tallyPath(input, path, tally);
      if (path.rollout?.verdict !== "notOwed") continue;
      const [from] = view(path).of(path);
      if (from !== undefined) tell(path, `, ${input}: said not to be owed, and is at ${from}`);
    }
  }
  const applied = { box, plan, changes };
  const proved = distinct(reviews, "proved");
  for (const [at, run] of runs.entries()) {
    await watchRun(applied, `${at}`, run, (moments, failed) => {
      for (const path of proved) {
        const gap = gapOf(view(path).of(path), path, moments(`s${numberOf(path.hostname)}`));
        if (gap !== undefined) tell(path, `: rollout is proved, and ${gap}${failed}`);
      }
    });
  }
  const refuted = distinct(reviews, "refuted");
  const doubted = await notReached(applied, refuted);
  removeClones();
  if (changes.length === 1) for (const { path, told } of doubted) tell(path, `: ${told}`);
  else await again(changes, doubted, tally);
}

/** A witness that didn't show among the others is looked for with its site alone. */
async function again(
  changes: readonly Change[],
  doubted: readonly { readonly path: PathReport }[],
  tally: Tally,
): Promise<void> {
  const numbers = new Set(doubted.map(({ path }) => numberOf(path.hostname)));
  for (const change of changes.filter((_, at) => numbers.has(at))) {
    const counts = { counts: new Map(), reasons: new Map() };
    await checkChanges([renamed(change, 0)], [], { ...tally, ...counts });
    count(tally.counts, "witness alone");
  }
}

async function reviewsOf(box: Sandbox, plan: PlanResult): Promise<Record<string, Review>> {
  const json = JSON.stringify(await box.show(plan));
  const read = () => [parseInput(json, "plan.json")];
  const graphs = [parseTerraformGraph(await box.graph(plan), "plan.dot")];
  const states = [parseRawState(JSON.stringify(await box.stateJson()), "state.json")];
  return {
    alone: reviewInputs(read()),
    graph: reviewInputs(read(), { graphs }),
    state: reviewInputs(read(), { states }),
  };
}

function tallyPath(input: string, path: PathReport, tally: Tally): void {
  count(tally.counts, `${input} rollout ${path.rollout?.verdict ?? "none"}`);
  if (path.rollout?.verdict !== "undetermined") return;
  for (const { id } of path.rollout.reasons) count(tally.reasons, `${input} ${id}`);
}

/** Paths with this verdict in any review, each once with each witness. */
function distinct(reviews: Readonly<Record<string, Review>>, verdict: string) {
  const found = Object.values(reviews)
    .flatMap(({ paths }) => paths)
    .filter(({ rollout }) => rollout?.verdict === verdict);
  const key = ({ hostname, family, rollout }: PathReport) =>
    JSON.stringify([hostname, family, rollout?.witness]);
  return [...new Map(found.map((path) => [key(path), path])).values()];
}

/** Addresses of the edge that get to a hostname both before and after. */
class Owed {
  readonly #addresses: readonly string[];

  constructor(private readonly ends: readonly CloudState[]) {
    const asked = ends.flatMap((cloud) => boundaries(cloud, EDGE).addresses).filter(isEdge);
    this.#addresses = [...new Set(asked)];
  }

  public of(path: PathReport): readonly string[] {
    return this.#addresses
      .filter((from) => from.includes(":") === (path.family === 6))
      .filter((from) => this.ends.every((cloud) => gets(cloud, path, from)));
  }
}

export const gets = (cloud: CloudState, { hostname, origin }: PathReport, from: string): boolean =>
  arrives(cloud, { hostname, from, port: origin.port })?.always === true;

type Moments = (site: string) => readonly SiteMoment[];

/** One apply; then what each site went through. */
async function watchRun(
  { box, plan }: Applied,
  seed: string,
  { parallelism, delay }: Run,
  look: (moments: Moments, failed: string) => void,
): Promise<void> {
  const copy = clone(box, { delay, seed });
  const start = copy.cloud().sequence;
  const failed = await outcome(copy, plan, parallelism);
  const sites = new Sites(copy);
  look((site) => sites.since(site, start), failed);
  removeClones();
}

/** Where an apply cuts off who is owed the path; undefined where it nowhere does. */
function gapOf(
  owed: readonly string[],
  path: PathReport,
  moments: readonly SiteMoment[],
): string | undefined {
  for (const { call, cloud } of moments) {
    const from = owed.find((each) => !gets(cloud, path, each));
    if (from === undefined) continue;
    const { hostname, origin } = path;
    const stops = arrives(cloud, { hostname, from, port: origin.port })?.stops;
    const why = stops?.[0]?.why ?? "nothing of this family";
    return `${from} is cut off after ${call} (${why})`;
  }
  return undefined;
}

/** What an apply that fails prints; nothing where it is done. */
async function outcome(box: Sandbox, plan: PlanResult, parallelism: number): Promise<string> {
  try {
    await box.apply(inside(box, plan), `-parallelism=${parallelism}`);
    return "";
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const [first] = String(error).match(/Error: .*/) ?? [""];
    return `; an apply failed: ${first}`;
  }
}
