import { describeWithTerraform, removeSandboxes } from "../support/terraform";
import { checkSites, emptyTally, type Tally } from "./packets-oracle";

afterAll(removeSandboxes);

const RUNS = Number(process.env.ORACLE_RUNS ?? 12);
const FIRST = Number(process.env.ORACLE_FIRST ?? 0);
/** In one configuration: a run of terraform costs the same for one site, and more by the object. */
const AT_ONCE = 30;

/** Of what is wholly in the input, this share may be undetermined, and no more: of so many sites. */
const MAY_BE_OPEN = 0.1;
const ENOUGH = 12;

function shareOpen({ counts }: Tally, input: string): boolean {
  const of = (verdict: string) =>
    ["availability", "exclusivity"]
      .map((law) => counts.get(`${input} ${law} ${verdict}`) ?? 0)
      .reduce((sum, times) => sum + times);
  const open = of("undetermined");
  return open > MAY_BE_OPEN * (open + of("proved") + of("refuted"));
}

function progress(done: number, { disagreements }: Tally): void {
  const minutes = Math.round(performance.now() / 60_000);
  process.stderr.write(`${[`${done} after ${minutes} minutes`, ...disagreements].join("\n")}\n`);
}

describeWithTerraform("verdicts and packets, over random topologies", () => {
  it(
    "agree at every boundary",
    async () => {
      const tally = emptyTally();
      for (let at = FIRST; at < FIRST + RUNS; at += AT_ONCE) {
        const count = Math.min(AT_ONCE, FIRST + RUNS - at);
        await checkSites(
          Array.from({ length: count }, (_, more) => at + more),
          tally,
        );
        removeSandboxes();
        if (RUNS > 100) progress(at + count, tally);
      }
      const lines = [...tally.counts, ...tally.reasons].map(([key, times]) => `${times} ${key}`);
      process.stdout.write(`${lines.sort().join("\n")}\n`);
      expect(tally.disagreements).toEqual([]);
      for (const input of RUNS < ENOUGH ? [] : ["planned", "after", "state"]) {
        expect({ input, open: shareOpen(tally, input) }).toEqual({ input, open: false });
      }
    },
    60_000 + RUNS * 20_000,
  );
});
