import type { Invocation, Log, Result, Run } from "sarif";
import type { Review } from "../rules/review-types";
import { safeJson } from "./json";
import type { Files } from "./place";
import { type Compared, comparedFindings, resultOf } from "./sarif-result";
import { descriptorsOf } from "./sarif-rule";

/** Options of `renderSarif`. */
export interface SarifOptions extends Files {
  /** Of originproof. */
  readonly version?: string;
  /** The Markdown of a rule's page in docs/rules, for the help beside its results. */
  readonly page?: (rule: string) => string | undefined;
}

/**
 * GitHub takes 25,000 results and 10 MB of gzip, and refuses what has more. Ten million characters
 * are never more than that, whatever they are.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const MOST_RESULTS = 25_000;
const MOST_BYTES = 9_000_000;

/**
 * The findings as SARIF 2.1.0, worst first. Acknowledged ones are suppressed; with a base, each
 * says whether it is new. What is fixed is not there: viewers would show it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(review: Review, options: SarifOptions = {}): string {
  const compared = comparedFindings(review);
  const rules = descriptorsOf(
    compared.map(({ finding }) => finding),
    options.page,
  );
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = withinLimits(compared, (each) =>
    resultOf(each, indexes.get(each.finding.rule) ?? -1, [review, options]),
  );
  const { version } = options;
  const run: Run = {
    tool: {
      driver: {
        name: "originproof",
        ...(version === undefined ? {} : { version, semanticVersion: version }),
        informationUri: "https://www.npmjs.com/package/originproof",
        rules: [...rules],
      },
    },
    invocations: [invocationOf(compared.length - results.length)],
    originalUriBaseIds: {
      "%SRCROOT%": { description: { text: "The folder that originproof ran in." } },
    },
    columnKind: "utf16CodeUnits",
    results: [...results],
    properties: { summary: review.summary, edge: review.edge },
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return safeJson(log);
}

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** As many of the findings as there is room for. */
function withinLimits(
  findings: readonly Compared[],
  resultFor: (each: Compared) => Result,
): readonly Result[] {
  const results: Result[] = [];
  let bytes = 0;
  for (const each of findings.slice(0, MOST_RESULTS)) {
    const result = resultFor(each);
    bytes += sizeOf(result);
    if (bytes > MOST_BYTES) {
      break;
    }
    results.push(result);
  }
  return results;
}

/** In the file, where every line of it is moved in by eight columns. */
function sizeOf(result: Result): number {
  const text = safeJson(result);
  return Buffer.byteLength(text) + 8 * text.split("\n").length;
}

function invocationOf(left: number): Invocation {
  if (left === 0) {
    return { executionSuccessful: true };
  }
  const text = `${left} result${left === 1 ? " is" : "s are"} left out, the least severe ones: GitHub takes no more. The JSON report has all.`;
  const descriptor = { id: "originproof/results-left-out" };
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: "warning", message: { text }, descriptor }],
  };
}
