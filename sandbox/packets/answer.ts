/** What keeps a packet, or its reply, from getting there. */
export interface Stop {
  readonly by:
    | "name"
    | "address"
    | "instance"
    | "block-public-access"
    | "gateway"
    | "route"
    | "network-acl"
    | "security-group"
    | "listener"
    | "target";
  /** What stops it: the id of a group, an ACL, a table; the hostname or address itself. */
  readonly id: string;
  readonly why: string;
}

/**
 * A connection can go more than one way: by any client port, any node of a balancer and any of its
 * targets.
 */
export interface Answer {
  /** It gets there whichever way it goes, by a client port from 1024. */
  readonly always: boolean;
  /** There is a way on which it gets there. */
  readonly sometimes: boolean;
  /** What stops it on any way, each once. */
  readonly stops: readonly Stop[];
}

export const PASSES: Answer = { always: true, sometimes: true, stops: [] };

export const stopped = (by: Stop["by"], id: string, why: string): Answer => ({
  always: false,
  sometimes: false,
  stops: [{ by, id, why }],
});

/** One check after the other; nothing is asked after what surely stops it. */
export function inRow(...checks: readonly (() => Answer)[]): Answer {
  let result = PASSES;
  for (const check of checks) {
    const next = check();
    result = {
      always: result.always && next.always,
      sometimes: result.sometimes && next.sometimes,
      stops: distinct([...result.stops, ...next.stops]),
    };
    if (!result.sometimes) return result;
  }
  return result;
}

/** Ways beside each other; none at all is `otherwise`. */
export function anyOf(ways: readonly Answer[], otherwise: Answer): Answer {
  if (ways.length === 0) return otherwise;
  return {
    always: ways.every(({ always }) => always),
    sometimes: ways.some(({ sometimes }) => sometimes),
    stops: distinct(ways.flatMap(({ stops }) => stops)),
  };
}

function distinct(stops: readonly Stop[]): readonly Stop[] {
  return [...new Map(stops.map((stop) => [JSON.stringify(stop), stop])).values()];
}
