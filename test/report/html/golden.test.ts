import { join } from "node:path";
import {
  BROKEN_EXAMPLES,
  expectGolden,
  goldenPages,
  removeBrokenExamples,
  reviewBroken,
} from "../../support/broken-examples";
import { describeWithChromium, Viewer } from "../../support/browser";

/*
 * The page of each broken example as a screen reader gets it, with the command and its exit code:
 * test/golden/html/<example>.md. `UPDATE_GOLDENS=1 npx jest test/report/html/golden` writes them.
 */
describeWithChromium("the page of a broken example", () => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await Viewer.start();
  });
  afterAll(async () => {
    await viewer.close();
    removeBrokenExamples();
  });

  it.each(BROKEN_EXAMPLES)("%s", async (example) => {
    const { folder, stdout, stderr, status } = reviewBroken(example, "html=report.html");
    const { page, problems } = await viewer.openFile(join(folder, "report.html"));
    await page.evaluate(
      'document.querySelectorAll("details").forEach((each) => { each.open = true; })',
    );
    const tree = await page.locator("body").ariaSnapshot();
    await page.context().close();
    expect({ printed: stdout + stderr, problems }).toEqual({ printed: "", problems: [] });
    const now = [
      `# ${example}`,
      `What a screen reader gets of the page for [examples/broken/${example}](../../../examples/broken/${example}/README.md).`,
      `\`\`\`\n$ originproof review cdktf.out --format html=report.html\n\`\`\``,
      `\`\`\`yaml\n${tree}\n\`\`\``,
      `Exit code: ${status}\n`,
    ].join("\n\n");
    expectGolden(`html/${example}.md`, now);
  });

  it("has a golden page each", () => {
    expect(goldenPages("html")).toEqual([...BROKEN_EXAMPLES].sort());
  });
});
