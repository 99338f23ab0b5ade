import type { CloudState } from "../../../sandbox/cloud/state";
import type { RolloutLabel } from "../label";
import { inOrder } from "./universe";
import {
  type Connection,
  connections,
  ofEdge,
  passage,
  probes,
  targets,
  type Visitor,
} from "./view";

/** Whom a path serves, and how the edge asks where the settings don't tell. */
export interface Served {
  readonly hostname: string;
  readonly family: 4 | 6;
  readonly connection: Connection;
  /** Ports as the case gives them, whatever the settings. */
  readonly fixed: boolean;
}

/** What applies went through. */
export interface Watched {
  readonly before: CloudState;
  readonly after: CloudState;
  readonly during: readonly CloudState[];
}

/** What was available before and after, and was cut off in some state that an apply went through. */
export function rolloutOf(watched: Watched, served: Served): RolloutLabel {
  const { before, after, during } = watched;
  const tried = [...new Set([...probes(before, served.family), ...probes(after, served.family)])];
  const edge = inOrder(tried.filter(ofEdge));
  const owed = visitorsOf(after, served).flatMap((visitor) =>
    edge
      .filter((from) => [before, after].every((cloud) => answers(cloud, served, visitor, from)))
      .map((from) => ({ visitor, from })),
  );
  if (owed.length === 0) return { verdict: "notOwed" };
  const gaps = owed.filter(({ visitor, from }) =>
    during.some((cloud) => !answers(cloud, served, visitor, from)),
  );
  const [cutOff] = inOrder(gaps.map(({ from }) => from));
  return cutOff === undefined ? { verdict: "proved" } : { verdict: "refuted", cutOff };
}

function visitorsOf(
  cloud: CloudState,
  { hostname, connection, fixed }: Served,
): readonly Visitor[] {
  const known = fixed ? undefined : connections(cloud, hostname);
  if (known === undefined) return [connection.scheme];
  return (["http", "https"] as const).filter(
    (visitor) =>
      known[visitor]?.port === connection.port && known[visitor]?.scheme === connection.scheme,
  );
}

function answers(cloud: CloudState, served: Served, visitor: Visitor, from: string): boolean {
  const { hostname, family, connection, fixed } = served;
  const known = fixed ? undefined : connections(cloud, hostname);
  const asked = known === undefined ? connection : known[visitor];
  const to = targets(cloud, hostname, family);
  return (
    asked !== undefined &&
    to.length > 0 &&
    to.every((each) => passage(cloud, from, each, asked).always)
  );
}
