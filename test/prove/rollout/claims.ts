import type { Assumption } from "../../../lib/model/hop";
import type { ApplyGraph, Flags, Step } from "../../../lib/model/rollout";
import type { Claim } from "../../../lib/prove/rollout/claim";
import { decideClaim } from "../../../lib/prove/rollout/decide";
import { Orders } from "../../../lib/prove/rollout/orders";
import type { States } from "../../../lib/prove/rollout/states";
import type { Act } from "../../../lib/prove/rollout/things";
import type { Scene } from "../../../lib/prove/rollout/world";
import { actOf } from "./instances";
import { HTTPS, hopOf, pathOf, sceneOf, setOf, VIEW } from "./scenes";

export const [HALF, WHOLE] = ["104.16.0.0/14", "104.16.0.0/13"];
export const ALL = pathOf({});
const NONE = pathOf({ hops: [hopOf([])] });

export const [a, b, c] = ["a", "b", "c"].map((name) => actOf("delete", `aws_x.${name}`)) as [
  Act,
  Act,
  Act,
];
export const nameOf = ({ step }: Act): string => step.address.split(".")[1] ?? "";
const keyOf = (done: Iterable<Act>): string => [...done].map(nameOf).sort().join("");

export interface Given {
  readonly acts?: readonly Act[];
  /** By the names of what is done, what a state has; others have `ALL`. */
  readonly scenes?: Readonly<Record<string, Scene>>;
  /** Pairs such as `"ab"` of which the first comes before the second. */
  readonly order?: readonly string[] | ((flags: string) => readonly string[]);
  /** Pairs of which that may be so. */
  readonly perhaps?: readonly string[] | ((flags: string) => readonly string[]);
  /** Deletes that follow a flag, with what their blocks configure. */
  readonly unsure?: readonly (readonly [act: Act, configured: boolean | undefined])[];
  readonly refusals?: States["refusals"];
  readonly more?: Partial<Claim>;
  readonly assumptions?: readonly Assumption[];
}

/** A claim about states that are told one by one; `asked` keeps the readings of the order. */
export function claimOf({ acts = [a, b], scenes = {}, ...given }: Given) {
  const asked: string[] = [];
  const letters = (step: Step) => nameOf({ step } as Act);
  const unsure = (given.unsure ?? []).map(([{ step }, configured]) => ({ step, configured }));
  const graph: ApplyGraph = {
    steps: acts.map(({ step }) => step),
    unsure,
    assumptions: given.assumptions ?? [],
    order: (flags: Flags) => {
      const reading = [...flags].map(([step, flag]) => `${letters(step)}${flag ? "+" : "-"}`);
      const text = reading.sort().join(" ");
      asked.push(text);
      const { order = [], perhaps = [] } = given;
      const pairs = typeof order === "function" ? order(text) : order;
      const others = typeof perhaps === "function" ? perhaps(text) : perhaps;
      const has = (all: readonly string[]) => (first: Step, second: Step) =>
        all.includes(letters(first) + letters(second));
      return {
        precedes: has(pairs),
        mayPrecede: has([...pairs, ...others]),
      };
    },
  };
  const after = (done: ReadonlySet<Act>) => scenes[keyOf(done)] ?? sceneOf([ALL]);
  const states = { after, refusals: given.refusals ?? new Map(), kept: [] } as Partial<States>;
  const claim: Claim = {
    states: states as States,
    orders: new Orders(graph),
    visitors: HTTPS,
    view: VIEW,
    set: setOf(WHOLE),
    sure: setOf(WHOLE),
    certain: true,
    acts,
    ...given.more,
  };
  return { claim, asked };
}

/** The verdict, with the ids of reasons or the state that shows it. */
export function decided(given: Given) {
  const { verdict, reasons, witness, assumptions } = decideClaim(claimOf(given).claim);
  return {
    verdict,
    ...(reasons.length > 0
      ? { reasons: reasons.map(({ id, subject }) => `${id} ${subject}`) }
      : {}),
    ...(assumptions.length > 0 ? { assumptions: assumptions.map(({ id }) => id) } : {}),
    ...(witness === undefined
      ? {}
      : {
          done: witness.done.map(nameOf).join(""),
          pending: witness.pending.map(nameOf).join(""),
          cutOff: witness.cutOff.toCidrs().map(String).join(" "),
          nameGone: witness.nameGone,
        }),
  };
}

export const closed = sceneOf([NONE]);
export const refutedAt = (done: string, pending: string) => ({
  verdict: "refuted",
  ...{ done, pending, cutOff: WHOLE, nameGone: false },
});
