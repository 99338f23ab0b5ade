import { basename } from "node:path";
import { parseInput } from "../read/parse-input";
import { isReview, parseReview } from "../rules/parse-review";
import { type ReviewOptions, reviewInputs } from "../rules/review";
import type { Review } from "../rules/review-types";
import { CONFIGURATION, isFolder, type Loaded, loadInputs, readText } from "./load";

/** An earlier review to compare with, and how reports call it. */
export type Base = NonNullable<ReviewOptions["base"]>;

/**
 * Reads what `--base` names: the JSON of a review, or what a review can be made from, which is
 * reviewed with the same options.
 *
 * @throws InputError where it is neither
 */
export function loadBase(name: string, options: ReviewOptions): Base {
  const found = read(name);
  if (found.review !== undefined) {
    return { name, review: found.review };
  }
  const { reads, sidecars } = found.loaded;
  const known = sidecars.length > 0 ? sidecars : (options.sidecars ?? []);
  return { name, review: reviewInputs(reads, { ...options, sidecars: known }) };
}

type Read =
  | { readonly review: Review }
  | { readonly review?: never; readonly loaded: Pick<Loaded, "reads" | "sidecars"> };

/** A file is read once: it may be a pipe, as of `<(git show main:review.json)`. */
function read(name: string): Read {
  if (name !== "-" && (isFolder(name) || basename(name) === CONFIGURATION)) {
    return { loaded: loadInputs([name]) };
  }
  const label = name === "-" ? "standard input" : name;
  const text = readText(name === "-" ? 0 : name, label);
  const json = jsonOf(text);
  return isReview(json)
    ? { review: parseReview(json, label) }
    : { loaded: { reads: [parseInput(text, label)], sidecars: [] } };
}

/** What is no JSON is told as of any input. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
