// A report of our own: one line per hostname for the chat, with a rule of our own beside the
// library's. It imports what any program would: originproof/review.
import { readFileSync } from "node:fs";
import {
  defineRule,
  type Finding,
  InputError,
  parseInput,
  type Review,
  reviewInputs,
} from "originproof/review";

const onePath = defineRule({
  id: "ours/more-than-one-path",
  severity: "warning",
  title: "A hostname has more than one path",
  check: ({ proved }) => {
    const paths = new Map<string, number[]>();
    for (const [index, { path }] of proved.entries()) {
      const { hostname } = path.flow;
      paths.set(hostname, [...(paths.get(hostname) ?? []), index]);
    }
    return [...paths]
      .filter(([, indexes]) => indexes.length > 1)
      .map(([hostname, indexes]) => ({
        subject: hostname,
        paths: indexes,
        witness: null,
        what: `${hostname} has ${indexes.length} paths`,
        why: "We agreed on one origin, address family and port for each hostname.",
        fix: "remove the records that are not needed",
      }));
  },
});

/** `www.example.com: availability refuted (131.0.72.0 gets Error 522), exclusivity proved`. */
function chatReport(review: Review): string {
  const lines = review.paths.map(({ hostname, availability, exclusivity }) => {
    const { witness, error } = availability;
    const stopped = witness === null ? "" : ` (${witness} gets Error ${error})`;
    return `${hostname}: availability ${availability.verdict}${stopped}, exclusivity ${exclusivity.verdict}`;
  });
  const findings = review.findings.map(({ rule, subject, fix }: Finding) => {
    return `  ${rule} at ${subject}: ${fix}`;
  });
  return [...new Set(lines), ...findings].join("\n");
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(file, `can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Prints the report, and says by the exit code whether the change may go on. */
function main(file: string): number {
  try {
    const input = parseInput(readText(file), file);
    const review = reviewInputs([input], { rules: [onePath] });
    console.log(chatReport(review));
    const blocking = review.findings.filter(
      ({ severity, acknowledged }) => severity === "error" && acknowledged === null,
    );
    return blocking.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof InputError) {
      console.error(error.message);
      return 2;
    }
    throw error;
  }
}

process.exitCode = main(process.argv[2] ?? "plan.json");
