import type { Route } from "../model/path";
import type { Family } from "../net/cidr";
import type { ProvedPath } from "../prove/verdict";

/** Paths of one input and family that have the same hops. */
export interface SharedRoute {
  readonly route: Route;
  /** The input's label. */
  readonly input: string;
  readonly family: Family;
  /** Indexes of the paths, in order. */
  readonly paths: readonly number[];
}

type Growing = SharedRoute & { readonly paths: number[] };

/** Of each review, made once for all rules: a plan has many paths and few routes. */
const SHARED = new WeakMap<readonly ProvedPath[], readonly SharedRoute[]>();

/** The routes of all paths, in the order of their first path. */
export function sharedRoutes(proved: readonly ProvedPath[]): readonly SharedRoute[] {
  const known = SHARED.get(proved) ?? read(proved);
  SHARED.set(proved, known);
  return known;
}

function read(proved: readonly ProvedPath[]): readonly SharedRoute[] {
  const all: Growing[] = [];
  const byRoute = new Map<Route, Growing[]>();
  proved.forEach(({ path: { flow, route } }, index) => {
    const { input, family } = flow;
    const known = byRoute.get(route) ?? [];
    const same = known.find((each) => each.input === input && each.family === family);
    if (same !== undefined) {
      same.paths.push(index);
      return;
    }
    const made = { route, input, family, paths: [index] };
    known.push(made);
    byRoute.set(route, known);
    all.push(made);
  });
  return all;
}

/** Lists of indexes as one, each once and in order. */
export function mergedIndexes(lists: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = lists;
  return others.length === 0
    ? first
    : [...new Set(lists.flat())].sort((left, right) => left - right);
}
