// npm run bench: reviews a large plan beside JSON.parse of it, and synthesizes beside raw cdktf;
// prints the tables and writes docs/benchmarks.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { page } from "./page";
import { reviewFigures } from "./review";
import { synthFigures } from "./synth";

const FOLDER = resolve("tmp", "bench");
/** A small synth takes so little that more runs are needed to tell. */
const ROUNDS = { review: 3, synth: 7 };

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const reviews = await reviewFigures(FOLDER, ROUNDS.review);
  const text = page(reviews, synthFigures(FOLDER, ROUNDS.synth), ROUNDS);
  writeFileSync("docs/benchmarks.md", text);
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
