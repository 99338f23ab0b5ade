import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInput, type Review, reviewInputs } from "originproof/review";
import { renderGithubAnnotations } from "../../lib/report/github-annotations";
import { HOSTILE_CASES, withHostile } from "../support/hostile";

const PLAN = join(__dirname, "../golden/inputs/range-removed.plan.json");
const REVIEW = reviewInputs([parseInput(readFileSync(PLAN, "utf8"), "plan")]);

/** As the runner does: `::name key=value,key=value::text`, with the escapes undone. */
function parsed(line: string) {
  const [, name = "", properties = "", text = ""] =
    /^::([a-z]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  const pairs = properties.split(",").map((pair) => pair.split("="));
  return {
    name,
    properties: Object.fromEntries(pairs.map(([key, ...rest]) => [key, undone(rest.join("="))])),
    text: undone(text),
  };
}

function undone(text: string): string {
  const from: Record<string, string> = { "0D": "\r", "0A": "\n", "3A": ":", "2C": ",", "25": "%" };
  return text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => from[code] ?? "");
}

function linesOf(review: Review): readonly string[] {
  const text = renderGithubAnnotations(review);
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function withFindings(count: number, change: Partial<Review> = {}): Review {
  const [finding] = REVIEW.findings;
  if (finding === undefined) throw new Error("the plan has no finding");
  const findings = Array.from({ length: count }, (_, index) => ({
    ...finding,
    subject: `aws_security_group.g${index}`,
    source: { file: "lib/main, 1.ts", line: index + 1 },
  }));
  return { ...REVIEW, findings, ...change };
}

it("says each open finding in one command", () => {
  const [finding] = REVIEW.findings;
  expect(linesOf(REVIEW).map(parsed)).toEqual([
    {
      name: "error",
      properties: { title: `${finding?.rule}: ${finding?.subject}` },
      text: `${finding?.what}\n${finding?.why}\nFix: ${finding?.fix}`,
    },
  ]);
});

it("points at the line, whatever the file is called", () => {
  const [line = ""] = linesOf(withFindings(1));
  expect(line).toContain("file=lib/main%2C 1.ts,line=1,title=");
  expect(parsed(line).properties).toMatchObject({ file: "lib/main, 1.ts", line: "1" });
});

it("leaves acknowledged findings out", () => {
  const review = withFindings(2);
  const acknowledged = { reason: "known", expires: null };
  const findings = review.findings.map((each) => ({ ...each, acknowledged }));
  expect(renderGithubAnnotations({ ...review, findings })).toBe("");
});

it("says how many do not fit, and puts what is new first", () => {
  const added = { base: "b", added: [14], fixed: [], unchanged: [], paths: [], weakened: [] };
  const lines = linesOf(withFindings(15, { change: added }));
  expect(lines).toHaveLength(11);
  expect(parsed(lines[0] ?? "").properties).toMatchObject({ line: "15" });
  expect(lines.at(-1)).toBe("::notice::5 more findings are in the report");
});

it.each(HOSTILE_CASES)("lets no text begin a command: %s", (_, hostile) => {
  const review = withHostile(withFindings(3), hostile);
  const lines = linesOf(review);
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const { name, properties, text } = parsed(line);
    expect(name).toBe("error");
    expect(Object.keys(properties)).toEqual(["file", "line", "title"]);
    expect(text.split("\n")).toHaveLength(3);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(line).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2028\u2029]/);
  }
});
