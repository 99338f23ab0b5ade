import {
  BROKEN_EXAMPLES,
  expectGolden,
  goldenPages,
  removeBrokenExamples,
  reviewBroken,
} from "../support/broken-examples";
import { sarifProblems } from "../support/sarif-schema";

/*
 * What each format for machines, and the text, says of each broken example, with the command and
 * its exit code: test/golden/<format>/<example>.md. `UPDATE_GOLDENS=1` writes them.
 */
const FORMATS = ["text", "json", "sarif", "codequality"] as const;

afterAll(removeBrokenExamples);

describe.each(FORMATS)("--format %s", (format) => {
  it.each(BROKEN_EXAMPLES)("of the broken example %s", (example) => {
    const { stdout, stderr, status } = reviewBroken(example, format);
    expect(stderr).toBe("");
    const now = [
      `# ${example}`,
      `[examples/broken/${example}](../../../examples/broken/${example}/README.md)`,
      `\`\`\`\n$ originproof review cdktf.out --format ${format}\n\n${stdout}\`\`\``,
      `Exit code: ${status}\n`,
    ].join("\n\n");
    expectGolden(`${format}/${example}.md`, now);
  });

  it("has a golden page for each example and no other", () => {
    expect(goldenPages(format)).toEqual([...BROKEN_EXAMPLES].sort());
  });
});

it.each(BROKEN_EXAMPLES)("the SARIF of %s validates, and points at its lines", (example) => {
  const { stdout } = reviewBroken(example, "sarif");
  expect(sarifProblems(stdout)).toEqual([]);
  const [{ results }] = JSON.parse(stdout).runs;
  const places = results.map(
    (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
      result.locations[0]?.physicalLocation.artifactLocation.uri,
  );
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    expect(place).toMatch(/^(examples\/broken\/[a-z0-9-]+\/main\.ts|cdktf\.out\/stacks\/.*)$/);
  }
});
