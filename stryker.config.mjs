import { areaOf } from "./test/mutation/areas.mjs";

const { name, mutate } = areaOf(process.env.MUTATION_AREA);

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  plugins: ["./test/mutation/runner.mjs"],
  testRunner: "in-process",
  coverageAnalysis: "perTest",
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: `tmp/mutation/${name}.json` },
  clearTextReporter: { allowColor: false, reportTests: false },
  tempDirName: "tmp/stryker",
  ignorePatterns: ["tmp", "dist", "cdktf.out", "docs", "examples", "benchmarks", "*.tfstate"],
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
  timeoutMS: 3_000,
  timeoutFactor: 1.5,
  dryRunTimeoutMinutes: 20,
};
