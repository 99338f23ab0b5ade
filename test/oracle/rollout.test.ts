import { describeWithTerraform, removeSandboxes } from "../support/terraform";
import { removeClones } from "./clones";
import { emptyTally, type Tally } from "./packets-oracle";
import { randomChange } from "./random-change";
import { renamed } from "./renamed";
import { RUNS as APPLIES, checkChanges } from "./rollout-oracle";

afterAll(removeSandboxes);
afterAll(removeClones);

const RUNS = Number(process.env.ORACLE_RUNS ?? 4);
const FIRST = Number(process.env.ORACLE_FIRST ?? 0);
/** Sites of one apply: more cost no less each. */
const AT_ONCE = 16;

function progress(done: number, { disagreements, counts }: Tally): void {
  const minutes = Math.round(performance.now() / 60_000);
  const told = `${done} after ${minutes} minutes ${JSON.stringify([...counts])}`;
  process.stderr.write(`${[told, ...disagreements].join("\n")}\n`);
}

describeWithTerraform("rollouts and the log of applies, over random changes", () => {
  it(
    "agree at every call",
    async () => {
      const tally = emptyTally();
      for (let at = FIRST; at < FIRST + RUNS; at += AT_ONCE) {
        const count = Math.min(AT_ONCE, FIRST + RUNS - at);
        const changes = Array.from({ length: count }, (_, more) =>
          renamed(randomChange("s0", `change ${at + more}`), more),
        );
        await checkChanges(changes, APPLIES, tally);
        removeSandboxes();
        if (RUNS > 20) progress(at + count, tally);
      }
      const lines = [...tally.counts, ...tally.reasons].map(([key, times]) => `${times} ${key}`);
      process.stdout.write(`${lines.sort().join("\n")}\n`);
      expect(tally.disagreements).toEqual([]);
    },
    60_000 + RUNS * 60_000,
  );
});
