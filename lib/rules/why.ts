import { stopError } from "../edge/errors";
import { type EdgeRanges, edgeRanges } from "../edge/ranges";
import type { Assumption, Hop } from "../model/hop";
import type { Path } from "../model/path";
import type { Address } from "../net/cidr";
import { specialPurpose } from "../net/special-purpose";
import { entryOf } from "../prove/decide";
import {
  type HopWhy,
  type PathWhy,
  type RouteWhy,
  type Source,
  whyPath,
  whyRoute,
} from "../prove/why";
import { withoutHandedOn } from "../read/handed-on";
import type { ReadInput } from "../read/snapshot";
import { readTopology } from "../read/topology";
import { NO_CONFIG } from "./config";
import { Places } from "./findings";
import { withOrder } from "./removals";
import { type ReviewOptions, readOptions } from "./review";
import { refuseSameStack } from "./same-stack";
import { declarationsOf } from "./weakening";
import { ownerOf } from "./why-owner";
import type { Why, WhyHop, WhyPath } from "./why-types";
import { hopName, namedRanges } from "./words";

/** What is asked: does this address get to that port, and why? */
export interface Question {
  readonly address: Address;
  readonly port: number;
  /** Only paths of this hostname. @default all */
  readonly hostname?: string;
}

/** More ports than a reader takes in are left out. */
const MOST_PORTS = 3;

/**
 * Follows an address through every path on that port, by its family.
 *
 * @throws InputError where a plan or state and a synth output are of the same stack
 */
export function answerWhy(
  given: readonly ReadInput[],
  question: Question,
  options: ReviewOptions = {},
): Why {
  const reads = withoutHandedOn(given);
  const { sidecars = [], config = NO_CONFIG, today = new Date() } = options;
  const { address, port, hostname } = question;
  const ranges = edgeRanges();
  const { graphs = [], states = [], stacks = [] } = options;
  const facts = { graphs, states, stacks };
  const read = withOrder(readOptions(ranges, sidecars, config), reads, facts);
  const topology = readTopology(reads, read);
  refuseSameStack(topology);
  const isEdge = read.edge(address.family).has(address.value);
  const source = { address: address.value, isEdge };
  const asked = topology.paths.filter(
    ({ flow }) => hostname === undefined || flow.hostname === hostname,
  );
  const fits = ({ flow }: Path) => flow.origin.port === port && flow.family === address.family;
  const places = new Places(topology, sidecars);
  const declarations = declarationsOf(config, sidecars, today);
  return {
    schemaVersion: 1,
    edge: {
      date: ranges.date,
      ranges: ranges.cidrs(4).length + ranges.cidrs(6).length,
      digest: ranges.digest,
    },
    source: {
      address: address.text,
      family: address.family,
      port,
      specialPurpose: purposeOf(address),
      originOf: hostnamesAt(topology.paths, address),
      owner: ownerOf(address, port, ranges, { config, declarations }),
    },
    paths: reportsOf(asked.filter(fits), source, { places, ranges }),
    others: distinct(
      asked.filter((path) => !fits(path)).map(({ flow }) => [flow.origin.port, flow.family]),
    ),
  };
}

interface Words {
  readonly places: Places;
  readonly ranges: EdgeRanges;
}

/** Paths that share their route share its hops. */
function reportsOf(paths: readonly Path[], source: Source, words: Words): readonly WhyPath[] {
  const routes = new Map<Path["route"], { why: RouteWhy; hops: Map<string, readonly WhyHop[]> }>();
  return paths.map((path) => {
    const { input, origin } = path.flow;
    const known = routes.get(path.route) ?? {
      why: whyRoute(path.route, source),
      hops: new Map<string, readonly WhyHop[]>(),
    };
    routes.set(path.route, known);
    const where = { ...words, input, origin };
    const hops = known.hops.get(input) ?? known.why.hops.map((hop) => hopOf(hop, source, where));
    known.hops.set(input, hops);
    return pathOf(whyPath(path, source, known.why), hops, source);
  });
}

function pathOf(why: PathWhy, hops: readonly WhyHop[], { isEdge }: Source): WhyPath {
  const { flow, assumptions } = why.path;
  const { stoppedBy } = why;
  const cut = stoppedBy !== undefined && (why.fate === "stopped" || why.fate === "partly");
  return {
    input: flow.input,
    hostname: flow.hostname,
    record: flow.record,
    family: flow.family,
    origin: flow.origin,
    certain: flow.certain,
    because: flow.because,
    verdict: why.fate,
    stoppedBy: stoppedBy === undefined ? null : why.hops.indexOf(stoppedBy),
    error: isEdge && cut ? stopError(stoppedBy.hop.stop).text : null,
    hops,
    reasons: why.reasons,
    assumptions: onceEach([...why.assumptions, ...assumptions]),
  };
}

/** The two directions of a network ACL, and subnets of one balancer, assume the same. */
function onceEach(assumptions: readonly Assumption[]): readonly Assumption[] {
  return [...new Map(assumptions.map((each) => [`${each.id} ${each.text}`, each])).values()];
}

type Where = Words & Pick<Path["flow"], "input" | "origin">;

function hopOf({ hop, fate, deciders }: HopWhy, source: Source, where: Where): WhyHop {
  const stops = fate === "stopped" || fate === "partly";
  const filters = stops && hop.kind === "filter";
  const { places, input, origin } = where;
  return {
    kind: hop.kind,
    name: hopName(hop),
    resources: hop.resources,
    place: places.of(hop.resources.join(", "), input),
    port: hop.port ?? origin.port,
    verdict: fate,
    rules: deciders.map((each) => ({ ...each, ...places.of(each.resource ?? "", input) })),
    admits: filters && !hop.sensitive ? namedRanges(entryOf(hop).may, where.ranges) : null,
    admittedOn: filters ? otherPorts(hop, source) : [],
    reasons: hop.reasons,
    assumptions: onceEach(hop.assumptions),
  };
}

/** Ports that the filter's rules name and on which it surely admits the source. */
function otherPorts({ elsewhere, bounds }: Hop, { address }: Source): readonly number[] {
  const ports = elsewhere?.ports.map(({ from }) => from) ?? [];
  return [...new Set(ports)]
    .sort((left, right) => left - right)
    .filter((port) => elsewhere?.at(port, bounds.may.family).must.has(address))
    .slice(0, MOST_PORTS);
}

function purposeOf(address: Address): string | null {
  const found = specialPurpose(address);
  return found === undefined ? null : `${found.name}, ${found.rfc}`;
}

function hostnamesAt(paths: readonly Path[], address: Address): readonly string[] {
  const at = paths.filter(({ flow }) => flow.origin.address === address.text);
  return [...new Set(at.map(({ flow }) => flow.hostname))];
}

function distinct(all: readonly (readonly [number, 4 | 6])[]): Why["others"] {
  const found = new Map(all.map(([port, family]) => [`${port} ${family}`, { port, family }]));
  return [...found.values()].sort(
    (left, right) => left.family - right.family || left.port - right.port,
  );
}
