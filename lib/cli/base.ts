import { basename } from "node:path";
import { InputError } from "../read/input-error";
import { parseInput } from "../read/parse-input";
import { forTerminal } from "../report/escape";
import { isReview, MAKE_AGAIN, parseReview } from "../rules/parse-review";
import { type ReviewOptions, reviewInputs } from "../rules/review";
import type { Review } from "../rules/review-types";
import { CONFIGURATION, isFolder, type Loaded, loadInputs, readText } from "./load";

/** An earlier review to compare with, and how reports call it. */
export interface Base {
  readonly name: string;
  readonly review: Review;
  /** False: it was given as the JSON of a review. */
  readonly made: boolean;
}

/**
 * Reads what `--base` names: the JSON of a review, or what a review can be made from, which is
 * reviewed with the same options.
 *
 * @throws InputError where it is neither
 */
export function loadBase(file: string, options: ReviewOptions): Base {
  const name = file === "-" ? "standard input" : file;
  const found = read(file, name);
  if (found.review !== undefined) {
    return { name, review: found.review, made: false };
  }
  const { reads, sidecars } = found.loaded;
  const known = sidecars.length > 0 ? sidecars : (options.sidecars ?? []);
  return { name, review: reviewInputs(reads, { ...options, sidecars: known }), made: true };
}

type Read =
  | { readonly review: Review }
  | { readonly review?: never; readonly loaded: Pick<Loaded, "reads" | "sidecars"> };

/** A file is read once: it may be a pipe, as of `<(git show main:review.json)`. */
function read(file: string, label: string): Read {
  if (file !== "-" && (isFolder(file) || basename(file) === CONFIGURATION)) {
    return { loaded: loadInputs([file]) };
  }
  const text = readText(file === "-" ? 0 : file, label);
  const json = jsonOf(text, label);
  return isReview(json)
    ? { review: parseReview(json, label) }
    : { loaded: { reads: [parseInput(text, label)], sidecars: [] } };
}

/** What is no Terraform JSON either is told as of any input, but for a review that was cut off. */
function jsonOf(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (/^\s*\{\s*"schemaVersion":/.test(text)) {
      throw new InputError(label, `is a review that was cut off; ${MAKE_AGAIN}`);
    }
    return undefined;
  }
}

/**
 * Tells, on standard error where no report goes, what makes a difference, or hides one, that is no
 * doing of the change that is reviewed.
 *
 * @param sharedConfig the configuration that counts for both, if it declares something
 */
export function tellHints(
  { name, review }: Base,
  head: Review,
  sharedConfig: string | undefined,
): void {
  if (review.edge.digest !== head.edge.digest) {
    const [then, now] = [review.edge.date, head.edge.date];
    hint(
      `${name} knows Cloudflare's ranges of ${then}, this review those of ${now}: a finding may be new for that alone`,
    );
  }
  if (sharedConfig !== undefined) {
    hint(
      `${sharedConfig} counts for ${name} too, so what is new in it is not told; give the one of the base with --base-config`,
    );
  }
}

function hint(line: string): void {
  process.stderr.write(`originproof: ${forTerminal(line)}\n`);
}
