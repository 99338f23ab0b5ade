import type { PathReport, Review } from "./review-types";

/** Which path of one review is which of another, whatever files they were read from. */
export class PathMatch {
  readonly #base: ReadonlyMap<string, number>;
  readonly #head: ReadonlyMap<string, number>;
  readonly #headKeys: readonly string[];
  readonly #baseKeys: readonly string[];

  constructor(
    private readonly head: Review,
    private readonly base: Review,
  ) {
    this.#headKeys = keysOf(head.paths);
    this.#baseKeys = keysOf(base.paths);
    this.#head = new Map(this.#headKeys.map((key, index) => [key, index]));
    this.#base = new Map(this.#baseKeys.map((key, index) => [key, index]));
  }

  /** The base's path for one of the head; undefined where the base had none. */
  public inBase(index: number): PathReport | undefined {
    return this.base.paths[this.#base.get(this.#headKeys[index] ?? "") ?? -1];
  }

  /** The head's index for one of the base; undefined where the path is gone. */
  public indexInHead(index: number): number | undefined {
    return this.#head.get(this.#baseKeys[index] ?? "");
  }

  /** The head's indexes for several of the base, without paths that are gone. */
  public indexesInHead(indexes: readonly number[]): readonly number[] {
    return indexes.flatMap((index) => this.indexInHead(index) ?? []);
  }

  /** The head's paths for indexes of the base, without paths that are gone. */
  public inHead(indexes: readonly number[]): readonly PathReport[] {
    return this.indexesInHead(indexes).flatMap((index) => this.head.paths[index] ?? []);
  }

  /** Paths of the head by their indexes, each with the one of the base. */
  public of(
    indexes: readonly number[],
  ): readonly (readonly [PathReport, PathReport | undefined])[] {
    return indexes.flatMap((index) => {
      const path = this.head.paths[index];
      return path === undefined ? [] : [[path, this.inBase(index)] as const];
    });
  }
}

/** Two stacks can have a path of the same name: they are told apart by the order of their names. */
function keysOf(paths: readonly PathReport[]): readonly string[] {
  const seen = new Map<string, number>();
  const keys: string[] = [];
  const byInput = paths
    .map((path, index) => ({ path, index }))
    .sort(({ path: { input: left } }, { path: { input: right } }) => {
      return left < right ? -1 : left > right ? 1 : 0;
    });
  for (const { path, index } of byInput) {
    const { hostname, record, family, origin } = path;
    const target = origin.resource ?? origin.address;
    const key = JSON.stringify([hostname, record, family, target, origin.port, origin.scheme]);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    keys[index] = before === 0 ? key : `${key} ${before + 1}`;
  }
  return keys;
}
