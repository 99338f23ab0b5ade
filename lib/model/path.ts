import type { EdgeConnection } from "../edge/flows";
import type { Family } from "../net/cidr";
import type { Assumption, Hop, Reason } from "./hop";

/** Where the edge connects to. `address` is null where only apply can tell, or it is sensitive. */
export interface PathOrigin {
  readonly address: string | null;
  /** Terraform address of the resource that the address belongs to; null outside the input. */
  readonly resource: string | null;
  readonly port: number;
  readonly scheme: "http" | "https";
}

/** One way the edge opens a connection for a record. */
export interface Flow {
  readonly hostname: string;
  /** Terraform address of the record. */
  readonly record: string;
  /** Label of the input that holds it: two stacks can have records of the same address. */
  readonly input: string;
  readonly family: Family;
  readonly origin: PathOrigin;
  /** False: some setting that the input leaves open decides whether it exists. */
  readonly certain: boolean;
  /** Which settings make it exist, in a clause. */
  readonly because: string;
  /** Whom it serves. */
  readonly visitors: readonly { readonly scheme: "http" | "https"; readonly port: number }[];
}

/** What the packets of a flow meet, shared by all flows to the same target, port and family. */
export interface Route {
  readonly hops: readonly Hop[];
  readonly assumptions: readonly Assumption[];
}

/** Paths of one record to one origin, and the flows that exist together under each settings. */
export interface Siblings {
  readonly cases: readonly (readonly EdgeConnection[])[];
}

/** A flow and its hops, in order. */
export interface Path {
  /** The same object for all paths of a record to an origin; undefined where those may not exist. */
  readonly siblings?: Siblings;
  readonly flow: Flow;
  readonly route: Route;
  /** Reasons and assumptions of the flow itself: the zone, rules of the edge, a partial plan. */
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}
