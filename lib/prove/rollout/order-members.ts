/** Of more numbers than these, one bit for each possible number takes less. */
const FEW = 256;

/** A set of numbers from 0 to below a size. */
export class Members {
  #few = new Set<number>();
  #bits: Uint32Array | undefined;

  constructor(private readonly size: number) {}

  public has(number: number): boolean {
    return this.#bits === undefined
      ? this.#few.has(number)
      : ((this.#bits[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  public add(number: number): void {
    if (this.#bits !== undefined) {
      this.#bits[number >>> 5] = (this.#bits[number >>> 5] ?? 0) | (1 << (number & 31));
    } else if (this.#few.add(number).size > FEW) {
      this.asBits();
    }
  }

  public addAll(others: Members): void {
    const bits = others.#bits;
    if (bits === undefined) {
      for (const number of others.#few) {
        this.add(number);
      }
      return;
    }
    const own = this.asBits();
    for (let at = 0; at < own.length; at += 1) {
      own[at] = (own[at] ?? 0) | (bits[at] ?? 0);
    }
  }

  private asBits(): Uint32Array {
    if (this.#bits === undefined) {
      this.#bits = new Uint32Array((this.size + 31) >>> 5);
      for (const number of this.#few) {
        this.add(number);
      }
      this.#few = new Set();
    }
    return this.#bits;
  }
}
