import type { Step } from "../../model/rollout";
import { clash, placeOf } from "./blocked";
import { OwnLists } from "./own-lists";
import { type Known, refusalsOf } from "./refused";
import { type Before, beforeIn } from "./states";
import { type Act, thingOf } from "./things";
import type { World } from "./world";

/** A step that must fail in every order of the apply, so that the apply never ends. */
export interface Unending {
  readonly step: Step;
  /** Key of its object, as the world knows it. */
  readonly key: string;
  /**
   * `taken`: others have what the create asks for. `in-use`: others use what it destroys.
   * `protected`: what it destroys is protected from that.
   */
  readonly because: "taken" | "in-use" | "protected";
  /** Addresses of the others. */
  readonly others: readonly string[];
}

/**
 * Steps that the cloud surely refuses, whatever the order is. Those that only wait for them are left
 * out.
 */
export function unendingSteps(world: World): readonly Unending[] {
  const { steps } = world.graph;
  const mayFail = ({ action, type, after }: Step) =>
    action === "create" ? placeOf(type, after) !== undefined : action === "delete";
  if (!steps.some(mayFail)) {
    return [];
  }
  const byKey = new Map<string, Step[]>();
  for (const step of steps) {
    const key = world.keyOf(step);
    byKey.set(key, [...(byKey.get(key) ?? []), step]);
  }
  const all = [...world.things].map(([key, both]): Known & { key: string } => {
    return { key, both, thing: thingOf(both, byKey.get(key) ?? []) };
  });
  const order = world.graph.order(new Map());
  const before = beforeIn((first, second) => order.precedes(first, second));
  const keys = new Map(all.flatMap(({ key, thing }) => thing.acts.map((act) => [act, key])));
  return [...takenIn(all, before), ...inUseIn(all, before)].map(([act, why]) => ({
    step: act.step,
    key: keys.get(act) ?? "",
    ...why,
  }));
}

type Why = Pick<Unending, "because" | "others">;

/** Creates of what stays somebody else's, or is until afterwards. */
function takenIn(all: readonly Known[], before: Before): ReadonlyMap<Act, Why> {
  const places = placesIn(all);
  const refusals = refusalsOf(all, true);
  // Its own deletion may have to wait for what comes after the create.
  const isHeld = (old: Act, act: Act) =>
    (refusals.get(old) ?? []).some(
      ({ ends }) => ends.length > 0 && ends.every((end) => before(act, end)),
    );
  const owners = new OwnLists(all);
  const twins = new Twins();
  const found = new Map<Act, Why>();
  for (const act of all.flatMap(({ thing }) => thing.acts.filter(isCreate))) {
    const place = placeOf(act.step.type, act.step.after);
    const rivals = (place === undefined ? [] : (places.get(place) ?? [])).filter(
      ({ both: { before: old } }) =>
        old !== undefined && clash({ type: old.type, before: old.values }, act),
    );
    const staying = rivals.filter(
      ({ both: { after }, thing: { acts } }) =>
        (acts.length === 0 && after !== undefined) ||
        (acts.some(isDelete) && acts.every((end) => isCreate(end) || before(act, end))) ||
        acts.some((end) => isDelete(end) && isHeld(end, act)),
    );
    // What an owner's list shows may be what a block is that goes.
    const holder = rivals.length === 0 ? owners.holderOf(act) : undefined;
    const others = staying.flatMap(({ both }) => both.before?.address ?? []);
    const twin = twins.of(act);
    const names = [...others, holder, twin].filter((name) => name !== undefined);
    if (names.length > 0) {
      found.set(act, { because: "taken", others: names });
    }
  }
  return found;
}

/** Creates of the same: whichever comes last is refused. */
class Twins {
  readonly #places = new Map<string, Act[]>();

  /** The address of an earlier create that leaves nothing to this one. */
  public of(act: Act): string | undefined {
    const place = placeOf(act.step.type, act.step.after);
    if (place === undefined) {
      return undefined;
    }
    const earlier = this.#places.get(place) ?? [];
    this.#places.set(place, earlier);
    const asOld = ({ step }: Act) => ({ type: step.type, before: step.after });
    const twin = earlier.find((other) => clash(asOld(other), act) && clash(asOld(act), other));
    earlier.push(act);
    return twin?.step.address;
  }
}

function placesIn(all: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const places = new Map<string, Known[]>();
  for (const known of all) {
    const old = known.both.before;
    const place = old && placeOf(old.type, old.values);
    if (place !== undefined) {
      const list = places.get(place) ?? [];
      places.set(place, list);
      list.push(known);
    }
  }
  return places;
}

function isDelete({ step }: Act): boolean {
  return step.action === "delete";
}

function isCreate({ step }: Act): boolean {
  return step.action === "create";
}

/** Deletes of what is in use until afterwards, or for good. */
function inUseIn(all: readonly Known[], before: Before): ReadonlyMap<Act, Why> {
  const found = new Map<Act, Why>();
  for (const [act, users] of refusalsOf(all, true)) {
    const staying = users.filter(({ ends }) => ends.every((end) => before(act, end)));
    if (staying.length > 0) {
      const others = staying.map(({ address }) => address);
      const itself = others.includes(act.step.address);
      found.set(act, { because: itself ? "protected" : "in-use", others });
    }
  }
  return found;
}
