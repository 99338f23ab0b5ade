import { stopError } from "../edge/errors";
import type { EdgeRanges } from "../edge/ranges";
import type { Hop } from "../model/hop";
import { formatAddress } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import { distinct } from "../prove/rollout/offer";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import type { HopReport, PathReport } from "./review-types";
import { rolloutReport } from "./rollouts";
import { hopName, namedRanges } from "./words";

/** What identifies a path before and after an apply. */
export function pathKey({ path }: ProvedPath): string {
  const { input, hostname, record, family, origin } = path.flow;
  const target = origin.resource ?? origin.address;
  return JSON.stringify([input, hostname, record, family, target, origin.port, origin.scheme]);
}

/** A proved path as reports show it. */
export function pathReport(
  proved: ProvedPath,
  ranges: EdgeRanges,
  before: ReadonlyMap<string, ProvedPath> | undefined,
  rollout: Rollout | undefined,
): PathReport {
  const { flow, route } = proved.path;
  const past = before?.get(pathKey(proved));
  return {
    input: flow.input,
    hostname: flow.hostname,
    record: flow.record,
    family: flow.family,
    origin: flow.origin,
    certain: flow.certain,
    because: flow.because,
    hops: once(HOPS, route, () => route.hops.map(hopReport)),
    availability: availabilityOf(proved, ranges),
    exclusivity: once(EXCLUSIVITY, proved.exclusivity, exclusivityOf),
    rollout: rollout === undefined ? null : rolloutReport(rollout),
    before:
      past === undefined
        ? null
        : {
            availability: past.availability.verdict,
            exclusivity: past.exclusivity.verdict,
          },
    assumptions:
      rollout === undefined
        ? proved.assumptions
        : distinct([...proved.assumptions, ...rollout.assumptions]),
  };
}

function hopReport(hop: Hop): HopReport {
  return { kind: hop.kind, name: hopName(hop), resources: hop.resources };
}

function availabilityOf(proved: ProvedPath, ranges: EdgeRanges): PathReport["availability"] {
  const { verdict, missing, stoppedBy, stoppedAt, undecided, reasons } = proved.availability;
  return {
    verdict,
    witness: missing === undefined ? null : lowestOf(missing),
    missing: missing === undefined ? [] : namedRanges(missing, ranges),
    undecided: once(NAMED, undecided, () => namedRanges(undecided, ranges)),
    stoppedBy: stoppedAt ?? null,
    error: stoppedBy === undefined ? null : (stopError(stoppedBy.stop).codes[0] ?? null),
    reasons,
  };
}

/** Paths that share a route share what is said of it: a plan has many paths and few routes. */
const HOPS = new WeakMap<ProvedPath["path"]["route"], PathReport["hops"]>();
const NAMED = new WeakMap<CidrSet, readonly string[]>();
const EXCLUSIVITY = new WeakMap<ProvedPath["exclusivity"], PathReport["exclusivity"]>();

function once<K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
}

function exclusivityOf(decided: ProvedPath["exclusivity"]): PathReport["exclusivity"] {
  const { verdict, others, sensitive, reasons } = decided;
  const shown = others !== undefined && !sensitive;
  const hidden = others === undefined ? null : "(sensitive value)";
  return { verdict, witness: shown ? lowestOf(others) : hidden, reasons };
}

function lowestOf(set: CidrSet): string | null {
  const lowest = set.lowest();
  return lowest === undefined ? null : formatAddress(set.family, lowest);
}
