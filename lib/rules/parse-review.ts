import { isObject, type JsonObject } from "../model/value";
import { InputError } from "../read/input-error";
import { ReviewSchema } from "./review-schema";
import type { Review } from "./review-types";

/** What to do about a review that can't be read. */
export const MAKE_AGAIN =
  "make it again with this version: originproof review <file…> --format json=base.json";

/** Is a document the JSON of a review, of whichever version? */
export function isReview(json: unknown): json is JsonObject {
  return isObject(json) && Object.hasOwn(json, "schemaVersion") && Object.hasOwn(json, "findings");
}

/**
 * Reads what `--format json` wrote.
 *
 * @param json the document, parsed
 * @param label how errors call it
 * @throws InputError where it is no review of this `schemaVersion`
 */
export function parseReview(json: unknown, label: string): Review {
  if (!isReview(json)) {
    throw new InputError(label, `is no review; ${MAKE_AGAIN}`);
  }
  const { schemaVersion } = json;
  if (schemaVersion !== 1) {
    const newer = typeof schemaVersion === "number" && schemaVersion > 1;
    const got = JSON.stringify(schemaVersion)?.slice(0, 20);
    const todo = newer
      ? "use the version of originproof that wrote it, or a later one"
      : MAKE_AGAIN;
    throw new InputError(
      label,
      `is a review of schemaVersion ${got}; this version reads 1; ${todo}`,
    );
  }
  const parsed = ReviewSchema.safeParse(json);
  if (parsed.success) {
    refuseStrayIndexes(parsed.data, label);
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const at = issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]] : issue?.path;
  const name = `'${(at ?? []).map(String).join(".").slice(0, 200)}'`;
  throw new InputError(label, `is a review whose ${name} can't be read; ${MAKE_AGAIN}`);
}

/** Findings and drift name paths by their index: one that leads nowhere would count as no path. */
function refuseStrayIndexes({ paths, findings, drift }: Review, label: string): void {
  for (const [name, list] of Object.entries({ findings, drift })) {
    const at = list.findIndex((each) => each.paths.some((index) => index >= paths.length));
    if (at >= 0) {
      const where = `${name}.${at}.paths`;
      throw new InputError(
        label,
        `is a review whose '${where}' names no path of it; ${MAKE_AGAIN}`,
      );
    }
  }
}
