import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { JsonObject } from "../model/value";
import type { Sidecar } from "../read/sidecar";
import { readSynth } from "../read/synth";
import { renderText } from "../report/text";
import { reviewInputs } from "../rules/review";
import type { Review } from "../rules/review-types";
import { configOfFolder, todayOfRun } from "./config-file";
import {
  isUndetermined,
  pathsBelow,
  recordsWithoutPath,
  requiredBelow,
  withoutPathText,
} from "./required-paths";
import { sidecarOf } from "./sidecar";

/** Shared by all copies of the library, so that an app with two is proved once. */
const PROVED_AT_SYNTH = Symbol.for("originproof/proved-at-synth");

/** Text width of the report: cdktf prints it in a box of its own. */
const WIDTH = 80;

/** One stack as written. */
interface WrittenStack {
  readonly id: string;
  readonly json: JsonObject;
  readonly sidecar: Sidecar;
}

/**
 * Adds one validation to the app, however often it is called: once all stack files are written, it
 * proves them together, raw resources included. A refuted path or another error fails the synth
 * with the report; what is undetermined or merely a warning goes to stderr. It does nothing where
 * the tree has no app. `Testing.synth` runs no validation of an app, and `skipValidation: true`
 * turns this one off too, so `originproof review` in CI does the proof again.
 *
 * @param scope any construct of the app
 */
export function ensureProof(scope: IConstruct): void {
  const app = scope.node.root;
  if (!App.isApp(app) || Object.hasOwn(app, PROVED_AT_SYNTH)) {
    return;
  }
  Object.defineProperty(app, PROVED_AT_SYNTH, { value: true });
  app.node.addValidation({ validate: () => proveWritten(app) });
}

/** @returns the errors of the validation: the report, or nothing */
function proveWritten(app: App): string[] {
  if (app.hclOutput && requiredBelow(app).length > 0) {
    return ["requireProof: nothing is proved with hclOutput; write JSON"];
  }
  if (app.hclOutput) {
    process.stderr.write("originproof: nothing is proved at synth with hclOutput; write JSON\n");
    return [];
  }
  // From the tree: the folder keeps stacks that the app no longer has.
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  const written = stacks.map((stack) => readWritten(app, stack));
  const review = reviewStacks(written);
  const text = renderText(review, { width: WIDTH });
  if (
    review.findings.some(
      ({ severity, acknowledged }) => severity === "error" && acknowledged === null,
    )
  ) {
    return [`\n${text}`];
  }
  const missing = missingOf(app, review, written);
  if (missing.length > 0) {
    return [`\n${text}\n${missing.map((each) => `requireProof: ${each}`).join("\n")}`];
  }
  if (isWorthReading(review)) {
    process.stderr.write(`${text.trimEnd()}\n`);
  }
  return [];
}

/** A finding, an open question, or something that weakens the proof: every report lists it. */
function isWorthReading({ findings, summary, weakened }: Review): boolean {
  const open = summary.availability.undetermined + summary.exclusivity.undetermined;
  return findings.length + weakened.length + open > 0;
}

/** What `requireProof` wants decided and that is not. */
function missingOf(app: App, review: Review, written: readonly WrittenStack[]): string[] {
  const required = requiredBelow(app);
  const sidecars = written.map(({ sidecar }) => sidecar);
  const open = pathsBelow(review, sidecars, required).filter(isUndetermined).length;
  const paths = open === 1 ? "a path is" : `${open} paths are`;
  return [
    ...recordsWithoutPath(review, app, required).map(withoutPathText),
    ...(open === 0 ? [] : [`${paths} undetermined, for the reasons above`]),
  ];
}

function reviewStacks(stacks: readonly WrittenStack[]): Review {
  const reads = stacks.map(({ id, json }) => readSynth(json, id));
  const sidecars = stacks.map(({ sidecar }) => sidecar);
  return reviewInputs(reads, { sidecars, config: configOfFolder(), today: todayOfRun() });
}

/** Reads a stack's file and writes the sidecar beside it. */
function readWritten(app: App, stack: TerraformStack): WrittenStack {
  const file = join(app.outdir, app.manifest.forStack(stack).synthesizedStackPath);
  const json: JsonObject = JSON.parse(readFileSync(file, "utf8"));
  const sidecar = sidecarOf(stack, json);
  const folder = dirname(file);
  writeFileSync(join(folder, "originproof.json"), `${JSON.stringify(sidecar, null, 2)}\n`);
  return { id: stack.node.id, json, sidecar };
}
