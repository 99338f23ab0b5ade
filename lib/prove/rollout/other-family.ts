import type { Path } from "../../model/path";
import { decideClaim } from "./decide";
import { distinct, offerOf, type View, type Visitors } from "./offer";
import type { Orders } from "./orders";
import type { States } from "./states";
import type { Rollout } from "./verdict";
import type { World } from "./world";

interface Given {
  readonly world: World;
  readonly orders: Orders;
  readonly states: States;
}

/**
 * Nothing is owed by a family that a hostname had no address of. But where it was available by the
 * other one, and is by this one afterwards, its visitors are owed a name: whichever family the edge
 * connects by, they meet nobody while there is none.
 *
 * @returns the refutation, where a state surely has no record of the name
 */
export function withoutName(
  given: Given,
  view: Omit<View, "assumed">,
  visitors: Visitors,
): Rollout | undefined {
  const found = [false, true].map((assumed) => under(given, { ...view, assumed }, visitors));
  return found.find((each) => each !== undefined);
}

function under(
  { world, orders, states }: Given,
  view: View,
  visitors: Visitors,
): Rollout | undefined {
  const [before, planned] = [states.after(new Set()), states.planned()];
  const family = visitors.family === 4 ? 6 : 4;
  const was = offerOf(before, view, { ...visitors, family });
  const next = offerOf(planned, view, visitors);
  const set = world.edge(visitors.family);
  const ofName = ({ flow }: Path) => flow.hostname === view.hostname;
  const [past, now] = [before.paths.filter(ofName), planned.paths.filter(ofName)];
  if (
    past.some(({ flow }) => flow.family === visitors.family) ||
    ![...past, ...now].every(isSure) ||
    !was.must.covers(world.edge(family)) ||
    !next.must.covers(set)
  ) {
    return undefined;
  }
  const acts = states.acts.filter(({ step }) => step.type.startsWith("cloudflare_"));
  const shared = { states, orders, visitors, view, acts };
  const claim = { ...shared, set, sure: set, certain: true, nameAlone: true };
  const found = decideClaim(claim);
  return found.verdict === "refuted"
    ? { ...found, assumptions: distinct([...was.assumptions, ...next.assumptions]) }
    : undefined;
}

/** Its record is there, whatever settings of the zone say how the edge connects. */
function isSure({ flow, siblings }: Path): boolean {
  return flow.certain || siblings !== undefined;
}
