import type { Assumption } from "../../model/hop";
import type { ApplyGraph, ApplyOrder, Flags, UnsureDelete } from "../../model/rollout";
import type { Act } from "./things";

/** Of more unsure deletes that matter to one piece, not every reading is tried. */
const MOST_UNSURE = 3;

/** The order of the apply under several readings, each made once. */
export class Orders {
  readonly #made = new Map<string, ApplyOrder>();
  readonly #numbers: ReadonlyMap<unknown, number>;
  readonly #unsure: ReadonlyMap<unknown, UnsureDelete>;

  constructor(private readonly graph: ApplyGraph) {
    this.#numbers = new Map(graph.unsure.map(({ step }, index) => [step, index]));
    this.#unsure = new Map(graph.unsure.map((each) => [each.step, each]));
  }

  /** The deletes among these acts that follow a flag which the input does not tell. */
  public unsureAmong(acts: readonly Act[]): readonly UnsureDelete[] {
    return acts.flatMap(({ step }) => this.#unsure.get(step) ?? []);
  }

  /** What the order of these acts rests on where they are of several plans. */
  public assumptionsOf(acts: readonly Act[]): readonly Assumption[] {
    const labels = new Set(acts.map(({ step }) => step.input.label));
    const all = this.graph.assumptions ?? [];
    return labels.size < 2 ? [] : all.filter(({ subject }) => labels.has(subject));
  }

  /** Every reading of them, that with each flag first; undefined where there are none or too many. */
  public readingsOf(unsure: readonly UnsureDelete[]): readonly Flags[] | undefined {
    if (unsure.length === 0 || unsure.length > MOST_UNSURE) {
      return undefined;
    }
    return unsure.reduce<readonly Flags[]>(
      (readings, { step }) =>
        [true, false].flatMap((flag) => readings.map((each) => new Map([...each, [step, flag]]))),
      [new Map()],
    );
  }

  public of(flags: Flags): ApplyOrder {
    const key = [...flags]
      .map(([step, flag]) => `${this.#numbers.get(step)} ${flag}`)
      .sort()
      .join();
    const order = this.#made.get(key) ?? this.graph.order(flags);
    this.#made.set(key, order);
    return order;
  }
}
