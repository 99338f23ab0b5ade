import {
  BROKEN_EXAMPLES,
  expectGolden,
  goldenPages,
  removeBrokenExamples,
  reviewBroken,
} from "../../support/broken-examples";
import { readReport } from "./reading";

/*
 * The comment on each broken example, with the command and its exit code:
 * test/golden/markdown/<example>.md. `UPDATE_GOLDENS=1 npx jest test/report/markdown/golden` writes
 * them.
 */
const PAGES = [
  ...BROKEN_EXAMPLES.map((example) => [example, example, "markdown"] as const),
  ["range-missing-gitlab", "range-missing", "markdown-gitlab"] as const,
];

function page(example: string, format: string): string {
  const { stdout, stderr, status } = reviewBroken(example, format);
  expect(stderr).toBe("");
  expect(readReport(stdout, "https://unpkg.com/originproof/docs/rules/").problems).toEqual([]);
  return [
    `# ${example}`,
    `The comment on [examples/broken/${example}](../../../examples/broken/${example}/README.md).`,
    `\`\`\`\`\n$ originproof review cdktf.out --format ${format}\n\n${stdout}\`\`\`\``,
    `Exit code: ${status}\n`,
  ].join("\n\n");
}

describe("the comment on a broken example", () => {
  afterAll(removeBrokenExamples);

  it.each(PAGES)("%s", (name, example, format) => {
    expectGolden(`markdown/${name}.md`, page(example, format));
  });

  it("has no page of an example that is gone", () => {
    expect(goldenPages("markdown")).toEqual(PAGES.map(([name]) => name).sort());
  });
});
