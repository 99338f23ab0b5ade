import { isObject, Unknown, type Value } from "../provider/value";
import type { Change } from "./handler";
import type { Operation } from "./log";
import type { CloudState } from "./state";

/** One operation of an apply, in the terms a provider knows. */
export interface Pick {
  readonly operation: Operation;
  readonly type: string;
  /** Of an object that is there. */
  readonly id?: string;
  /** Of a creation: what the plan knows of it. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** How many of its calls: all when absent. */
  readonly calls?: number;
}

/** An order for one apply: nothing of `pending` until all of `done`. */
export interface Steering {
  readonly done: readonly Pick[];
  readonly pending: readonly Pick[];
  /** Milliseconds until what waits goes on all the same. */
  readonly timeout: number;
  /** The calls that waited fail. */
  readonly stop: boolean;
}

/** How far an operation that a steering names has come. */
export interface Progress {
  op: string;
  calls: number;
  ended: boolean;
}

/** How far a steered run has come; kept with the cloud, since several processes take part. */
export interface Steered {
  done: Record<number, Progress>;
  pending: Record<number, Progress>;
  /** Number of the log's line at which all of `done` was done; -1 when the time was over before. */
  reached?: number;
}

/** The running operation's part in a steering. */
export class Part {
  private constructor(
    private readonly steering: Steering,
    private readonly run: string,
    private readonly op: string,
  ) {}

  /** Marks what the operation is, once; the first of several that fit gets the mark. */
  static claim(
    steering: Steering | undefined,
    { run, op }: { readonly run: string; readonly op: string },
    change: Change,
    state: CloudState,
  ): Part | undefined {
    if (steering === undefined) return undefined;
    // Where nothing is to be done, the state is the one before.
    const start = steering.done.length === 0 ? { reached: state.sequence } : {};
    state.steered[run] ??= { done: {}, pending: {}, ...start };
    const steered = state.steered[run];
    for (const list of ["done", "pending"] as const) {
      const index = steering[list].findIndex(
        (pick, at) => steered[list][at] === undefined && fits(pick, change),
      );
      if (index >= 0) steered[list][index] = { op, calls: 0, ended: false };
    }
    return new Part(steering, run, op);
  }

  /** Whether the next call has to wait. */
  waits(state: CloudState): boolean {
    const steered = state.steered[this.run];
    if (steered === undefined || steered.reached !== undefined) return false;
    return this.mine(steered.pending).some(
      ([index, { calls }]) => calls >= (this.steering.pending[index]?.calls ?? 0),
    );
  }

  /** Whether a call that had to wait is now to fail. */
  refuses(state: CloudState): boolean {
    const steered = state.steered[this.run];
    if (!this.steering.stop || (steered?.reached ?? -1) < 0) return false;
    return this.mine(steered?.pending ?? {}).length > 0;
  }

  /** A call was answered, or the operation has ended. */
  progress(state: CloudState, ended: boolean): void {
    const steered = state.steered[this.run];
    if (steered === undefined) return;
    for (const [, mine] of [...this.mine(steered.done), ...this.mine(steered.pending)]) {
      if (ended) mine.ended = true;
      else mine.calls += 1;
    }
    if (steered.reached === undefined && this.allDone(steered)) steered.reached = state.sequence;
  }

  /** The time is over: nothing waits any longer. */
  release(state: CloudState): void {
    const steered = state.steered[this.run];
    if (steered !== undefined) steered.reached ??= -1;
  }

  private allDone({ done }: Steered): boolean {
    return this.steering.done.every((pick, index) => {
      const { ended = false, calls = 0 } = done[index] ?? {};
      return ended || (pick.calls !== undefined && calls >= pick.calls);
    });
  }

  private mine(list: Readonly<Record<number, Progress>>): readonly (readonly [number, Progress])[] {
    return Object.entries(list)
      .filter(([, { op }]) => op === this.op)
      .map(([index, progress]) => [Number(index), progress] as const);
  }
}

function fits(
  { operation, type, id, values }: Pick,
  { type: of, prior, planned }: Change,
): boolean {
  const is = prior === null ? "create" : planned === null ? "delete" : "update";
  if (is !== operation || of !== type) return false;
  if (id !== undefined && prior?.id !== id) return false;
  return Object.entries(values ?? {}).every(
    ([name, value]) => canonical(planned?.[name] ?? null) === canonical(value),
  );
}

/** Text of a value, with keys in order. */
function canonical(value: unknown): string {
  if (value instanceof Unknown) return "(unknown)";
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (!isObject(value as Value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`;
}
