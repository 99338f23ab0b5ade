import { posix } from "node:path";
import type { Finding } from "../rules/finding";
import type { Review } from "../rules/review-types";
import { CONFIG_FILE } from "../rules/weakening";

/** Where the inputs of a review lie, for reports that point at files. */
export interface Files {
  /**
   * The file of each input by its label, relative to the folder that the command runs in, or
   * absolute where it lies outside; null of standard input.
   */
  readonly files?: ReadonlyMap<string, string | null>;
  /** The configuration file. @default "originproof.config.json" */
  readonly config?: string;
}

/** A line of a file, with `/` between its parts. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** It lies outside the folder that the command runs in. */
  readonly outside: boolean;
}

/** What a plan from standard input is called. */
const STANDARD_INPUT = "standard-input.json";

/** The user's own line where it is known, else the file that the finding is read from. */
export function placeOf(
  { source, subject, constructPath, paths }: Finding,
  review: Review,
  { files = new Map(), config = CONFIG_FILE }: Files,
): Place {
  const own = source === null ? undefined : placeIn(source.file, source.line);
  if (own !== undefined && !own.outside) {
    return own;
  }
  if (subject === CONFIG_FILE && constructPath === null) {
    return placeIn(config, 1) ?? UNNAMED;
  }
  const label = review.paths[paths[0] ?? -1]?.input ?? [...files.keys()][0] ?? "";
  const file = files.has(label) ? files.get(label) : label;
  return (file === null || file === undefined ? undefined : placeIn(file, 1)) ?? UNNAMED;
}

const UNNAMED: Place = { file: STANDARD_INPUT, line: 1, outside: false };

function placeIn(name: string, line: number): Place | undefined {
  const file = posix.normalize(name.replaceAll("\\", "/")).replace(/\/+$/, "");
  const outside = file.startsWith("../") || file === ".." || /^(\/|[a-z]:\/)/i.test(file);
  return file === "." || file === "" ? undefined : { file, line: Math.max(1, line), outside };
}
