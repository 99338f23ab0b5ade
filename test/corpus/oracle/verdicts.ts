import type { CloudState } from "../../../sandbox/cloud/state";
import type { StatementLabel } from "../label";
import { type Connection, isStranger, ofEdge, passage, probes } from "./view";

/** Where the edge connects to, and how. */
export interface Leg extends Connection {
  readonly to: readonly string[];
  readonly family: 4 | 6;
}

interface Verdicts {
  readonly availability: StatementLabel;
  readonly exclusivity: StatementLabel;
}

/** Many hostnames lead to the same place. */
const known = new WeakMap<CloudState, Map<string, Verdicts>>();

/** Availability and exclusivity of what is deployed, tried at every boundary. */
export function verdictsOf(cloud: CloudState, leg: Leg): Verdicts {
  const key = JSON.stringify([leg.to, leg.family, leg.port, leg.scheme]);
  const own = known.get(cloud) ?? new Map<string, Verdicts>();
  known.set(cloud, own);
  const found = own.get(key) ?? tryAll(cloud, leg);
  own.set(key, found);
  return found;
}

function tryAll(cloud: CloudState, leg: Leg): Verdicts {
  const tried = probes(cloud, leg.family);
  return {
    availability: availabilityOf(cloud, leg, tried.filter(ofEdge)),
    exclusivity: exclusivityOf(cloud, leg, tried.filter(isStranger)),
  };
}

function availabilityOf(cloud: CloudState, leg: Leg, edge: readonly string[]): StatementLabel {
  if (leg.to.length === 0) return { verdict: "refuted", stoppedBy: ["name"] };
  for (const from of edge) {
    const stopped = leg.to.map((to) => passage(cloud, from, to, leg)).find(({ always }) => !always);
    if (stopped !== undefined) return { verdict: "refuted", witness: from, stoppedBy: stopped.by };
  }
  return { verdict: "proved" };
}

function exclusivityOf(cloud: CloudState, leg: Leg, others: readonly string[]): StatementLabel {
  const enters = (from: string) => leg.to.some((to) => passage(cloud, from, to, leg).sometimes);
  const witness = others.find(enters);
  return witness === undefined ? { verdict: "proved" } : { verdict: "refuted", witness };
}
