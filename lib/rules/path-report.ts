import { stopError } from "../edge/errors";
import type { EdgeRanges } from "../edge/ranges";
import type { Hop } from "../model/hop";
import { formatAddress } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import { globallyReachable } from "../net/special-purpose";
import { distinct } from "../prove/rollout/offer";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import type { AdmissionChange, GonePath, HopReport, PathReport } from "./review-types";
import { rolloutReport } from "./rollouts";
import { hopName, namedRanges } from "./words";

/** What identifies a path before and after an apply. */
export function pathKey({ path }: ProvedPath): string {
  const { input, hostname, record, family, origin } = path.flow;
  const target = origin.resource ?? origin.address;
  return JSON.stringify([input, hostname, record, family, target, origin.port, origin.scheme]);
}

/** A path before the apply, and what the apply does to it. */
export interface Past {
  readonly proved: ProvedPath | undefined;
  readonly admission: AdmissionChange | undefined;
  readonly rollout: Rollout | undefined;
}

/** A proved path as reports show it. */
export function pathReport(proved: ProvedPath, ranges: EdgeRanges, past: Past): PathReport {
  const { flow, route } = proved.path;
  const { rollout } = past;
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
    exclusivity: once(EXCLUSIVITY, proved.exclusivity, () => exclusivityOf(proved)),
    rollout: rollout === undefined ? null : rolloutReport(rollout),
    before: past.proved === undefined ? null : verdictsOf(past.proved),
    admission: past.admission ?? null,
    assumptions:
      rollout === undefined
        ? proved.assumptions
        : distinct([...proved.assumptions, ...rollout.assumptions]),
  };
}

/** A path that the apply ends, as reports show it. */
export function gonePath(proved: ProvedPath): GonePath {
  const { input, hostname, record, family, origin } = proved.path.flow;
  return { input, hostname, record, family, origin, before: verdictsOf(proved) };
}

function verdictsOf({ availability, exclusivity }: ProvedPath): GonePath["before"] {
  return { availability: availability.verdict, exclusivity: exclusivity.verdict };
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

function exclusivityOf({ exclusivity, availability }: ProvedPath): PathReport["exclusivity"] {
  const { verdict, others, sensitive, reasons } = exclusivity;
  if (others === undefined || sensitive) {
    const witness = others === undefined ? null : "(sensitive value)";
    return { verdict, witness, others: [], reasons };
  }
  const listed = shortest(others, availability.edge);
  return { verdict, witness: lowestOf(others), others: listed, reasons };
}

/** `0.0.0.0/0` rather than hundreds of pieces around what is Cloudflare's or nobody's. */
function shortest(others: CidrSet, edge: CidrSet): readonly string[] {
  const exact = others.toCidrs();
  const filled = others.union(globallyReachable(others.family).complement()).union(edge).toCidrs();
  return filled.length < exact.length ? filled : exact;
}

function lowestOf(set: CidrSet): string | null {
  const lowest = set.lowest();
  return lowest === undefined ? null : formatAddress(set.family, lowest);
}
