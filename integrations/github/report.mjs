// Outputs and annotations of a review: node report.mjs <folder of reports> <working directory> <annotate>
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";

const [, , folder, workingDirectory, annotate] = process.argv;
const review = JSON.parse(readFileSync(join(folder, "review.json"), "utf8"));

/** The worst of the three statements over all paths. */
function verdictOf({ summary }) {
  const statements = [summary.availability, summary.exclusivity, summary.rollout];
  if (statements.some(({ refuted }) => refuted > 0)) return "refuted";
  if (statements.some(({ undetermined }) => undetermined > 0)) return "undetermined";
  return summary.paths > 0 ? "proved" : "none";
}

function count(severity) {
  return review.findings.filter((each) => each.severity === severity && each.acknowledged === null)
    .length;
}

/** Reports name files from the working directory, GitHub those from the repository's root. */
const prefix = posix.normalize(workingDirectory.replaceAll("\\", "/")).replace(/\/+$/, "");

function fromRoot(file) {
  const isRelative = !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(file);
  return isRelative && prefix !== "." && prefix !== "" ? `${prefix}/${file}` : file;
}

function escaped(text) {
  return text
    .replace(/%/g, "%25")
    .replace(/\r/g, "%0D")
    .replace(/\n/g, "%0A")
    .replace(/:/g, "%3A")
    .replace(/,/g, "%2C");
}

const sarifFile = join(folder, "review.sarif");
const sarif = JSON.parse(readFileSync(sarifFile, "utf8"), (key, value) =>
  key === "artifactLocation" && typeof value?.uri === "string"
    ? { ...value, uri: fromRoot(value.uri) }
    : value,
);
writeFileSync(sarifFile, `${JSON.stringify(sarif, null, 2)}\n`);

if (annotate === "true") {
  const annotations = readFileSync(join(folder, "annotations.txt"), "utf8");
  const before = prefix === "." || prefix === "" ? "" : escaped(`${prefix}/`);
  process.stdout.write(
    annotations.replace(/^(::[a-z]+ file=)(?!\/)/gm, (found) => `${found}${before}`),
  );
}

const outputs = {
  verdict: verdictOf(review),
  errors: count("error"),
  warnings: count("warning"),
  new: review.change?.added.length ?? "",
};
const text = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
appendFileSync(process.env.GITHUB_OUTPUT, text.join(""));
