import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { decodeText } from "../read/decode-text";
import { InputError } from "../read/input-error";
import { parseRawState } from "../read/raw-state";
import { parseTerraformGraph } from "../read/terraform-graph";
import { renderJson } from "../report/json";
import { renderText } from "../report/text";
import { ASSUMPTION_IDS } from "../rules/assumption-ids";
import { type Config, ConfigError, NO_CONFIG, parseConfig } from "../rules/config";
import { reviewInputs } from "../rules/review";
import type { Review } from "../rules/review-types";
import { todayFrom } from "../rules/today";
import { exitCodeOf, STATEMENTS, type Statement } from "./exit-code";
import { loadInputs, loadSidecars } from "./load";
import { loadBeside } from "./load-beside";
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
}

const DEFAULT_CONFIG = "originproof.config.json";

const RENDERERS: Readonly<Record<string, (review: Review, width: number) => string>> = {
  text: (review, width) => renderText(review, { width }),
  json: renderJson,
};

/** Runs a review, writes its reports and returns the exit code. */
export function runReview(files: readonly string[], command: ReviewCommand): number {
  const formats = (command.format ?? ["text"]).map(formatOf);
  const required = statementsOf(command.requireProof);
  const config = loadConfig(command.config);
  const { reads, sidecars } = loadInputs(files);
  const declared = command.synth === undefined ? [] : loadSidecars(command.synth);
  const review = reviewInputs(reads, {
    sidecars: [...sidecars, ...declared],
    config,
    graphs: loadBeside("--graph", command.graph, reads, parseTerraformGraph),
    states: loadBeside("--state", command.state, reads, parseRawState),
    forbiddenAssumptions: (command.forbidAssumption ?? []).map(assumptionOf),
    today: todayFrom(process.env.SOURCE_DATE_EPOCH),
  });
  for (const { render, file } of formats) {
    const text = render(review, process.stdout.columns ?? 80);
    file === undefined ? process.stdout.write(text) : writeReport(file, text);
  }
  return exitCodeOf(review, required);
}

function formatOf(option: string): {
  render: (review: Review, width: number) => string;
  file?: string;
} {
  const [name = "", ...rest] = option.split("=");
  const render = Object.hasOwn(RENDERERS, name) ? RENDERERS[name] : undefined;
  if (render === undefined) {
    const known = Object.keys(RENDERERS).join(", ");
    throw new UsageError(`'--format' got ${JSON.stringify(name)}; use one of ${known}`);
  }
  const file = rest.join("=");
  return file === "" ? { render } : { render, file };
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

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(file, `can't be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
