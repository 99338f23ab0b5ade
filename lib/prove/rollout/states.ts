import type { Instance } from "../../model/instance";
import type { Step } from "../../model/rollout";
import { withGone, withMoved } from "./gone";
import { type Places, placesIn, withoutEmpty } from "./places";
import { type Refusals, refusalsOf } from "./refused";
import { withEmptied } from "./taken-along";
import { type Act, type Both, type Thing, thingOf } from "./things";
import { type Unused, withoutUnused } from "./unused-targets";
import type { Scene, World } from "./world";

/** More sets of steps than this are not tried: the rollout is undetermined. */
export const MOST_STATES = 4096;

/** The states that an apply can go through, as far as some paths depend on them. */
export class States {
  public readonly acts: readonly Act[];
  /** What AWS refuses while it is in use. */
  public readonly refusals: Refusals;
  /** What is there before and stays as it is. */
  public readonly kept: readonly Instance[];
  readonly #things: readonly Thing[];
  readonly #past: readonly Instance[];
  readonly #after: readonly Instance[];
  readonly #numbers: ReadonlyMap<Act, number>;
  readonly #scenes = new Map<string, Scene>();
  #places: Places | undefined;

  constructor(
    private readonly world: World,
    slice: ReadonlySet<string>,
    stepsOf: (key: string) => readonly Step[],
  ) {
    const both = [...slice].flatMap((key): [string, Both][] => {
      const found = world.things.get(key);
      return found === undefined ? [] : [[key, found]];
    });
    const known = both.map(([key, each]) => ({ both: each, thing: thingOf(each, stepsOf(key)) }));
    this.#things = known.map(({ thing }) => thing);
    this.refusals = refusalsOf(known);
    const kept = known.filter(({ both: { after }, thing }) => after && thing.acts.length === 0);
    this.kept = kept.flatMap(({ both: { before } }) => before ?? []);
    this.#past = both.flatMap(([, { before }]) => before ?? []);
    this.#after = both.flatMap(([, { after }]) => after ?? []);
    this.acts = this.#things.flatMap((thing) => thing.acts);
    this.#numbers = new Map(this.acts.map((act, index) => [act, index]));
  }

  /** Types of everything that there is or will be. */
  public get types(): ReadonlySet<string> {
    return new Set([...this.#past, ...this.#after].map(({ type }) => type));
  }

  /** What is planned to be there in the end. */
  public planned(): Scene {
    return this.cached("planned", () => ({ instances: this.#after, assumptions: [] }));
  }

  /** What there is when these steps are done and no others. */
  public after(done: ReadonlySet<Act>): Scene {
    const key = [...done]
      .map((act) => this.#numbers.get(act))
      .sort()
      .join(" ");
    return this.cached(key, () => this.present(done), done.size > 0);
  }

  private present(done: ReadonlySet<Act>): Unused {
    const present = this.#things.map((thing) => thing.at(done));
    const gone = present.flatMap((each) => each.gone);
    const used = withoutUnused(
      present.flatMap(({ instances }) => instances),
      gone,
    );
    const left = withMoved(
      withGone(used.instances, gone),
      present.flatMap(({ moved }) => moved),
    );
    const instances = withEmptied(
      left,
      present.flatMap(({ emptied }) => emptied ?? []),
    );
    return { ...used, instances };
  }

  /** @param between something is done, so that what the ends of the apply rest on counts */
  private cached(key: string, make: () => Unused, between = false): Scene {
    const known = this.#scenes.get(key);
    if (known !== undefined) {
      return known;
    }
    const { instances, assumptions } = make();
    const read = { ...this.world.read(instances, this.#past, between), assumptions };
    const scene = between ? withoutEmpty(read, this.places(), this.world.mayBeOthers) : read;
    this.#scenes.set(key, scene);
    return scene;
  }

  private places(): Places {
    this.#places ??= placesIn([this.after(new Set()), this.planned()]);
    return this.#places;
  }
}

/** Whether one act is surely finished before another starts. */
export type Before = (first: Act, second: Act) => boolean;

/** The same for acts, of which those of one update follow each other. */
export function beforeIn(precedes: (first: Step, second: Step) => boolean): Before {
  return (first, second) =>
    first.step === second.step
      ? second.after.includes(first)
      : !isAclMove(first, second) && precedes(first.step, second.step);
}

/**
 * A network ACL that loses a subnet puts it on the VPC's default one, even where another has taken
 * it by then. So the state in which no ACL of its own has the subnet counts whatever the order is.
 */
function isAclMove(first: Act, second: Act): boolean {
  const acls = [first, second].every(({ step }) => step.type === "aws_network_acl");
  return acls && second.step.action === "update";
}

/** Whether AWS does an act when these are done. */
export type Accepted = (act: Act, done: ReadonlySet<Act>) => boolean;

/**
 * Every set of acts that holds, with each, all that come before it: the smaller ones first.
 * Undefined where there are more than {@link MOST_STATES}.
 */
export function downClosed(
  acts: readonly Act[],
  before: Before,
  accepted: Accepted = () => true,
): readonly ReadonlySet<Act>[] | undefined {
  const needs = new Map(
    acts.map((act) => [act, acts.filter((other) => other !== act && before(other, act))]),
  );
  const numbers = new Map(acts.map((act, index) => [act, index]));
  const keyOf = (set: ReadonlySet<Act>) =>
    [...set]
      .map((act) => numbers.get(act) ?? 0)
      .sort((a, b) => a - b)
      .join(" ");
  const found = new Map<string, ReadonlySet<Act>>([["", new Set()]]);
  for (const set of found.values()) {
    for (const act of acts) {
      const ready = !set.has(act) && (needs.get(act) ?? []).every((need) => set.has(need));
      if (ready && accepted(act, set)) {
        const next = new Set([...set, act]);
        found.set(keyOf(next), next);
      }
    }
    if (found.size > MOST_STATES) {
      return undefined;
    }
  }
  return [...found.values()];
}

/** The acts in an order in which they can be done. */
export function inLegalOrder(acts: Iterable<Act>, before: Before): readonly Act[] {
  const left = [...acts];
  const ordered: Act[] = [];
  while (left.length > 0) {
    const at = left.findIndex((act) => !left.some((other) => other !== act && before(other, act)));
    ordered.push(...left.splice(Math.max(at, 0), 1));
  }
  return ordered;
}
