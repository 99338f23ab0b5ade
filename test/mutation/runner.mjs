import { readdirSync } from "node:fs";
import { join } from "node:path";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import { areaOf, WITHOUT } from "./areas.mjs";
import { Modules } from "./modules.mjs";
import { Queue } from "./queue.mjs";
import { runningIn, Suite } from "./suite.mjs";

const ALIASES = {
  originproof: "lib/index.ts",
  "originproof/jest": "lib/jest/index.ts",
  "originproof/review": "lib/review/index.ts",
};

const AREA = areaOf(process.env.MUTATION_AREA);
// Tests with terraform answer what it was recorded to say.
process.env.TERRAFORM_REPLAY = "1";

/** What instrumented code looks at. */
const stryker = () => {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
};

/**
 * Runs the tests of an area in this process, without Jest: tens of milliseconds for a mutant,
 * where Jest takes a second. Each mutant has modules of its own, and the first failure ends it.
 */
class InProcessTestRunner {
  #root = process.cwd();
  #modules = new Modules(this.#root, ALIASES);
  #files = testFiles(this.#root);
  /** Tests by file, as long as their modules are kept. */
  #suites = new Map();
  #queue = new Queue(join(this.#root, "costs.json"), AREA.heavy, AREA.most);

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    Object.assign(stryker(), { activeMutant: undefined, hitCount: undefined });
    const tests = [];
    for (const file of this.#files) {
      const fileName = join(this.#root, file);
      const listed = this.#fresh(file);
      for (const { id } of listed) {
        const own = AREA.keepsModules ? listed : this.#fresh(file);
        const { run } = own.find((test) => test.id === id);
        const outcome = await outcomeOf(id, run);
        if (outcome.status === TestStatus.Success) {
          tests.push({ ...outcome, id, name: id, fileName });
        } else {
          // Not recorded, or broken: it tells nothing of mutants, and the others still do.
          delete stryker().mutantCoverage?.perTest[id];
          process.stderr.write(`left out, as it fails: ${id}: ${outcome.failureMessage}\n`);
        }
      }
    }
    const { mutantCoverage } = stryker();
    this.#queue.keep(tests, mutantCoverage.perTest);
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName, reloadEnvironment }) {
    const hits = hitLimit === undefined ? {} : { hitCount: 0, hitLimit };
    Object.assign(stryker(), { hitCount: undefined, ...hits, activeMutant: activeMutant.id });
    if (reloadEnvironment || !AREA.keepsModules) this.#forget();
    const own = sandboxFileName.slice(this.#root.length + 1);
    const wanted = testFilter ?? this.#queue.testsOf(sandboxFileName) ?? this.#allTests();
    const tests = this.#queue.inOrder(wanted, own);
    try {
      return await this.#firstFailure(tests, own);
    } catch (error) {
      return killedBy([], error, 0);
    } finally {
      stryker().activeMutant = undefined;
      if (reloadEnvironment) this.#forget();
    }
  }

  #allTests() {
    return this.#files.flatMap((file) => this.#testsOf(file).map(({ id }) => id));
  }

  async #firstFailure(ids, mutated) {
    let nrOfTests = 0;
    for (const id of ids) {
      const [file] = id.split(" › ", 1);
      const run = this.#testsOf(file).find((test) => test.id === id)?.run;
      // Of what is mutated may come which tests there are.
      if (run === undefined) continue;
      // The recording of terraform's answers is that of the file whose test runs.
      runningIn(file);
      const { status, failureMessage } = await outcomeOf(id, run);
      nrOfTests += 1;
      if (stryker().hitCount > stryker().hitLimit) {
        return { status: MutantRunStatus.Timeout, reason: "it runs in a loop" };
      }
      if (status === TestStatus.Failed) {
        this.#queue.killed(mutated, id);
        return killedBy([id], failureMessage, nrOfTests);
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /** Nothing that an earlier test left in a cache keeps this one from reaching its mutants. */
  #fresh(file) {
    this.#forget();
    return this.#testsOf(file);
  }

  #forget() {
    this.#modules.forget(AREA.keeps);
    this.#suites.clear();
  }

  #testsOf(file) {
    const known = this.#suites.get(file);
    if (known !== undefined) return known;
    stryker().currentTestId = undefined;
    const suite = new Suite(file);
    suite.open();
    this.#modules.load(join(this.#root, file));
    const tests = suite.tests.filter(({ id }) => !WITHOUT.test(id));
    this.#suites.set(file, tests);
    return tests;
  }
}

/** In the order in which the area names them. */
function testFiles(root) {
  const files = readdirSync(join(root, "test"), { recursive: true }).sort();
  return AREA.tests
    .flatMap((each) => files.filter((file) => each.test(file)))
    .map((file) => `test/${file}`);
}

function killedBy(tests, error, nrOfTests) {
  return { status: MutantRunStatus.Killed, killedBy: tests, failureMessage: `${error}`, nrOfTests };
}

/** What a test makes once for all mutants is not counted: `besides`, of unmutated.ts. */
async function outcomeOf(id, run) {
  const start = performance.now();
  Object.assign(stryker(), { currentTestId: id, besides: 0 });
  try {
    await run();
    const timeSpentMs = performance.now() - start - stryker().besides;
    return { status: TestStatus.Success, timeSpentMs };
  } catch (error) {
    return { status: TestStatus.Failed, failureMessage: `${error}`, timeSpentMs: 0 };
  } finally {
    stryker().currentTestId = undefined;
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessTestRunner),
];
