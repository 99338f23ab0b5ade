import { setFlagsFromString } from "node:v8";

/** Releases of Node whose engine is known to take the flag: another would print an error. */
const KNOWN: ReadonlySet<number> = new Set([20, 22, 24]);

/**
 * The engine compiles a function for speed after it has run this many bytes of bytecode: fifteen
 * times the default. Most of a review runs for milliseconds, and compiling that costs more time
 * of the processor than it saves: a fifth of a large review.
 */
const BUDGET = 1_000_000;

/** Sets up the engine for a program that reads one large input and ends. */
export function tuneEngine(): void {
  if (KNOWN.has(Number.parseInt(process.versions.node, 10))) {
    setFlagsFromString(`--interrupt-budget=${BUDGET}`);
  }
}
