import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** So many tests that failed on mutants of a file come first on its next one. */
const MOST = 12;
/** Heavy tests are left out where so many others reach the mutant. */
const ENOUGH = 5;

/** Which tests are tried on a mutant, and in which order, so that the first failure comes soon. */
export class Queue {
  #kept;
  #killers = new Map();
  #reaching = new Map();
  #nearest = new Map();

  /**
   * @param file where the processes of a run share what tests cost and reach
   * @param heavy milliseconds from which a test is heavy
   * @param most milliseconds that the tests of a mutant take together
   */
  constructor(file, heavy = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY) {
    this.file = file;
    this.heavy = heavy;
    this.most = most;
  }

  /** What the tests cost without a mutant, and the mutants that each of them reaches. */
  keep(tests, perTest) {
    const all = tests.map(({ id, timeSpentMs }) => {
      return [id, { cost: timeSpentMs, reaches: Object.keys(perTest[id] ?? {}) }];
    });
    writeFileSync(this.file, JSON.stringify(Object.fromEntries(all)));
  }

  killed(mutated, id) {
    const others = (this.#killers.get(mutated) ?? []).filter((each) => each !== id);
    this.#killers.set(mutated, [id, ...others].slice(0, MOST));
  }

  /**
   * For a mutant that is met while modules load: tests that reach others of its file, or of the
   * files that take something from it, and those whose own file takes it; undefined where none is
   * known.
   */
  testsOf(file) {
    if (!this.#reaching.has(file)) {
      const own = this.#reach([file]);
      const importers = importersOf(file);
      const found = new Set([
        ...(own.length > 0 ? own : this.#reach(importers)),
        ...this.#taking([file, ...importers]),
      ]);
      this.#reaching.set(file, found.size > 0 ? [...found] : undefined);
    }
    return this.#reaching.get(file);
  }

  /**
   * Those that failed on mutants of this file last, then those whose own file imports it, then from
   * the cheapest to the dearest.
   */
  inOrder(ids, mutated) {
    const known = ids.filter((id) => this.#tests[id] !== undefined);
    const near = this.#near(mutated);
    const cheap = known.filter((id) => near.has(id) || this.#cost(id) < this.heavy);
    const tried = cheap.length < ENOUGH ? known : cheap;
    const killers = this.#killers.get(mutated) ?? [];
    const rank = (id) => {
      const at = killers.indexOf(id);
      return at < 0 ? MOST : at;
    };
    const far = (id) => (near.has(id) ? 0 : 1);
    const sorted = [...tried].sort(
      (a, b) => rank(a) - rank(b) || far(a) - far(b) || this.#cost(a) - this.#cost(b),
    );
    let spent = 0;
    return sorted.filter((id, at) => {
      spent += this.#cost(id);
      return at < ENOUGH || near.has(id) || spent <= this.most;
    });
  }

  get #tests() {
    this.#kept ??= existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : {};
    return this.#kept;
  }

  #cost(id) {
    return this.#tests[id].cost;
  }

  #near(mutated) {
    if (!this.#nearest.has(mutated)) {
      this.#nearest.set(mutated, new Set(this.#taking([mutated, ...importersOf(mutated)])));
    }
    return this.#nearest.get(mutated);
  }

  /** Tests of files that import one of these themselves. */
  #taking(files) {
    const names = files.map((file) => `/${basename(file, ".ts")}"`);
    const takes = new Map();
    return Object.keys(this.#tests).filter((id) => {
      const [own] = id.split(" › ", 1);
      if (!takes.has(own)) {
        const text = readFileSync(own, "utf8");
        takes.set(
          own,
          names.some((name) => text.includes(name)),
        );
      }
      return takes.get(own);
    });
  }

  #reach(files) {
    const mutants = new Set(files.flatMap(mutantsIn));
    const tests = Object.entries(this.#tests);
    return tests
      .filter(([, { reaches }]) => reaches.some((id) => mutants.has(id)))
      .map(([id]) => id);
  }
}

/** Mutants of a file, as it is instrumented. */
const mutantsIn = (file) =>
  [...readFileSync(file, "utf8").matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => id);

function importersOf(file) {
  const folder = dirname(file);
  const from = `from "./${basename(file, ".ts")}"`;
  const all = readdirSync(folder).map((name) => join(folder, name));
  return all.filter((each) => each.endsWith(".ts") && readFileSync(each, "utf8").includes(from));
}
