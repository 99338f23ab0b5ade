import { App, TerraformStack, Testing } from "cdktf";
import type { IConstruct } from "constructs";
import { parseInput } from "../read/parse-input";
import { reviewInputs } from "../rules/review";
import type { PathReport, Review } from "../rules/review-types";
import { configOfFolder, todayOfRun } from "../synth/config-file";
import { pathsBelow, recordsWithoutPath } from "../synth/required-paths";
import { sidecarOf } from "../synth/sidecar";

/** An app, one of its stacks, or Terraform JSON: synth output, a plan, a state. */
export type Reviewable = App | TerraformStack | string;

/** A review, with what it is asked about. */
export interface Reviewed {
  readonly review: Review;
  /** The paths whose record is in what was given. */
  readonly paths: readonly PathReport[];
  /** Records of the library without a path, by construct path: nothing is proved of them. */
  readonly pathless: readonly string[];
  /** What else would fail the synth: validations, and annotations that are errors. */
  readonly errors: readonly string[];
}

/**
 * Reviews as the synth does, without writing a file: aspects, references between stacks and
 * validations included, which `Testing.synth` leaves out. A stack is reviewed together with the
 * others of its app, and judged by its own records.
 *
 * @throws Error for what can't be reviewed
 */
export function reviewOf(received: Reviewable): Reviewed {
  const config = configOfFolder();
  const today = todayOfRun();
  if (typeof received === "string") {
    const review = reviewInputs([parseInput(received, "the JSON given")], { config, today });
    return { review, paths: review.paths, pathless: [], errors: [] };
  }
  if (!App.isApp(received) && !TerraformStack.isStack(received)) {
    throw new Error("originproof/jest: give an App, a TerraformStack or Terraform JSON as text");
  }
  const { root } = received.node;
  const stacks = root.node.findAll().filter(TerraformStack.isStack);
  const written = synthesize(stacks);
  const sidecars = written.map(({ sidecar }) => sidecar);
  const reads = written.map(({ text, id }) => parseInput(text, id));
  const review = reviewInputs(reads, { sidecars, config, today });
  const paths = App.isApp(received)
    ? review.paths
    : pathsBelow(review, sidecars, [received.node.path]);
  const pathless = recordsWithoutPath(review, root, [received.node.path]);
  return { review, paths, pathless, errors: errorsOf(received) };
}

function synthesize(stacks: readonly TerraformStack[]) {
  if (stacks.length > 1) {
    // Makes the outputs and remote states that stacks read each other's values by.
    for (const stack of stacks) {
      stack.prepareStack();
    }
  }
  return stacks.map((stack) => {
    const text = Testing.synth(stack);
    return { id: stack.node.id, text, sidecar: sidecarOf(stack, JSON.parse(text)) };
  });
}

function errorsOf(scope: App | TerraformStack): readonly string[] {
  const stacks = scope.node.findAll().filter(TerraformStack.isStack);
  return stacks.flatMap((stack) => [...validationErrors(stack), ...annotationsOf(stack)]);
}

function validationErrors(stack: TerraformStack): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
}

function annotationsOf(stack: IConstruct): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === "@cdktf/error")
        .map(({ data }) => `[${node.path}] ${String(data)}`),
    );
}
