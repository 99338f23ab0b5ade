import type { Assumption, Reason } from "../../model/hop";
import type { ApplyOrder } from "../../model/rollout";
import type { CidrSet } from "../../net/cidr-set";
import { blockedActs, clash } from "./blocked";
import { type Claim, offerIn } from "./claim";
import { coveredThroughout } from "./covers";
import { distinct, type Offer } from "./offer";
import { type Accepted, type Before, beforeIn, downClosed, inLegalOrder } from "./states";
import type { Act } from "./things";
import type { Rollout } from "./verdict";

/** Decides a claim in every state of the apply, under every reading of its order. */
export function decideClaim(claim: Claim): Rollout {
  const found = underReadings(claim);
  const { assumptions } = found;
  return { ...found, assumptions: [...assumptions, ...claim.orders.assumptionsOf(claim.acts)] };
}

function underReadings(claim: Claim): Rollout {
  const { orders, acts } = claim;
  const plain = underOrder(claim, orders.of(new Map()));
  const unsure = orders.unsureAmong(acts);
  if (plain.verdict !== "undetermined") {
    return plain;
  }
  const flagReasons = unsure.map(({ step }) => flagReason(step.address));
  const readings = orders.readingsOf(unsure);
  if (readings === undefined) {
    return { ...plain, reasons: distinct([...flagReasons, ...plain.reasons]) };
  }
  const found = readings.map((flags) => ({ flags, rollout: underOrder(claim, orders.of(flags)) }));
  const [first] = found;
  if (
    first !== undefined &&
    found.every(({ rollout }) => rollout.verdict === first.rollout.verdict)
  ) {
    // Of several states that show the same the one that is likely to be met.
    const likely = found.find(({ flags }) =>
      unsure.every(({ step, configured }) => flags.get(step) === (configured === true)),
    );
    return (likely ?? first).rollout;
  }
  if (first?.rollout.verdict === "proved" && unsure.every((each) => each.configured === true)) {
    const assumptions = unsure.map(({ step }) => storedFlag(step.address));
    return { ...first.rollout, assumptions: [...first.rollout.assumptions, ...assumptions] };
  }
  return undetermined([...flagReasons, ...found.flatMap(({ rollout }) => rollout.reasons)]);
}

/** Every state of one order. */
function underOrder(claim: Claim, order: ApplyOrder): Rollout {
  const { set, acts } = claim;
  const before = beforeIn((first, second) => order.precedes(first, second));
  const failing = blockedActs(acts, before, claim.states.kept);
  const possible = acts.filter((act) => !failing.has(act));
  const sets = downClosed(possible, before, acceptedIn(claim));
  const unlisted = distinct(possible.flatMap(unlistedReasons));
  if (sets === undefined) {
    const covered = unlisted.length === 0 && coveredThroughout(claim, possible, before);
    return covered ? proved([]) : undetermined([tooMany(claim, possible), ...unlisted]);
  }
  const blocked = neverIn(sets, acts);
  const reasons: Reason[] = [...unlisted];
  const assumptions: Assumption[] = [];
  for (const done of sets) {
    const offer = offerIn(claim, done);
    assumptions.push(...offer.assumptions);
    const lack = set.minus(offer.mustBesides);
    if (lack.isEmpty) {
      continue;
    }
    const cutOff = claim.sure.intersect(lack).minus(offer.may);
    const doubt = cutOff.isEmpty
      ? unsureReasons(claim, offer)
      : doubtsOf(claim, done, blocked, order);
    if (!cutOff.isEmpty && doubt.length === 0) {
      return refuted(claim, { done, cutOff, offer }, before, blocked);
    }
    reasons.push(...doubt);
  }
  return reasons.length === 0 ? proved(assumptions) : undetermined(reasons);
}

/** AWS refuses a delete until what uses the object is done with it. */
function acceptedIn({ states, acts }: Claim): Accepted {
  const own = new Set(acts);
  return (act, done) =>
    (states.refusals.get(act) ?? []).every(({ ends }) =>
      ends.some((end) => done.has(end) || !own.has(end)),
    );
}

function neverIn(sets: readonly ReadonlySet<Act>[], acts: readonly Act[]): ReadonlySet<Act> {
  const reached = new Set(sets.flatMap((set) => [...set]));
  return new Set(acts.filter((act) => !reached.has(act)));
}

/** Why a state can't be told: where each hop is known, the flow itself is only possible. */
function unsureReasons({ view, visitors, certain }: Claim, offer: Offer): readonly Reason[] {
  const { scheme, port } = visitors.via ?? visitors;
  const cut = "a part of the edge may be cut off during the apply";
  const flow = `whether the edge connects by ${scheme} to port ${port} depends on settings that the input leaves open`;
  const open = certain
    ? {
        id: "rollout/perhaps-owed",
        text: `${cut}, but whether it is admitted before and afterwards can't be told`,
      }
    : { id: "flow/only-possible", text: `${cut}, but ${flow}` };
  return offer.reasons.length > 0 ? offer.reasons : [{ ...open, subject: view.hostname }];
}

/** Why it is not sure that an apply gets to a state: empty where it is. */
function doubtsOf(
  { acts }: Claim,
  done: ReadonlySet<Act>,
  blocked: ReadonlySet<Act>,
  order: ApplyOrder,
): readonly Reason[] {
  const pending = acts.filter((act) => !done.has(act) && !blocked.has(act));
  const reasons: Reason[] = [...done].flatMap(unlistedReasons);
  for (const act of done) {
    const beside = pending.find((other) => other.step === act.step && isLoose(other, act));
    if (beside !== undefined) {
      reasons.push(callsReason(act));
    }
    const waits = pending.find(
      (other) => other.step !== act.step && order.mayPrecede(other.step, act.step),
    );
    if (waits !== undefined) {
      reasons.push(orderReason(act.step.address, waits.step.address));
    }
    const rival = acts.find(
      (other) =>
        other.step.action === "delete" &&
        act.step.action === "create" &&
        clash(other.step, act) &&
        order.mayPrecede(act.step, other.step),
    );
    if (rival !== undefined) {
      reasons.push(orderReason(act.step.address, rival.step.address));
    }
  }
  return distinct(reasons);
}

/** Calls of one update of which the provider's order is not known. */
function isLoose(left: Act, right: Act): boolean {
  return !left.after.includes(right) && !right.after.includes(left);
}

interface Found {
  readonly done: ReadonlySet<Act>;
  readonly cutOff: CidrSet;
  readonly offer: Offer;
}

function refuted(
  claim: Claim,
  { done, cutOff, offer }: Found,
  before: Before,
  blocked: ReadonlySet<Act>,
): Rollout {
  const pending = claim.acts.filter((act) => !done.has(act) && !blocked.has(act));
  const witness = {
    done: inLegalOrder(done, before),
    pending: inLegalOrder(pending, before),
    cutOff,
    nameGone: !offer.exists,
  };
  return { verdict: "refuted", reasons: [], assumptions: offer.assumptions, witness };
}

export function proved(assumptions: readonly Assumption[]): Rollout {
  return { verdict: "proved", reasons: [], assumptions: distinct(assumptions), witness: undefined };
}

export function undetermined(reasons: readonly Reason[]): Rollout {
  const none = { assumptions: [], witness: undefined };
  return { verdict: "undetermined", reasons: distinct(reasons), ...none };
}

function tooMany({ view }: Claim, acts: readonly Act[]): Reason {
  const text = `${acts.length} steps in too many possible orders matter to ${view.hostname}`;
  return { id: "rollout/too-many-states", subject: view.hostname, text };
}

function unlistedReasons({ step, unlisted, restarts }: Act): readonly Reason[] {
  if (restarts !== undefined) {
    return [{ id: "rollout/machine-restarts", subject: step.address, text: restarts }];
  }
  return unlisted.map((name) => {
    const text = `in how many calls ${step.type} changes ${name} is not known to originproof`;
    return { id: "rollout/update-not-known", subject: `${step.address} ${name}`, text };
  });
}

function callsReason({ step }: Act): Reason {
  const text = `in which order ${step.type} makes the calls of an update is not known to originproof`;
  return { id: "rollout/update-not-known", subject: step.address, text };
}

function flagReason(address: string): Reason {
  const text = `when ${address} is destroyed follows create_before_destroy as it is stored in the state, which no plan shows: add --graph with the output of \`terraform graph -plan=tfplan\`, or --state with that of \`terraform state pull\``;
  return { id: "order/stored-flag", subject: address, text };
}

function orderReason(address: string, other: string): Reason {
  const text = `whether ${address} waits for ${other} can't be told from the plan: add --graph with the output of \`terraform graph -plan=tfplan\``;
  return { id: "order/hidden-reference", subject: address, text };
}

function storedFlag(address: string): Assumption {
  const text = `${address} was last applied with create_before_destroy, as it is configured now`;
  return { id: "order/cbd-in-state", subject: address, text };
}
