import { type Cidr, cidrAround, type Family, lastAddressOf, widthOf } from "./cidr";

/** A run of addresses, both ends included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Merges intervals that are sorted by their first address and may touch or overlap. */
function mergeSorted(sorted: readonly Interval[]): readonly Interval[] {
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    const top = merged.at(-1);
    if (top === undefined || first > top.last + 1n) {
      merged.push({ first, last });
    } else if (last > top.last) {
      top.last = last;
    }
  }
  return merged;
}

/** One list sorted by first address out of two that are. */
function zipSorted(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  const zipped: Interval[] = [];
  let at = 0;
  for (const interval of left) {
    for (let next = right[at]; next !== undefined && next.first < interval.first; ) {
      zipped.push(next);
      at += 1;
      next = right[at];
    }
    zipped.push(interval);
  }
  return zipped.concat(right.slice(at));
}

function byFirst(left: Interval, right: Interval): number {
  if (left.first === right.first) {
    return 0;
  }
  return left.first < right.first ? -1 : 1;
}

/** The fewest blocks that make up the interval, ascending. */
function blocksOf(family: Family, { first, last }: Interval): readonly Cidr[] {
  const blocks: Cidr[] = [];
  for (let at = first; at <= last; ) {
    let prefix = widthOf(family);
    let size = 1n;
    while (at % (size * 2n) === 0n && at + size * 2n - 1n <= last) {
      size *= 2n;
      prefix -= 1;
    }
    blocks.push(cidrAround(family, at, prefix));
    at += size;
  }
  return blocks;
}

/**
 * An exact set of addresses of one family. It is kept as sorted intervals that neither overlap nor
 * touch, so equal sets have equal intervals. Immutable; union, intersection and difference take
 * time linear in the number of intervals.
 */
export class CidrSet {
  /** The set without an address. */
  static empty(family: Family): CidrSet {
    return new CidrSet(family, []);
  }

  /** Every address of the family. */
  static all(family: Family): CidrSet {
    return new CidrSet(family, [{ first: 0n, last: lastAddressOf(family) }]);
  }

  /** @throws TypeError when a block is of the other family */
  static of(family: Family, cidrs: Iterable<Cidr>): CidrSet {
    const blocks = [...cidrs];
    for (const block of blocks) {
      requireSame(family, block.family);
    }
    return CidrSet.ofIntervals(family, blocks);
  }

  /**
   * The intervals may come in any order and may overlap.
   *
   * @throws RangeError when one is empty or leaves the family's address space
   */
  static ofIntervals(family: Family, intervals: Iterable<Interval>): CidrSet {
    const sorted = [...intervals].sort(byFirst);
    for (const { first, last } of sorted) {
      if (first < 0n || last < first || last > lastAddressOf(family)) {
        throw new RangeError(`not an IPv${family} interval: ${first} to ${last}`);
      }
    }
    return new CidrSet(family, mergeSorted(sorted));
  }

  /**
   * The union of any number of sets, sorted once: O(n log n) in their intervals.
   *
   * @throws TypeError when a set is of the other family
   */
  static unionAll(family: Family, sets: Iterable<CidrSet>): CidrSet {
    const intervals: Interval[] = [];
    let [only, count]: [CidrSet | undefined, number] = [undefined, 0];
    for (const set of sets) {
      requireSame(family, set.family);
      count += 1;
      only = set;
      for (const interval of set.intervals) {
        intervals.push(interval);
      }
    }
    if (only !== undefined && count === 1) {
      return only;
    }
    return new CidrSet(family, mergeSorted(intervals.sort(byFirst)));
  }

  private constructor(
    readonly family: Family,
    /** Ascending; at least one address lies between any two. */
    readonly intervals: readonly Interval[],
  ) {}

  get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  /** How many addresses the set holds. */
  get count(): bigint {
    return this.intervals.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
  }

  /** The lowest address of the set, `undefined` when it is empty: what witnesses are made of. */
  lowest(): bigint | undefined {
    return this.intervals[0]?.first;
  }

  /** Is the address in the set? */
  has(address: bigint): boolean {
    let low = 0;
    let high = this.intervals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const interval = this.intervals[middle];
      if (interval !== undefined && interval.last < address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const found = this.intervals[low];
    return found !== undefined && found.first <= address;
  }

  /** @throws TypeError when the other set is of the other family */
  union(other: CidrSet): CidrSet {
    requireSame(this.family, other.family);
    return new CidrSet(this.family, mergeSorted(zipSorted(this.intervals, other.intervals)));
  }

  /** @throws TypeError when the other set is of the other family */
  intersect(other: CidrSet): CidrSet {
    requireSame(this.family, other.family);
    const common: Interval[] = [];
    let [mine, theirs] = [0, 0];
    for (;;) {
      const left = this.intervals[mine];
      const right = other.intervals[theirs];
      if (left === undefined || right === undefined) {
        return new CidrSet(this.family, common);
      }
      const later = left.first < right.first ? right : left;
      const sooner = left.last < right.last ? left : right;
      if (later.first <= sooner.last) {
        common.push({ first: later.first, last: sooner.last });
      }
      if (sooner === left) {
        mine += 1;
      } else {
        theirs += 1;
      }
    }
  }

  /** Every address of the family that is not in the set. */
  complement(): CidrSet {
    const gaps: Interval[] = [];
    let next = 0n;
    for (const { first, last } of this.intervals) {
      if (first > next) {
        gaps.push({ first: next, last: first - 1n });
      }
      next = last + 1n;
    }
    if (next <= lastAddressOf(this.family)) {
      gaps.push({ first: next, last: lastAddressOf(this.family) });
    }
    return new CidrSet(this.family, gaps);
  }

  /** @throws TypeError when the other set is of the other family */
  minus(other: CidrSet): CidrSet {
    return this.intersect(other.complement());
  }

  /**
   * Is every address of the other set in this one?
   *
   * @throws TypeError when the other set is of the other family
   */
  covers(other: CidrSet): boolean {
    return other.minus(this).isEmpty;
  }

  /** Same family and same addresses. */
  equals(other: CidrSet): boolean {
    return (
      this.family === other.family &&
      this.intervals.length === other.intervals.length &&
      this.intervals.every(({ first, last }, index) => {
        const theirs = other.intervals[index];
        return theirs?.first === first && theirs.last === last;
      })
    );
  }

  /** The fewest blocks that make up the set, ascending, as canonical text. */
  toCidrs(): string[] {
    return this.intervals.flatMap((interval) =>
      blocksOf(this.family, interval).map((block) => block.text),
    );
  }
}

function requireSame(family: Family, other: Family): void {
  if (family !== other) {
    throw new TypeError(`an IPv${family} set can't be combined with IPv${other}`);
  }
}
