import type { Assumption, Reason } from "../model/hop";
import type { Path, Route } from "../model/path";
import type { Topology } from "../model/topology";
import type { Family } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import { cutOffInEveryCase } from "./cases";
import { decideRoute, type Question, type RouteVerdicts } from "./decide";
import type { Availability, Exclusivity, ProvedPath } from "./verdict";

/** A source that is meant to get in besides the edge. */
export interface Exception {
  readonly family: Family;
  readonly sources: CidrSet;
  /** Empty: every port. */
  readonly ports: readonly number[];
  /** Terraform addresses: it counts only on paths that one of them filters. @default every path */
  readonly resources?: ReadonlySet<string>;
}

export interface ProveOptions {
  readonly edge: (family: Family) => CidrSet;
  readonly exceptions: readonly Exception[];
  /** What every proof rests on: the pinned ranges. */
  readonly assumptions: readonly Assumption[];
  /** Ids of assumptions that nothing may rest on: they count as reasons. @default [] */
  readonly forbidden?: readonly string[];
}

/** Decides every path of a topology. Equal routes are decided once. */
export function prove(topology: Topology, options: ProveOptions): readonly ProvedPath[] {
  const decided = new WeakMap<Route, RouteVerdicts>();
  const questions = new Questions(options);
  const routes = topology.paths.map(({ flow, route }) => {
    const verdicts =
      decided.get(route) ?? decideRoute(route, questions.of(flow.family, flow.origin.port, route));
    decided.set(route, verdicts);
    return verdicts;
  });
  const isRefuted = (index: number) => routes[index]?.availability.verdict === "refuted";
  const cutOff = cutOffInEveryCase(topology.paths, isRefuted);
  return topology.paths.flatMap((path, index) => {
    const route = routes[index];
    const surely = path.siblings !== undefined && cutOff.has(path.siblings);
    const proved = route && provedPath(path, route, options.assumptions, surely);
    return proved === undefined ? [] : withoutForbidden(proved, options.forbidden ?? []);
  });
}

class Questions {
  readonly #made = new Map<string, Question>();

  constructor(private readonly options: ProveOptions) {}

  public of(family: Family, port: number, route: Route): Question {
    const meant = this.options.exceptions
      .filter((each) => each.family === family)
      .filter((each) => each.ports.length === 0 || each.ports.includes(port))
      .filter(({ resources }) => resources === undefined || isThrough(route, resources));
    const key = JSON.stringify([family, port, meant.map((each) => this.#number(each))]);
    const made = this.#made.get(key);
    if (made !== undefined) {
      return made;
    }
    const edge = this.options.edge(family);
    const exceptions = meant.map((each) => each.sources);
    const question = { family, edge, allowed: CidrSet.unionAll(family, [edge, ...exceptions]) };
    this.#made.set(key, question);
    return question;
  }

  #number(exception: Exception): number {
    return this.options.exceptions.indexOf(exception);
  }
}

function isThrough(route: Route, resources: ReadonlySet<string>): boolean {
  return route.hops.some((hop) => hop.resources.some((address) => resources.has(address)));
}

function provedPath(
  path: Path,
  route: RouteVerdicts,
  general: readonly Assumption[],
  cutOffSurely: boolean,
): ProvedPath {
  const { availability, exclusivity } = route;
  const onOwn = cutOffSurely ? availability : onFlow(path, availability);
  return {
    path,
    availability: path.reasons.length > 0 ? open(availability, path.reasons) : onOwn,
    exclusivity: exclusivityOf(path, exclusivity),
    assumptions: joined(route, path, general),
  };
}

/** What a proof rests on, by what its route and its path do: paths that share both share the list. */
const JOINED = new WeakMap<RouteVerdicts, Map<Path["assumptions"], readonly Assumption[]>>();

function joined(
  route: RouteVerdicts,
  path: Path,
  general: readonly Assumption[],
): readonly Assumption[] {
  const known = JOINED.get(route) ?? new Map<Path["assumptions"], readonly Assumption[]>();
  JOINED.set(route, known);
  const all =
    known.get(path.assumptions) ??
    distinct([...route.assumptions, ...path.assumptions, ...general]);
  known.set(path.assumptions, all);
  return all;
}

/** A verdict that rests on a forbidden assumption is undetermined, with it as the reason. */
function withoutForbidden(proved: ProvedPath, forbidden: readonly string[]): ProvedPath {
  const hit = proved.assumptions.filter((assumption) => forbidden.includes(assumption.id));
  if (hit.length === 0) {
    return proved;
  }
  const reasons = hit.map((each) => ({ ...each, text: `it is not known whether ${each.text}` }));
  return {
    ...proved,
    availability: open(proved.availability, reasons),
    exclusivity: open(proved.exclusivity, reasons),
    assumptions: proved.assumptions.filter((assumption) => !hit.includes(assumption)),
  };
}

/** Nothing is decided where the input is partial; on a merely possible path, no refutation. */
function exclusivityOf(path: Path, decided: Exclusivity): Exclusivity {
  const partial = path.reasons.filter((reason) => reason.id === "input/partial");
  if (partial.length > 0) {
    return open(decided, partial);
  }
  return decided.verdict === "refuted" && path.reasons.length > 0
    ? open(decided, path.reasons)
    : onFlow(path, decided);
}

/** On a merely possible flow `refuted` becomes `undetermined`; `proved` stays. */
function onFlow<T extends Availability | Exclusivity>(path: Path, decided: T): T {
  if (path.flow.certain || decided.verdict !== "refuted") {
    return decided;
  }
  const subject = path.flow.record;
  const what =
    "missing" in decided ? "addresses of Cloudflare would be cut off" : "others would get in";
  const text = `on port ${path.flow.origin.port} ${what}, but the edge uses it ${path.flow.because}`;
  return open(decided, [{ id: "flow/only-possible", subject, text }]);
}

function open<T extends Availability | Exclusivity>(decided: T, reasons: readonly Reason[]): T {
  const kept = decided.verdict === "undetermined" ? decided.reasons : [];
  const none = "missing" in decided ? { ...NO_MISSING, undecided: decided.edge } : NO_OTHERS;
  return { ...decided, ...none, verdict: "undetermined", reasons: [...reasons, ...kept] };
}

const NO_MISSING = { missing: undefined, stoppedBy: undefined, stoppedAt: undefined };
const NO_OTHERS = { others: undefined, locked: false, sensitive: false };

function distinct(assumptions: readonly Assumption[]): readonly Assumption[] {
  const found = new Map(assumptions.map((each) => [`${each.id} ${each.subject}`, each]));
  return [...found.values()];
}
