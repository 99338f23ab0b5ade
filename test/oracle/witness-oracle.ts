import type { Review } from "originproof/review";
import type { CloudState } from "../../sandbox/cloud/state";
import type { Target } from "../../sandbox/steer";
import { type Sandbox, type SandboxOptions, TerraformError } from "../../sandbox/terraform";
import { clone, inside, removeClones } from "./clones";
import { type Applied, gets, type PathReport } from "./rollout-oracle";
import { numberOf, type SiteMoment, Sites } from "./sites";

type Witness = NonNullable<NonNullable<Review["paths"][number]["rollout"]>["witness"]>;
type StepOf = Witness["done"][number];

/** A refutation to be seen in an apply. */
interface Case {
  readonly path: PathReport;
  readonly witness: Witness;
  /** The state is within an update, of which other calls may come between. */
  readonly half: boolean;
}

export interface Doubt {
  readonly path: PathReport;
  readonly told: string;
}

/**
 * The refutations whose state no apply shows. Those of different sites are led there by one apply,
 * once; with one site, up to eight applies try it.
 */
export async function notReached(
  applied: Applied,
  refuted: readonly PathReport[],
): Promise<readonly Doubt[]> {
  const bare = refuted.filter(({ rollout }) => rollout?.witness === undefined);
  const doubts: Doubt[] = bare.map((path) => ({
    path,
    told: "rollout is refuted without a state",
  }));
  for (const round of roundsOf(refuted.flatMap(caseOf))) {
    const left =
      applied.changes.length === 1
        ? await byItself(applied, round)
        : await shown(applied, round, "a");
    for (const { path, witness } of left) {
      const told = `the state is not reached, or nothing is cut off in it: ${JSON.stringify(witness)}`;
      doubts.push({ path, told });
    }
  }
  return doubts;
}

function caseOf(path: PathReport): readonly Case[] {
  const witness = path.rollout?.witness;
  if (witness === undefined) return [];
  return [{ path, witness, half: witness.done.some((step) => isLeft(step, witness)) }];
}

/** One case of each site at a time; those within an update apart, for they wait for no state. */
function roundsOf(cases: readonly Case[]): readonly (readonly Case[])[] {
  const rounds: Case[][] = [];
  for (const each of cases) {
    const fits = rounds.find(
      (round) =>
        round[0]?.half === each.half &&
        round.every(({ path }) => numberOf(path.hostname) !== numberOf(each.path.hostname)),
    );
    if (fits === undefined) rounds.push([each]);
    else fits.push(each);
  }
  return rounds;
}

async function byItself(applied: Applied, round: readonly Case[]): Promise<readonly Case[]> {
  let left = round;
  for (const seed of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
    if (left.length > 0) left = await shown(applied, left, seed);
  }
  return left;
}

/** Those of the cases that one apply does not show. */
async function shown(
  { box, plan, changes }: Applied,
  round: readonly Case[],
  seed: string,
): Promise<readonly Case[]> {
  const half = round[0]?.half === true;
  const options: SandboxOptions = { seed, delay: half ? [0, 30] : [0, 0] };
  const copy = clone(box, options);
  const start = copy.cloud().sequence;
  const targets = round.map(({ witness }) => targetOf(witness, half));
  const reached = await sequenceOf(copy, inside(copy, plan), together(targets));
  const sites = new Sites(copy);
  const alone = changes.length === 1;
  const left = round.filter(({ path, witness }) => {
    const site = `s${numberOf(path.hostname)}`;
    const firsts = witness.cutOff.map((cidr) => cidr.split("/")[0] ?? "");
    const cuts = (cloud: CloudState) => firsts.every((from) => !gets(cloud, path, from));
    const all: readonly SiteMoment[] = sites.since(site, start);
    if (half || (alone && reached === "failed")) return !all.some(({ cloud }) => cuts(cloud));
    const cloud = typeof reached === "number" ? sites.at(site, reached) : undefined;
    return cloud === undefined || !cuts(cloud);
  });
  removeClones();
  return left;
}

/** The line of the log at which the state was reached. An apply can fail for reasons of its own. */
async function sequenceOf(
  box: Sandbox,
  plan: Parameters<Sandbox["steer"]>[0],
  target: Target,
): Promise<number | "failed" | undefined> {
  try {
    const { moment } = await box.steer(plan, target);
    return moment?.entry.seq;
  } catch (error) {
    if (error instanceof TerraformError) return "failed";
    throw error;
  }
}

const together = (targets: readonly Target[]): Target => ({
  ...targets[0],
  done: targets.flatMap(({ done }) => done),
  pending: targets.flatMap(({ pending }) => pending),
});

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
