import { describeWithTerraform, removeSandboxes } from "../support/terraform";
import { checkSites, emptyTally } from "./packets-oracle";

afterAll(removeSandboxes);

const RUNS = Number(process.env.ORACLE_RUNS ?? 40);
const FIRST = Number(process.env.ORACLE_FIRST ?? 0);
const AT_ONCE = 4;

describeWithTerraform("verdicts and packets, over random topologies", () => {
  it(
    "agree at every boundary",
    async () => {
      const tally = emptyTally();
      for (let at = FIRST; at < FIRST + RUNS; at += AT_ONCE) {
        const seeds = Array.from({ length: AT_ONCE }, (_, more) => `site ${at + more}`);
        await checkSites(seeds, tally);
        removeSandboxes();
        if (RUNS > 100) process.stderr.write(`${at}: ${tally.disagreements.join("\n")}\n`);
      }
      const lines = [...tally.counts, ...tally.reasons].map(([key, times]) => `${times} ${key}`);
      process.stdout.write(`${lines.sort().join("\n")}\n`);
      expect(tally.disagreements).toEqual([]);
    },
    60_000 + RUNS * 3_000,
  );
});
