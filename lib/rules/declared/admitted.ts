import type { Elsewhere, Hop } from "../../model/hop";
import type { Route } from "../../model/path";
import { intersectBounds } from "../../net/bounds";
import type { CidrSet } from "../../net/cidr-set";
import type { Exception } from "../../prove/prove";
import { push } from "../../read/lookup";
import type { RuleContext } from "../rule";

/** A source that the rules of a filter let in, on one port. */
export interface Admitted {
  readonly port: number;
  /** Terraform addresses of the filter. */
  readonly resources: readonly string[];
  readonly sources: CidrSet;
  /** False: known after apply. */
  readonly sure: boolean;
  /** No address of it is to be printed. */
  readonly sensitive: boolean;
}

/** What became of an exception's source in the filters on the paths. */
export interface Admissions {
  readonly admitted: readonly Admitted[];
  /** A filter on the way can't be asked about other ports, or none is on any path. */
  readonly open: boolean;
}

interface Asked extends Hop {
  readonly elsewhere: Elsewhere;
}

/**
 * Which filters on the paths admit the source of an exception besides the edge, on which ports: of
 * the firewall that declares it, or of all.
 */
export function admissionsOf(exception: Exception, context: RuleContext): Admissions {
  const found = new Map<string, Admitted>();
  const routes = new Map(context.proved.map(({ path }) => [path.route, path.flow.origin.port]));
  let asked = false;
  let open = false;
  for (const [route, port] of routes) {
    const hops = hopsOf(route, exception);
    const filters = hops.filter(isAsked);
    asked ||= filters.length > 0;
    open ||= hops.some(isShut);
    for (const each of admittedOn(filters, port, exception, context)) {
      const key = JSON.stringify([each.port, each.resources]);
      if (found.get(key)?.sure !== true) {
        found.set(key, each);
      }
    }
  }
  const admitted = [...found.values()].sort((left, right) => left.port - right.port);
  return { admitted, open: open || !asked };
}

function hopsOf({ hops }: Route, { resources }: Exception): readonly Hop[] {
  return resources === undefined
    ? hops
    : hops.filter((hop) => hop.resources.some((address) => resources.has(address)));
}

function isAsked(hop: Hop): hop is Asked {
  return hop.kind === "filter" && hop.elsewhere !== undefined;
}

/** Nothing tells what it admits on another port, unless it admits everybody on its own. */
function isShut(hop: Hop): boolean {
  const mute = hop.kind === "filter" && hop.elsewhere === undefined;
  return hop.kind === "unknown" || (mute && !hop.bounds.must.complement().isEmpty);
}

function admittedOn(
  filters: readonly Asked[],
  pathPort: number,
  exception: Exception,
  { edge }: RuleContext,
): readonly Admitted[] {
  const { family } = exception;
  const others = exception.sources.minus(edge(family));
  return portsOf(exception, filters).flatMap((port) => {
    const at = (hop: Asked) => hop.elsewhere.at(port, family);
    // One that admits everybody, such as the default network ACL of AWS, tells nothing.
    const narrow = filters.filter((hop) => !at(hop).must.complement().isEmpty);
    const legs = groupBy(narrow.length > 0 ? narrow : filters, (hop) => hop.port ?? pathPort);
    return legs.flatMap((hops): readonly Admitted[] => {
      const { must, may } = intersectBounds(family, hops.map(at));
      const sure = !must.intersect(others).isEmpty;
      const sources = (sure ? must : may).intersect(others);
      const resources = [...new Set(hops.flatMap((hop) => hop.resources))];
      const sensitive = hops.some((hop) => hop.sensitive);
      return sources.isEmpty ? [] : [{ port, resources, sources, sure, sensitive }];
    });
  });
}

/** What rules admit changes at the ends of their ranges alone. */
function portsOf({ ports }: Exception, filters: readonly Asked[]): readonly number[] {
  const ranges = filters.flatMap(({ elsewhere }) => elsewhere.ports);
  const ends = ranges.flatMap(({ from, to }) => (to < 65535 ? [from, to + 1] : [from]));
  return [...new Set(ports.length > 0 ? ports : ends)];
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<unknown, T[]>();
  for (const each of all) {
    push(groups, keyOf(each), each);
  }
  return [...groups.values()];
}
