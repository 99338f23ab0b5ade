import { parseInput, type Review, reviewInputs } from "originproof/review";
import type { CloudState } from "../../sandbox/cloud/state";
import { type Answer, arrives, boundaries } from "../../sandbox/packets";
import { contains } from "../../sandbox/packets/addresses";
import { TerraformError } from "../../sandbox/terraform";
import type { Blocks } from "../support/aws-web";
import { newSandbox } from "../support/terraform";
import { Facets } from "./dice";
import { isCutOff } from "./random-change";
import { configurationOf, randomSite } from "./random-site";
import { numberOf, Sites, siteOf } from "./sites";
import { EDGE, isEdge, isOutside } from "./universe";

type PathReport = Review["paths"][number];

export interface Tally {
  /** What the prover says and packets contradict. */
  readonly disagreements: string[];
  /** How often each verdict was given: `after availability proved`. */
  readonly counts: Map<string, number>;
  /** Reasons of what is undetermined although the whole topology is known. */
  readonly reasons: Map<string, number>;
}

export const emptyTally = (): Tally => ({
  disagreements: [],
  counts: new Map(),
  reasons: new Map(),
});

interface Site {
  readonly seed: string;
  readonly site: Blocks;
}

/** Plans and applies the sites of these seeds together, and asks packets about each verdict. */
export async function checkSites(seeds: readonly number[], tally: Tally): Promise<void> {
  const sites = seeds.map((seed, at) => ({ seed: `site ${seed}`, site: randomOf(seed, `s${at}`) }));
  try {
    await checkBlocks(sites, tally);
  } catch (error) {
    if (!(error instanceof TerraformError) || seeds.length === 1) throw error;
    for (const seed of seeds) await checkSites([seed], tally);
  }
}

/** Most mistakes cut a site off, so every second one is of those that perhaps are not. */
function randomOf(number: number, name: string): Blocks {
  const seed = `site ${number}`;
  for (let tries = 0; ; tries += 1) {
    const site = randomSite(name, new Facets(tries === 0 ? seed : `${seed} ${tries}`));
    if (number % 2 === 0 || !isCutOff(site)) return site;
  }
}

export async function checkBlocks(sites: readonly Site[], tally: Tally): Promise<void> {
  const box = newSandbox({
    configuration: configurationOf(...sites.map(({ site }) => site)),
    memory: true,
    history: false,
  });
  const plan = await box.plan();
  const planned = await box.show(plan);
  await box.apply(plan);
  const after = await box.show(await box.plan());
  tally.disagreements.push(...unstable(sites, after).map((seed) => `${seed}: not stable`));
  const inputs = { planned, after, state: await box.show() };
  const clouds = new Sites(box, sites.length === 1 ? "s0" : undefined);
  const views = sites.map((_, at) => new View(clouds.now(`s${at}`)));
  for (const [name, json] of Object.entries(inputs)) {
    const review = reviewInputs([parseInput(JSON.stringify(json), `${name}.json`)]);
    for (const path of review.paths) {
      const [site, view] = [sites, views].map((list) => list[numberOf(path.hostname)]) as [
        Site | undefined,
        View | undefined,
      ];
      if (site === undefined || view === undefined) throw new Error(`whose is ${path.hostname}?`);
      check(`${site.seed}, ${name}`, name, path, view, tally);
    }
  }
}

/** An attachment beside an instance's own list is taken off by the next apply. */
function unstable(sites: readonly Site[], after: unknown): readonly string[] {
  const { resource_changes = [] } = after as {
    readonly resource_changes?: readonly {
      readonly address: string;
      readonly change: { readonly actions: readonly string[] };
    }[];
  };
  const changed = resource_changes
    .filter(({ change }) => change.actions[0] !== "no-op")
    .map(({ address }) => siteOf(address));
  return sites
    .filter((_, at) => changed.includes(`s${at}`))
    .filter(({ site }) => !JSON.stringify(site).includes("sg_attachment"))
    .map(({ seed }) => seed);
}

/** The packets of one cloud, each asked once. */
class View {
  readonly addresses: readonly string[];
  readonly #known = new Map<string, Answer>();

  constructor(private readonly cloud: CloudState) {
    this.addresses = boundaries(cloud, EDGE).addresses;
  }

  public ask({ hostname, origin }: PathReport, from: string): Answer {
    const key = `${hostname} ${origin.port} ${from}`;
    const known =
      this.#known.get(key) ?? arrives(this.cloud, { hostname, from, port: origin.port });
    if (known === undefined) throw new Error(`${key}: nothing of this family`);
    this.#known.set(key, known);
    return known;
  }
}

function check(seed: string, input: string, path: PathReport, view: View, tally: Tally): void {
  const asked = view.addresses.filter((from) => from.includes(":") === (path.family === 6));
  const told = (law: string, from: string) => {
    const stops = view.ask(path, from).stops.map(({ by, why }) => `${by}: ${why}`);
    tally.disagreements.push(`${seed}: ${law} at ${from}; ${stops.slice(0, 3).join("; ")}`);
  };
  const { availability, exclusivity } = path;
  count(tally.counts, `${input} availability ${availability.verdict}`);
  count(tally.counts, `${input} exclusivity ${exclusivity.verdict}`);
  for (const reason of [...availability.reasons, ...exclusivity.reasons]) {
    count(tally.reasons, `${input} ${reason.id}`);
  }
  const inside = asked.filter(isEdge);
  const stopped = (from: string) => !view.ask(path, from).always;
  const enters = (from: string) => view.ask(path, from).sometimes;
  if (availability.verdict === "proved") {
    const lack = inside.find(stopped);
    if (lack !== undefined) told("availability is proved, and cut off", lack);
  }
  if (availability.verdict === "refuted") {
    const { witness, missing, undecided } = availability;
    if (witness === null || !stopped(witness)) told("refuted, and available", witness ?? "none");
    const named = inside.filter((from) => missing.some((cidr) => contains(cidr, from)));
    const wrong = named.find((from) => !stopped(from));
    if (wrong !== undefined) told("called missing, and available", wrong);
    const isOpen = (from: string) => undecided.some((cidr) => contains(cidr, from));
    const more = inside.find((from) => stopped(from) && !named.includes(from) && !isOpen(from));
    if (more !== undefined && input !== "planned") told("not called missing, and cut off", more);
  }
  const others = asked.filter(isOutside);
  if (exclusivity.verdict === "proved") {
    const other = others.find(enters);
    if (other !== undefined) told("exclusivity is proved, and somebody gets in", other);
  }
  if (exclusivity.verdict === "refuted") {
    const { witness } = exclusivity;
    if (witness === null || !enters(witness))
      told("not exclusive, and kept out", witness ?? "none");
    else if (!isOutside(witness)) told("not exclusive by one that may", witness);
  }
}

export function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
