// npm run corpus: reviews every plan of the corpus, prints recall and false alarms, and writes the
// table in docs/corpus.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeOf } from "./check";
import { entryNames, readEntry } from "./files";
import { pageOf, totalsOf } from "./page";

const PAGE = join(__dirname, "..", "..", "docs", "corpus.md");

function main(wanted: readonly string[]): void {
  const names = entryNames().filter(
    (name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
  );
  const outcomes = names.map((name) => outcomeOf(readEntry(name)));
  for (const { name, missed, falseAlarms, different } of outcomes) {
    for (const line of missed) console.log(`missed       ${name}: ${line}`);
    for (const line of falseAlarms) console.log(`false alarm  ${name}: ${line}`);
    for (const line of different) console.log(`different    ${name}: ${line}`);
  }
  const { plans, recall, falseAlarms, different } = totalsOf(outcomes);
  console.log(`${plans} plans · recall ${recall} · false alarms ${falseAlarms}`);
  if (wanted.length === 0) writeFileSync(PAGE, pageOf(outcomes));
  const clean = outcomes.every(({ missed }) => missed.length === 0);
  process.exitCode = clean && falseAlarms === 0 && different === 0 ? 0 : 1;
}

if (require.main === module) main(process.argv.slice(2));
