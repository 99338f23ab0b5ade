import { type EdgeRanges, edgeRanges } from "../edge/ranges";
import type { AppStack, RawState, TerraformGraph } from "../model/apply";
import type { Assumption } from "../model/hop";
import type { Originless } from "../model/topology";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import { prove } from "../prove/prove";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import { withoutHandedOn } from "../read/handed-on";
import { Lookup } from "../read/lookup";
import type { ReadOptions } from "../read/options";
import { READ_TYPES } from "../read/read-types";
import type { Sidecar } from "../read/sidecar";
import type { ReadInput } from "../read/snapshot";
import { readTopology } from "../read/topology";
import { twinsIn } from "../read/twins";
import { isRepeatable, undoneIn } from "../read/undone";
import { AdmissionChanges } from "./admission";
import { compareReviews } from "./compare";
import { type Config, exceptionsOf, extraEdge, NO_CONFIG, originsOf } from "./config";
import { driftOnPaths } from "./drift";
import { findingsOf } from "./findings";
import { withLocksOfBefore } from "./kept-to-cloudflare";
import { gonePath, pathKey, pathReport } from "./path-report";
import { withOrder } from "./removals";
import type { Count, GonePath, OriginlessReport, PathReport, Review } from "./review-types";
import { rolloutsOf } from "./rollouts";
import type { Rule } from "./rule";
import { refuseSameStack } from "./same-stack";
import { unendingOnPaths } from "./unending";
import { declarationsOf, declaredExceptions } from "./weakening";

export type { Review } from "./review-types";

/** What a review knows besides its inputs. */
export interface ReviewOptions {
  /** What synth wrote beside the configuration: construct paths, source lines, declarations. */
  readonly sidecars?: readonly Sidecar[];
  readonly config?: Config;
  /** Ids of assumptions that no verdict may rest on. */
  readonly forbiddenAssumptions?: readonly string[];
  /** What `terraform graph -plan=tfplan` wrote: the order of the apply. */
  readonly graphs?: readonly TerraformGraph[];
  /** What `terraform state pull` wrote: the flags that the order of deletes follows. */
  readonly states?: readonly RawState[];
  /** The stacks of the app, of which the plans are: in which order they are applied. */
  readonly stacks?: readonly AppStack[];
  /** Rules of your own, beside the library's. @default [] */
  readonly rules?: readonly Rule[];
  /** An earlier review to compare with, and how reports call it: fills `change`. */
  readonly base?: { readonly name: string; readonly review: Review };
  /** The day that expiries are measured by. @default now */
  readonly today?: Date;
}

/**
 * Proves every path of one or several inputs, taken as one topology.
 *
 * @throws InputError where a plan or state and a synth output are of the same stack
 * @example
 * const review = reviewInputs([parseInput(readFileSync("plan.json", "utf8"), "plan.json")]);
 * console.log(review.summary.availability);
 */
export function reviewInputs(given: readonly ReadInput[], options: ReviewOptions = {}): Review {
  const reads = withoutHandedOn(given);
  const { sidecars = [], config = NO_CONFIG, today = new Date() } = options;
  const { graphs = [], states = [], stacks = [], rules = [], base } = options;
  const ranges = edgeRanges();
  const read = withOrder(readOptions(ranges, sidecars, config), reads, { graphs, states, stacks });
  const proving = {
    edge: read.edge,
    exceptions: [...exceptionsOf(config, today), ...declaredExceptions(sidecars, today)],
    assumptions: [pinnedRanges(ranges)],
    forbidden: options.forbiddenAssumptions ?? [],
  };
  const topology = readTopology(reads, read);
  refuseSameStack(topology);
  const proved = prove(topology, proving);
  const past = reads.some((each) => each.before !== undefined)
    ? prove(readTopology(reads.map(asBefore), read), proving)
    : undefined;
  const world = past && worldOf(reads, read, { graphs, states, stacks });
  const rollouts =
    world && rolloutsOf(world, { before: past ?? [], after: proved }, proving.forbidden);
  const admissions = new AdmissionChanges({ ...read, ranges, forbidden: proving.forbidden });
  const paths = reportsOf(proved, { past, rollouts, ranges, admissions });
  const declarations = declarationsOf(config, sidecars, today);
  const review: Review = {
    schemaVersion: 1,
    edge: {
      date: ranges.date,
      ranges: ranges.cidrs(4).length + ranges.cidrs(6).length,
      digest: ranges.digest,
    },
    summary: summaryOf(paths),
    paths,
    gone: goneOf(proved, past ?? []),
    originless: topology.originless.map(originlessReport),
    findings: findingsOf(
      {
        topology,
        lookup: new Lookup(reads),
        proved,
        past: past ?? [],
        rollouts,
        steps: world?.graph.steps ?? [],
        unending: world === undefined ? [] : unendingOnPaths(world, proved),
        undone: undoneIn(reads, read.removal).filter(({ instance }) => isRepeatable(instance)),
        twins: twinsIn(reads).filter(({ instance }) => READ_TYPES.has(instance.type)),
        ranges,
        edge: read.edge,
      },
      { sidecars, config, today, declarations, rules, base: base?.review },
    ),
    drift: driftOnPaths(reads, proved),
    weakened: declarations.map(({ weakening }) => weakening),
    change: null,
  };
  const held = withLocksOfBefore(review, base?.review);
  return base === undefined
    ? held
    : { ...held, change: compareReviews(held, base.review, base.name) };
}

/** Of plans alone: what makes it is loaded when one is there, as it takes its time. */
function worldOf(...of: Parameters<typeof import("./apply-world").applyWorld>) {
  const { applyWorld } = require("./apply-world") as typeof import("./apply-world");
  return applyWorld(...of);
}

/** How inputs are read: with the edge, zones and origins that are declared besides them. */
export function readOptions(
  ranges: EdgeRanges,
  sidecars: readonly Sidecar[],
  config: Config,
): ReadOptions {
  const sets = new Map<Family, CidrSet>();
  const edge = (family: Family): CidrSet => {
    const made = sets.get(family) ?? ranges.set(family).union(extraEdge(config, family));
    sets.set(family, made);
    return made;
  };
  const origins = originsOf(config);
  const zones = new Map([
    ...declaredZones(sidecars),
    ...Object.entries(config.zones).map(([name, set]) => [name, definedOf(set)] as const),
  ]);
  return { edge, sidecars, origins, zones };
}

/** Settings of zones that the app imports, as their constructs were told; none where two differ. */
function declaredZones(sidecars: readonly Sidecar[]): Map<string, Record<string, string>> {
  const zones = new Map<string, Record<string, string>>();
  for (const [name, set] of sidecars.flatMap((each) => Object.entries(each.zones ?? {}))) {
    const known = zones.get(name) ?? {};
    const given = definedOf(set);
    const agreed = Object.entries({ ...known, ...given }).filter(([id, value]) => {
      return known[id] === undefined || known[id] === value;
    });
    zones.set(name, Object.fromEntries(agreed));
  }
  return zones;
}

function definedOf(settings: Config["zones"][string]): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) {
      defined[name] = value;
    }
  }
  return defined;
}

function asBefore(read: ReadInput): ReadInput {
  return { ...read, instances: read.before ?? [], before: undefined };
}

interface Reporting {
  readonly past: readonly ProvedPath[] | undefined;
  readonly rollouts: readonly Rollout[] | undefined;
  readonly ranges: EdgeRanges;
  readonly admissions: AdmissionChanges;
}

function reportsOf(
  proved: readonly ProvedPath[],
  { past = [], rollouts, ranges, admissions }: Reporting,
): readonly PathReport[] {
  const before = new Map(past.map((path) => [pathKey(path), path]));
  return proved.map((path, index) => {
    const own = before.size === 0 ? undefined : before.get(pathKey(path));
    const admission = own && admissions.of(own, path);
    return pathReport(path, ranges, { proved: own, admission, rollout: rollouts?.[index] });
  });
}

function goneOf(proved: readonly ProvedPath[], past: readonly ProvedPath[]): readonly GonePath[] {
  if (past.length === 0) {
    return [];
  }
  const kept = new Set(proved.map(pathKey));
  return past.filter((path) => !kept.has(pathKey(path))).map(gonePath);
}

function originlessReport(of: Originless): OriginlessReport {
  const { input, hostname, record, tunnel, placeholder, servers } = of;
  const because = tunnel !== undefined ? "tunnel" : placeholder ? "placeholder" : "redirect";
  const own = tunnel === undefined ? [] : [tunnel.tunnel];
  return { input, hostname, record, because, servers: [...own, ...servers] };
}

function summaryOf(paths: readonly PathReport[]): Review["summary"] {
  const rollouts = paths.flatMap((path) => path.rollout?.verdict ?? []);
  return {
    hostnames: new Set(paths.map((path) => path.hostname)).size,
    paths: paths.length,
    availability: countOf(paths.map((path) => path.availability.verdict)),
    exclusivity: countOf(paths.map((path) => path.exclusivity.verdict)),
    rollout: {
      ...countOf(rollouts),
      notOwed: rollouts.filter((each) => each === "notOwed").length,
    },
  };
}

function countOf(verdicts: readonly string[]): Count {
  const count = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  return {
    proved: count("proved"),
    refuted: count("refuted"),
    undetermined: count("undetermined"),
  };
}

function pinnedRanges(ranges: EdgeRanges): Assumption {
  const text = `Cloudflare's ranges are those of ${ranges.date}`;
  return { id: "edge/pinned-ranges", subject: "Cloudflare", text };
}
