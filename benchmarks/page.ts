import { cpus, totalmem } from "node:os";
import type { ReviewFigures } from "./review";
import type { SynthFigures } from "./synth";

/** The page of figures, as docs/benchmarks.md has it. */
export function page(
  reviews: readonly ReviewFigures[],
  synths: readonly SynthFigures[],
  rounds: { readonly review: number; readonly synth: number },
): string {
  const lines = [
    "# Benchmarks",
    "",
    "<!-- Written by npm run bench. -->",
    "",
    machineLine(),
    "",
    `Processor time (user and system, all threads; seconds), the median of ${rounds.review} runs unless it says otherwise. Programs that are compared run in turn, each in a process of its own. No test depends on these figures.`,
    "",
    ...reviewPart(reviews),
    ...synthPart(synths, rounds.synth),
  ];
  return `${lines.join("\n")}\n`;
}

function machineLine(): string {
  const [cpu, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  const model = cpu?.model.trim() || process.arch;
  return `\`npm run bench\`, ${date}, Node ${process.versions.node}, ${others.length + 1} × ${model}, ${memory} GiB of memory.`;
}

function reviewPart(figures: readonly ReviewFigures[]): readonly string[] {
  const rows = figures.map(({ part, bytes, parse, review, peak }, at) => {
    const before = figures[at - 1];
    const growth =
      before === undefined
        ? ""
        : `${(review / before.review).toFixed(2)} for ${(bytes / before.bytes).toFixed(2)}`;
    const cells = [
      part,
      (bytes / 1e6).toFixed(1),
      parse.toFixed(2),
      review.toFixed(2),
      (review / parse).toFixed(1),
      (peak / 1e6).toFixed(0),
      (peak / bytes).toFixed(1),
      growth,
    ];
    return row(cells);
  });
  return [
    "## Review of a plan",
    "",
    "A plan with 10,000 proxied records, 500 security groups of 44 rules and 50 application balancers with their second legs, and parts of it. Real Terraform plans a fiftieth of it in the sandbox; the rest are copies under other names. The review includes its report in text. Start-up (`node -e 0`; a review of an empty plan, which loads all of the program) is taken off; peak memory has it. `JSON.parse` includes reading the file.",
    "",
    row(["part", "MB", "JSON.parse", "review", "× parse", "peak MB", "× file", "time for size"]),
    row(Array.from({ length: 8 }, () => "---:")),
    ...rows,
    "",
    ...goals(figures),
    "",
  ];
}

function synthPart(figures: readonly SynthFigures[], rounds: number): readonly string[] {
  const rows = figures.map(({ records, by, raw, proved }) =>
    row([
      records,
      by,
      raw.synth.toFixed(2),
      proved.synth.toFixed(2),
      (proved.synth / raw.synth).toFixed(2),
      raw.whole.toFixed(2),
      proved.whole.toFixed(2),
      (proved.whole / raw.whole).toFixed(2),
    ]),
  );
  const isMet = figures.every(({ raw, proved }) => proved.synth <= 1.15 * raw.synth);
  const missed = figures
    .filter(({ raw, proved }) => proved.whole > 1.15 * raw.whole)
    .map(({ records, by }) => `${records} records by ${by}`);
  const whole = missed.length === 0 ? "reached" : `not reached at ${missed.join(" and ")}`;
  return [
    "## Synth with proof",
    "",
    `One origin behind its firewall, and records that lead to it: by the providers' own classes in cdktf, and by this library, which also proves what it wrote. Both write the same resources, compared by type and number. The median of ${rounds} runs in turn, of 3 at 10,000 records. What is compared is what the app does: it makes its constructs and calls \`synth()\`, which proves. The whole process adds the start of Node and the loading of cdktf and the providers' classes, and with proof that of this library, which takes the same at every size; the raw app loads nothing of it. \`node\` runs what was compiled before; \`ts-node\`, by which the template of cdktf runs an app, maps each frame of the stack traces that cdktf keeps, of which the library's records have fewer.`,
    "",
    row([
      "records",
      "run by",
      "raw cdktf",
      "with proof",
      "× raw",
      "whole: raw",
      "with proof",
      "× raw",
    ]),
    row(["---:", "---", ...Array.from({ length: 6 }, () => "---:")]),
    ...rows,
    "",
    `At most 1.15 times raw cdktf: ${met(isMet)}. Of the whole process: ${whole}.`,
  ];
}

/** Of the whole plan; the parts show how it grows. */
function goals(figures: readonly ReviewFigures[]): readonly string[] {
  const [whole, half] = [...figures].reverse();
  if (whole === undefined || half === undefined) {
    return [];
  }
  const linear = whole.review / half.review <= (1.1 * whole.bytes) / half.bytes;
  return [
    `At most 4 times \`JSON.parse\`: ${met(whole.review <= 4 * whole.parse)}. At most 8 times the file in memory: ${met(whole.peak <= 8 * whole.bytes)}. Twice the time for twice the input, and no more: ${met(linear)}.`,
  ];
}

function met(reached: boolean): string {
  return reached ? "reached" : "not reached";
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}
