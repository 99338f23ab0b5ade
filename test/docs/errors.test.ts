import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TITLED_CODES } from "../../lib/edge/errors";
import { type ErrorPage, errorPage } from "../../lib/edge/explained";
import { errorMarkdown } from "../../lib/report/error-markdown";
import { isRuleId } from "../../lib/rules/rule-ids";

/* `UPDATE_GOLDENS=1 npx jest test/docs/errors` writes the page; read the diff. */
const FILE = join(__dirname, "../../docs/errors.md");
const HEAD = `# Errors between Cloudflare and an origin

What a visitor sees when the edge does not get an answer from the origin, and what leads to it.
\`originproof explain 521\` prints one of these in the terminal. Which one a finding leads to is
decided by the hop that stops the connection: see [proof.md](proof.md).
`;

const PAGES = TITLED_CODES.flatMap((code) => errorPage(code) ?? []);

function wholePage(): string {
  return `${[HEAD, ...PAGES.map((page) => `${errorMarkdown(page)}\n`)].join("\n")}`;
}

describe("docs/errors.md", () => {
  it("is what the command explains", () => {
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(FILE, wholePage());
    }
    expect(readFileSync(FILE, "utf8")).toBe(wholePage());
  });
});

describe("the explanation of an error", () => {
  it("is there for every code with a title", () => {
    expect(PAGES.map(({ code }) => code)).toEqual(TITLED_CODES);
  });

  it.each(PAGES.map((page): [number, ErrorPage] => [page.code, page]))(
    "%i says what it means, why, and what to do, in whole sentences",
    (_, { meaning, covered, causes, steps }) => {
      const texts = [meaning, covered, ...causes, ...steps];
      expect(causes.length).toBeGreaterThan(0);
      expect(steps.length).toBeGreaterThan(0);
      expect(texts.filter((text) => !/[.`]$/.test(text))).toEqual([]);
    },
  );

  it("names rules that exist, each once", () => {
    for (const { rules } of PAGES) {
      expect(rules.filter((id) => !isRuleId(id))).toEqual([]);
      expect(new Set(rules).size).toBe(rules.length);
    }
  });

  it("is not there for other codes", () => {
    expect([200, 519, 528, 529, 1003].map(errorPage)).toEqual(Array(5).fill(undefined));
  });
});
