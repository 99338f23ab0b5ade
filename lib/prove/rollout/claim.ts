import type { CidrSet } from "../../net/cidr-set";
import { type Offer, offerOf, type View, type Visitors } from "./offer";
import type { Orders } from "./orders";
import type { States } from "./states";
import type { Act } from "./things";

/** What is asked: whether a part of the edge stays available to visitors. */
export interface Claim {
  readonly states: States;
  readonly orders: Orders;
  readonly visitors: Visitors;
  readonly view: View;
  /** Perhaps owed: to be in must in every state. */
  readonly set: CidrSet;
  /** Surely owed: to be in may in every state. */
  readonly sure: CidrSet;
  /** Every path afterwards is certain. */
  readonly certain: boolean;
  /** The acts that may matter to the set. */
  readonly acts: readonly Act[];
}

/** What is offered to the visitors when these acts are done. */
export function offerIn({ states, view, visitors }: Claim, done: ReadonlySet<Act>): Offer {
  return offerOf(states.after(done), view, visitors);
}
