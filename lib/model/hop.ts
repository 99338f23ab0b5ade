import type { StopEvent } from "../edge/errors";
import type { Bounds, Effect } from "../net/bounds";
import type { Family } from "../net/cidr";
import type { PortRange } from "../net/port-range";

/** Why something could not be decided. Every undetermined verdict lists its reasons. */
export interface Reason {
  /** Stable id, `group/what`, for tools. */
  readonly id: string;
  /** The resource, address or setting that it is about. */
  readonly subject: string;
  /** One sentence without a final period. */
  readonly text: string;
}

/** What a verdict rests on and the input cannot show. */
export interface Assumption {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

/** A rule of a filter that lets something in on the path's port and family. */
export interface Admission {
  /** Terraform address of the block that holds the rule. */
  readonly resource: string;
  readonly bounds: Bounds;
}

/** A rule or route that has a say about one source, as a person finds it in the configuration. */
export interface Decider {
  /** Terraform address of the block that holds it; null for what no block holds. */
  readonly resource: string | null;
  readonly effect: Effect;
  /** False: whether it is there, or holds the source, is known after apply. */
  readonly sure: boolean;
  /** Which of the block's rules: `rule 90`. @default - it has one, or they have no names */
  readonly rule?: string;
  /**
   * What it allows or denies: `tcp/443 from 131.0.72.0/22`. Of a route, what it sends where:
   * `0.0.0.0/0 to an internet gateway`. Without a resource, a whole sentence.
   */
  readonly text: string;
}

/** A filter asked about other ports and families than the path's. */
export interface Elsewhere {
  /** Port ranges that its rules name. */
  readonly ports: readonly PortRange[];
  readonly at: (port: number, family: Family) => Bounds;
}

/** What a stateless filter lets out to some of the ports that clients connect from. */
export interface Reply {
  readonly ports: PortRange;
  readonly bounds: Bounds;
}

/**
 * What nothing but the input fills, at least while an apply lasts: the listener of a port, of which
 * a balancer has one, or the targets of a target group, as an assumption says.
 */
export interface Place {
  /** The same for the same place in every state. */
  readonly name: string;
  /** False: the input shows nothing there. */
  readonly taken: boolean;
  readonly assumption?: Assumption;
}

export type HopKind = "address" | "filter" | "route" | "listener" | "proxy" | "unknown";

/** One thing that a flow's packets meet, for one family and port. */
export interface Hop {
  readonly kind: HopKind;
  /**
   * How a person calls it, such as `network ACL, inbound`.
   *
   * @default - by its kind
   */
  readonly name?: string;
  /** Terraform addresses of what makes up the hop; empty for a literal address. */
  readonly resources: readonly string[];
  /** Sources that pass: each by all the ways that the edge may take. */
  readonly bounds: Bounds;
  /**
   * Sources that get in by some way, where that is more: by one client port of a stateless filter,
   * by one subnet of a balancer. Exclusivity is decided on these.
   *
   * @default - the same as `bounds`
   */
  readonly entry?: Bounds;
  /** What becomes of a packet that does not pass. */
  readonly stop: StopEvent;
  /** Why `must` and `may` differ, or why the hop stops everything. */
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** Sources that are no addresses of the internet: groups, `self`, private ranges. */
  readonly internal: readonly string[];
  /** Filters: the rules that admit, block by block. */
  readonly admissions: readonly Admission[];
  /** A lock was meant: a firewall of the library, or a source that lies inside the edge. */
  readonly locked: boolean;
  /** A source that counts here is marked sensitive: no address derived from it is printed. */
  readonly sensitive: boolean;
  /**
   * The port that the filter is about, where it is another than the path's: a target's, behind a
   * balancer that shows it the client's address.
   *
   * @default - the path's
   */
  readonly port?: number;
  /** What the same filter admits on other ports and families. */
  readonly elsewhere?: Elsewhere;
  /**
   * The rules that decide about one source, in the order in which they are read: up to the first
   * that surely does, or all that admit where order does not count. None where no rule holds it.
   */
  readonly deciders?: (source: bigint) => readonly Decider[];
  /** What it is made of, where an apply may leave that empty. */
  readonly place?: Place;
  /** Filters of answers alone: what they let out, by client port. */
  readonly replies?: readonly Reply[];
  /** Tighter bounds that hold under one more assumption; tried where `bounds` decides nothing. */
  readonly alternative?: {
    readonly bounds: Bounds;
    /** @default - the same as its `bounds` */
    readonly entry?: Bounds;
    readonly assumption: Assumption;
    /** What the hop is then about, and why it lets no more through, where that differs. */
    readonly shown?: Partial<
      Pick<Hop, "resources" | "reasons" | "replies" | "elsewhere" | "deciders">
    >;
  };
}

/** A hop that is no filter: it has bounds and reasons, and nothing else to tell. */
export function plainHop(
  kind: HopKind,
  resources: readonly string[],
  bounds: Bounds,
  reasons: readonly Reason[],
  stop: StopEvent = "dropped",
): Hop {
  const none = { assumptions: [], internal: [], admissions: [], locked: false, sensitive: false };
  return { kind, resources, bounds, stop, reasons, ...none };
}
