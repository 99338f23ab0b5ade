import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Releases of Node whose engine is known to take the flag: another would print an error. */
const KNOWN: ReadonlySet<number> = new Set([20, 22, 24]);

/** The release on which it was measured what the collector does. */
const MEASURED = 20;

/**
 * The engine compiles a function for speed after it has run this many bytes of bytecode: fifteen
 * times the default. Most of a review runs for milliseconds, and compiling that costs more time
 * of the processor than it saves: a fifth of a large review.
 */
const BUDGET = 1_000_000;

/**
 * Bytes of old objects that the collector lets be before it looks for dead ones. Nearly all that is
 * read lives until the end: marking it while it is parsed finds nothing, and takes a tenth of the
 * time of a large review.
 */
const UNMARKED = 2 ** 29;

/** Sets up the engine for a program that reads one large input and ends. */
export function tuneEngine(): void {
  const release = Number.parseInt(process.versions.node, 10);
  if (KNOWN.has(release)) {
    setFlagsFromString(`--interrupt-budget=${BUDGET}`);
  }
  if (release === MEASURED) {
    letGrow();
  }
}

/** The limit is set by a collection, as a part of what it leaves: of a small heap, it takes little. */
function letGrow(): void {
  const percent = Math.floor((100 * UNMARKED) / getHeapStatistics().used_heap_size);
  setFlagsFromString(`--heap-growing-percent=${percent}`);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  collect();
  setFlagsFromString("--heap-growing-percent=0");
}
