import { createHash } from "node:crypto";

/** Numbers that are the same for the same words. */
export class Dice {
  #count = 0;

  constructor(private readonly words: string) {}

  /** From 0 to below 1. */
  public number(): number {
    this.#count += 1;
    const hash = createHash("sha256").update(`${this.words}\0${this.#count}`).digest();
    return hash.readUInt32BE(0) / 2 ** 32;
  }

  public chance(share: number): boolean {
    return this.number() < share;
  }

  public below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  /** One of a list; what stands in it twice comes twice as often. */
  public pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (list.length === 0) throw new Error("nothing to pick from");
    return picked as T;
  }

  /** As many as the share, in the list's order. */
  public some<T>(list: readonly T[], share: number): readonly T[] {
    return list.filter(() => this.chance(share));
  }

  public shuffled<T>(list: readonly T[]): readonly T[] {
    const drawn = list.map((item) => ({ item, at: this.number() }));
    return drawn.sort((a, b) => a.at - b.at).map(({ item }) => item);
  }
}

/** The parts of a random site: each has dice of its own, so that one changes without the others. */
export class Facets {
  readonly #generations = new Map<string, number>();

  constructor(
    private readonly seed: string,
    generations: ReadonlyMap<string, number> = new Map(),
  ) {
    for (const [name, generation] of generations) this.#generations.set(name, generation);
  }

  public of(name: string): Dice {
    const generation = this.#generations.get(name) ?? 0;
    this.#generations.set(name, generation);
    return new Dice(`${this.seed} ${name} ${generation}`);
  }

  /**
   * The same site but for some parts of those that have been asked for: as many of those that matter
   * as of all. The others stay.
   */
  public changed(dice: Dice, count: number, matters: RegExp, fixed: RegExp): Facets {
    const names = [...this.#generations.keys()].filter((name) => !fixed.test(name));
    const chosen = new Set([
      ...dice.shuffled(names.filter((name) => matters.test(name))).slice(0, count),
      ...dice.shuffled(names).slice(0, count),
    ]);
    const next = [...this.#generations].map(
      ([name, generation]) => [name, chosen.has(name) ? generation + 1 : generation] as const,
    );
    return new Facets(this.seed, new Map(next));
  }
}
