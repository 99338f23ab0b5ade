import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a program used: processor time of all its threads, and its largest memory. */
export interface Usage {
  readonly seconds: number;
  /** In bytes. */
  readonly peak: number;
}

/** Runs a program of Node to its end and tells what it used. */
export function usageOf(args: readonly string[], folder: string): Usage & { output: string } {
  const file = join(folder, "usage.json");
  rmSync(file, { force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", join(__dirname, "usage.cjs"), ...args],
    {
      encoding: "utf8",
      env: { ...process.env, BENCHMARK_USAGE: file },
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) {
    throw new Error(`${args.join(" ")} ended with ${status}\n${stderr}`);
  }
  return { ...JSON.parse(readFileSync(file, "utf8")), output: stdout };
}

/** Runs several programs in turn, so that a slow minute of the machine is slow for all. */
export function inTurn<K extends string>(
  rounds: number,
  programs: Readonly<Record<K, () => Usage>>,
): Readonly<Record<K, Usage>> {
  const names = Object.keys(programs) as K[];
  const all = Array.from({ length: rounds }, () => names.map((name) => programs[name]()));
  const entries = names.map((name, at) => {
    const used = all.flatMap((round) => round[at] ?? []);
    const seconds = median(used.map((each) => each.seconds));
    return [name, { seconds, peak: median(used.map((each) => each.peak)) }] as const;
  });
  return Object.fromEntries(entries) as Record<K, Usage>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
