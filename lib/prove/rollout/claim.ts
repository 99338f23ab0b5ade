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
  /** All that is asked is whether the hostname has a path, whomever it serves. @default false */
  readonly nameAlone?: boolean;
}

/** What is offered to the visitors when these acts are done. */
export function offerIn(claim: Claim, done: ReadonlySet<Act>): Offer {
  const { states, view, visitors, set, nameAlone = false } = claim;
  const scene = states.after(done);
  const offer = offerOf(scene, view, visitors);
  return nameAlone && scene.paths.some(({ flow }) => flow.hostname === view.hostname)
    ? { ...offer, must: set, mustBesides: set, may: set }
    : offer;
}
