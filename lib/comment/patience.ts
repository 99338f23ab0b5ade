import { CommentError } from "./comment-error";

/** What waiting needs of the world; tests give their own. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Waits, each told, and all together no longer than was allowed. */
export class Patience {
  private waited = 0;

  /**
   * @param limit milliseconds of all waits together
   * @param tell takes one line for standard error
   */
  constructor(
    private readonly limit: number,
    private readonly tell: (line: string) => void,
    readonly clock: Clock = CLOCK,
  ) {}

  /** Milliseconds that are allowed still. */
  get left(): number {
    return Math.max(0, this.limit - this.waited);
  }

  /** Counts what a request without an answer took. */
  spend(milliseconds: number): void {
    this.waited += milliseconds;
  }

  /** @throws CommentError where that would be longer than is allowed */
  async wait(milliseconds: number, why: string): Promise<void> {
    const seconds = Math.ceil(milliseconds / 1_000);
    if (this.waited + milliseconds > this.limit) {
      const limit = Math.round(this.limit / 1_000);
      throw new CommentError(
        `${why}; that asks for another ${seconds} s, and all waits end at ${limit} s (--max-wait): run it again later`,
      );
    }
    this.waited += milliseconds;
    this.tell(`${why}; trying again in ${seconds} s`);
    await this.clock.sleep(milliseconds);
  }
}
