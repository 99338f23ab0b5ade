import { existsSync, readFileSync } from "node:fs";
import { decodeText } from "../read/decode-text";
import { InputError } from "../read/input-error";
import { parseRawState } from "../read/raw-state";
import { parseTerraformGraph } from "../read/terraform-graph";
import { ASSUMPTION_IDS } from "../rules/assumption-ids";
import { type Config, ConfigError, NO_CONFIG, parseConfig } from "../rules/config";
import { type ReviewOptions, reviewInputs } from "../rules/review";
import { todayFrom } from "../rules/today";
import { type Base, loadBase, tellHints } from "./base";
import { exitCodeOf, FAIL_ON, type Gate, STATEMENTS, type Statement } from "./exit-code";
import { reportOf, writeReports } from "./formats";
import { DEFAULT_CONFIG } from "./init";
import { loadInputs, loadSidecars, loadStacks } from "./load";
import { loadBeside } from "./load-beside";
import { refuseOverwriting, type Used } from "./outputs";
import { packageVersion } from "./package-version";
import { UsageError } from "./usage-error";

/** Options of `originproof review`, as the command line gives them. */
export interface ReviewCommand {
  readonly format?: readonly string[];
  readonly synth?: string;
  /** Files, or `<input>=<file>` where there are several plans. */
  readonly graph?: readonly string[];
  readonly state?: readonly string[];
  readonly config?: string;
  readonly forbidAssumption?: readonly string[];
  /** Statements, with commas between them. */
  readonly requireProof?: string;
  /** The JSON of an earlier review, or what one can be made from. */
  readonly base?: string;
  readonly baseConfig?: string;
  readonly failOn?: string;
  readonly writeConfig?: boolean;
}

/** Runs a review, writes its reports and returns the exit code. */
export function runReview(files: readonly string[], command: ReviewCommand): number {
  const reports = (command.format ?? ["text"]).map(reportOf);
  refuseOverwriting({ outputs: reports.map(({ file }) => file), ...usedBy(files, command) });
  const gate = gateOf(command);
  const config = loadConfig(command.config);
  const { reads, sidecars, files: named } = loadInputs(files);
  const declared = command.synth === undefined ? [] : loadSidecars(command.synth);
  const options = {
    sidecars: [...sidecars, ...declared],
    config,
    forbiddenAssumptions: (command.forbidAssumption ?? []).map(assumptionOf),
    today: todayFrom(process.env.SOURCE_DATE_EPOCH),
  };
  const earlier = baseOf(command, options);
  const review = reviewInputs(reads, {
    ...options,
    graphs: loadBeside("--graph", command.graph, reads, parseTerraformGraph),
    states: loadBeside("--state", command.state, reads, parseRawState),
    stacks: command.synth === undefined || reads.length < 2 ? [] : loadStacks(command.synth),
    ...(earlier === undefined ? {} : { base: earlier }),
  });
  const file = command.config ?? DEFAULT_CONFIG;
  if (earlier !== undefined) {
    const shared = earlier.made && command.baseConfig === undefined && declares(config);
    tellHints(earlier, review, shared ? file : undefined);
  }
  const width = process.stdout.columns ?? 80;
  writeReports(reports, review, { width, version: packageVersion(), files: named, config: file });
  if (command.writeConfig === true) {
    const { writeConfig } = require("./write-config") as typeof import("./write-config");
    writeConfig(file, review, config);
  }
  return exitCodeOf(review, gate);
}

/** What the review reads, whether or not it is there. */
function usedBy(files: readonly string[], command: ReviewCommand): Omit<Used, "outputs"> {
  const { base, baseConfig, synth, config = DEFAULT_CONFIG, graph = [], state = [] } = command;
  const named = [base, baseConfig, synth, config].filter((file) => file !== undefined);
  return { inputs: [...files, ...named], beside: [...graph, ...state] };
}

function baseOf(command: ReviewCommand, options: ReviewOptions): Base | undefined {
  const { base, baseConfig } = command;
  if (base === undefined) {
    return undefined;
  }
  const config = baseConfig === undefined ? {} : { config: loadConfig(baseConfig) };
  return loadBase(base, { ...options, ...config });
}

function declares({ acknowledged, exceptions }: Config): boolean {
  return acknowledged.length + exceptions.length > 0;
}

function gateOf({ requireProof, failOn = "error", base, baseConfig }: ReviewCommand): Gate {
  const on = FAIL_ON.find((each) => each === failOn);
  if (on === undefined) {
    const got = JSON.stringify(failOn);
    throw new UsageError(`'--fail-on' got ${got}; use one of ${FAIL_ON.join(", ")}`);
  }
  if (base === undefined && on === "new") {
    throw new UsageError("'--fail-on new' needs '--base <file>', the review to compare with");
  }
  if (base === undefined && baseConfig !== undefined) {
    throw new UsageError("'--base-config' needs '--base <file>', the review to compare with");
  }
  return { required: statementsOf(requireProof), failOn: on };
}

function statementsOf(option: string | undefined): readonly Statement[] {
  if (option === undefined) {
    return [];
  }
  return option.split(",").map((name) => {
    const known = STATEMENTS.find((statement) => statement === name);
    if (known === undefined) {
      const all = STATEMENTS.join(", ");
      throw new UsageError(`'--require-proof' got ${JSON.stringify(name)}; use ${all}`);
    }
    return known;
  });
}

/** A misspelt id would forbid nothing, and nobody would know. */
function assumptionOf(id: string): string {
  if (!ASSUMPTION_IDS.includes(id)) {
    const all = ASSUMPTION_IDS.join(", ");
    throw new UsageError(`'--forbid-assumption' got ${JSON.stringify(id)}; use one of ${all}`);
  }
  return id;
}

/** @throws ConfigError, InputError where the file, named or found, can't be used */
export function loadConfig(named: string | undefined): Config {
  const file = named ?? DEFAULT_CONFIG;
  if (named === undefined && !existsSync(file)) {
    return NO_CONFIG;
  }
  try {
    return parseConfig(decodeText(readFileSync(file)), file);
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    throw new InputError(file, `can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
