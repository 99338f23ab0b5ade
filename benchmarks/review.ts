import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inTurn, usageOf } from "./measure";
import { plansIn } from "./plans";

export interface ReviewFigures {
  readonly part: number;
  readonly bytes: number;
  /** Of `JSON.parse` on the file, reading it included, and of the whole review; without start-up. */
  readonly parse: number;
  readonly review: number;
  /** The largest memory of the review, start-up included. */
  readonly peak: number;
}

const COMMAND = join("dist", "cli", "main.js");
/** A plan that does nothing: what a review of it takes is start-up. */
const EMPTY = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  resource_changes: [],
  configuration: { root_module: {} },
};
const PARSE = "JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))";

/** Reviews parts of the large plan beside `JSON.parse` of the same files. */
export async function reviewFigures(
  folder: string,
  rounds: number,
): Promise<readonly ReviewFigures[]> {
  const plans = await plansIn(folder, [0.24, 0.5, 1]);
  const empty = join(folder, "plan-empty.json");
  writeFileSync(empty, JSON.stringify(EMPTY));
  return plans.map(({ part, file }) => {
    const used = inTurn(rounds, {
      node: () => usageOf(["-e", "0"], folder),
      parse: () => usageOf(["-e", PARSE, file], folder),
      start: () => usageOf([COMMAND, "review", empty], folder),
      review: () => usageOf([COMMAND, "review", file], folder),
    });
    return {
      part,
      bytes: statSync(file).size,
      parse: used.parse.seconds - used.node.seconds,
      review: used.review.seconds - used.start.seconds,
      peak: used.review.peak,
    };
  });
}
