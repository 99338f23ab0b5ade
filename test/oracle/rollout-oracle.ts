import { parseInput, type Review, reviewInputs } from "originproof/review";
import { parseRawState } from "../../lib/read/raw-state";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";
import type { CloudState } from "../../sandbox/cloud/state";
import { arrives, boundaries } from "../../sandbox/packets";
import type { Target } from "../../sandbox/steer";
import {
  type PlanResult,
  type Sandbox,
  type SandboxOptions,
  TerraformError,
} from "../../sandbox/terraform";
import type { Blocks } from "../support/aws-web";
import { newSandbox } from "../support/terraform";
import { clone, inside } from "./clones";
import { count, type Tally } from "./packets-oracle";
import { configurationOf } from "./random-site";
import { EDGE, isEdge } from "./universe";

type PathReport = Review["paths"][number];
type Witness = NonNullable<NonNullable<PathReport["rollout"]>["witness"]>;

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

/** Applies these changes together, several times, and holds each rollout against what happened. */
export async function checkChanges(
  changes: readonly Change[],
  runs: readonly Run[],
  tally: Tally,
): Promise<void> {
  const box = newSandbox({ configuration: configurationOf(...changes.map((c) => c.before)) });
  await box.apply();
  const wanted = configurationOf(...changes.map((c) => c.after));
  const end = newSandbox({ configuration: wanted });
  await end.apply();
  box.configure(wanted);
  const plan = await box.plan();
  const reviews = await reviewsOf(box, plan);
  const view = new Owed([box.cloud(), end.cloud()]);
  const seedOf = ({ hostname }: PathReport) => changes[numberOf(hostname)]?.seed ?? hostname;
  for (const [input, review] of Object.entries(reviews)) {
    for (const path of review.paths) {
      tallyPath(input, path, tally);
      if (path.rollout?.verdict === "notOwed" && view.of(path).length > 0) {
        const [from] = view.of(path);
        tally.disagreements.push(
          `${seedOf(path)}, ${input}: said not to be owed, and is at ${from}`,
        );
      }
    }
  }
  const proved = distinct(reviews, "proved");
  for (const [at, run] of runs.entries()) {
    await watchRun(
      clone(box, { delay: run.delay, seed: `${at}` }),
      { plan, run, proved, view },
      (path, told) => tally.disagreements.push(`${seedOf(path)}: rollout is proved, and ${told}`),
    );
  }
  for (const path of distinct(reviews, "refuted")) {
    const told = await steered((options) => clone(box, options), plan, path);
    if (told !== undefined) tally.disagreements.push(`${seedOf(path)}: ${told}`);
  }
}

async function reviewsOf(box: Sandbox, plan: PlanResult): Promise<Record<string, Review>> {
  const json = await box.show(plan);
  const read = () => [parseInput(JSON.stringify(json), "plan.json")];
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

const gets = (cloud: CloudState, { hostname, origin }: PathReport, from: string): boolean =>
  arrives(cloud, { hostname, from, port: origin.port })?.always === true;

interface Watched {
  readonly plan: PlanResult;
  readonly run: Run;
  readonly proved: readonly PathReport[];
  readonly view: Owed;
}

async function watchRun(
  box: Sandbox,
  { plan, run, proved, view }: Watched,
  tell: (path: PathReport, told: string) => void,
): Promise<void> {
  const seen = box.history().length;
  const failed = await applied(box, plan, run);
  const moments = box.history().slice(seen);
  for (const path of proved) {
    const owed = view.of(path);
    const gap = moments.find(({ cloud }) => owed.some((from) => !gets(cloud, path, from)));
    if (gap === undefined) continue;
    const { entry } = gap;
    const from = owed.find((each) => !gets(gap.cloud, path, each)) ?? "";
    const stops = arrives(gap.cloud, {
      hostname: path.hostname,
      from,
      port: path.origin.port,
    })?.stops;
    const why = stops?.[0]?.why ?? "nothing of this family";
    tell(
      path,
      `${from} is cut off after ${entry.call} of ${entry.address ?? entry.id} (${why})${failed}`,
    );
  }
}

/** What an apply that fails prints; nothing where it is done. */
async function applied(box: Sandbox, plan: PlanResult, run: Run): Promise<string> {
  try {
    await box.apply(inside(box, plan), `-parallelism=${run.parallelism}`);
    return "";
  } catch (error) {
    const [first] = String(error).match(/Error: .*/) ?? [""];
    return `; the apply failed: ${first}`;
  }
}

/** What is wrong with a refutation; undefined where its state is reached and cuts off. */
async function steered(
  again: (options: SandboxOptions) => Sandbox,
  plan: PlanResult,
  path: PathReport,
): Promise<string | undefined> {
  const witness = path.rollout?.witness;
  if (witness === undefined) return "rollout is refuted without a state";
  const firsts = witness.cutOff.map((cidr) => cidr.split("/")[0] ?? "");
  const shows = (cloud: CloudState) => firsts.every((from) => !gets(cloud, path, from));
  const half = witness.done.some((step) => isLeft(step, witness));
  for (const seed of ["a", "b", "c"]) {
    const box = again({ seed, delay: half ? [0, 30] : [0, 0] });
    const seen = box.history().length;
    const reached = await momentOf(box, inside(box, plan), targetOf(witness, half));
    const failed = reached === "failed";
    const states = half || failed ? box.history().slice(seen) : reached;
    if (states.some(({ cloud }) => shows(cloud))) return undefined;
  }
  return `the state is not reached, or nothing is cut off in it: ${JSON.stringify(witness)}`;
}

/** An apply can fail for reasons of its own: a group that something still has. */
async function momentOf(box: Sandbox, plan: PlanResult, target: Target) {
  try {
    const { moment } = await box.steer(plan, target);
    return moment === undefined ? [] : [moment];
  } catch (error) {
    if (error instanceof TerraformError) return "failed";
    throw error;
  }
}

type StepOf = Witness["done"][number];

const keyOf = ({ address, action, deposed }: StepOf) => `${address} ${action} ${deposed}`;
const isLeft = (step: StepOf, { pending }: Witness) =>
  pending.some((other) => keyOf(other) === keyOf(step));

/**
 * The state to steer to. Of an update that is done in part, other calls may come between, of which
 * the witness says nothing: it waits for the rest, and then its own calls show.
 */
function targetOf(witness: Witness, half: boolean): Target {
  const plain = (steps: Witness["done"]) =>
    [...new Map(steps.map((step) => [keyOf(step), step])).values()].flatMap((step) => {
      const { address, action, deposed } = step;
      const key = deposed === undefined ? {} : { deposed };
      return action === "forget" ? [] : [{ address, action, ...key }];
    });
  return {
    done: plain(witness.done.filter((step) => !isLeft(step, witness))),
    pending: plain(witness.pending),
    timeout: 20_000,
    stop: !half,
  };
}

const numberOf = (hostname: string): number => Number(hostname.slice(1, hostname.indexOf(".")));
