import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TITLED_CODES } from "../../lib/edge/errors";
import { errorPage } from "../../lib/edge/explained";
import { type Entry, EXPLAIN_FORMATS, renderIndex } from "../../lib/report/explain";
import { markdownText } from "../../lib/report/markdown-text";
import { RULES } from "../../lib/rules/registry";

const DOCS = join(__dirname, "../../docs/rules");
const ERRORS = TITLED_CODES.flatMap((code) => errorPage(code) ?? []);
const ENTRIES: readonly (readonly [string, Entry])[] = [
  ...RULES.map((rule): [string, Entry] => {
    const markdown = readFileSync(join(DOCS, `${rule.id}.md`), "utf8");
    return [rule.id, { kind: "rule", rule, markdown }];
  }),
  ...ERRORS.map((page): [string, Entry] => [`${page.code}`, { kind: "error", page }]),
];

function rendered(entry: Entry, format: string, width = 80): string {
  return EXPLAIN_FORMATS[format]?.(entry, width) ?? "";
}

describe.each(ENTRIES)("the explanation of %s", (name, entry) => {
  it("fits an 80-column terminal, addresses of pages apart, without marks of Markdown", () => {
    const lines = rendered(entry, "text").split("\n");
    const long = lines.filter((line) => line.length > 80 && !line.startsWith("https:"));
    expect(long).toEqual([]);
    expect(lines.filter((line) => /^#|^```|\]\(/.test(line))).toEqual([]);
    expect(lines[0]).toContain(name);
  });

  it("ends with one newline in every format, and is JSON in json", () => {
    for (const format of Object.keys(EXPLAIN_FORMATS)) {
      expect(rendered(entry, format)).toMatch(/[^\n]\n$/);
    }
    expect(JSON.parse(rendered(entry, "json"))).toMatchObject({
      schemaVersion: 1,
      kind: entry.kind,
    });
  });
});

test("the list of all fits an 80-column terminal", () => {
  const text = renderIndex(RULES, ERRORS, 80);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  for (const { id } of RULES) {
    expect(text).toContain(`${id} (`);
  }
});

describe("Markdown as plain text", () => {
  it.each([
    ["a heading", "## Fix\n\ntext", "Fix\n\ntext\n"],
    ["wrapped text", "one two\nthree four", "one two three four\n"],
    ["an item", "- one two three\n  four five six", "- one two three four\n  five six\n"],
    ["items", "1. one\n2. two", "1. one\n2. two\n"],
    ["code", "```sh\nterraform  plan   -out=tfplan\n```", "terraform  plan   -out=tfplan\n"],
    ["a link to a page", "see [proof](../proof.md)", "see proof\n"],
    ["a link to the web", "see [it](https://example.com)", "see it\n(https://example.com)\n"],
    ["a table", "| a | b |\n|---|---|", "| a | b |\n|---|---|\n"],
  ])("%s", (_, markdown, text) => {
    expect(markdownText(markdown, 24)).toBe(text);
  });
});
