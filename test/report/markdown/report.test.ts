import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig, parseInput, type Review, reviewInputs } from "originproof/review";
import { edgeRanges } from "../../../lib/edge/ranges";
import { shown } from "../../../lib/report/escape";
import { cell, htmlName, htmlProse, name, prose } from "../../../lib/report/markdown/escape";
import {
  type MarkdownFlavour,
  REVIEW_MARKER,
  renderMarkdown,
} from "../../../lib/report/markdown/report";
import { RULES } from "../../../lib/rules/registry";
import { HOSTILE, HOSTILE_CASES, withHostile } from "../../support/hostile";
import { everything, REVIEWS } from "../html/reviews";
import { readReport } from "./reading";

const DOCS = "https://unpkg.com/originproof/docs/rules/";
const FIXTURES = join(__dirname, "../../rules");
const today = new Date("2026-09-15T12:00:00Z");
const flavours: readonly MarkdownFlavour[] = ["github", "gitlab"];

/** What a reader sees of a text: one line, one blank between words, no marks of code. */
function seen(text: string, longest = 2_000): string {
  return shown(text, longest).replaceAll("`", "").replace(/\s+/g, " ").trim();
}

function textOf(markdown: string): string {
  const { problems, text } = readReport(`### x\n\nx ${markdown}`, DOCS);
  expect(problems).toEqual([]);
  return text;
}

describe("text from outside", () => {
  it.each(HOSTILE_CASES)("%s is text in a sentence", (_, hostile) => {
    expect(seen(textOf(prose(hostile)))).toBe(seen(`x x ${hostile}`));
    const whole = `a 1 ${hostile.slice(0, 900)} b ${hostile.slice(0, 900)}`;
    expect(seen(textOf(prose(whole)), 3_000)).toBe(seen(`x x ${whole}`, 3_000));
  });

  it.each(HOSTILE_CASES)("%s is text as a name, in a cell and in a list", (_, hostile) => {
    const is = hostile === "" ? "(empty)" : shown(hostile, 300);
    expect(seen(textOf(name(hostile)))).toBe(seen(`x x ${is}`));
    const cells = `${cell(name(hostile))} | ${cell(prose(hostile))}`;
    const table = `y\n\n| a | b |\n|---|---|\n| ${cells} |\n\n- ${prose(hostile)}`;
    const tail = `${is} ${seen(hostile)} ${seen(hostile)}`;
    expect(seen(textOf(table), 9_000)).toBe(seen(`x x y a b ${tail}`, 9_000));
  });

  it.each(HOSTILE_CASES)("%s is text in an element", (_, hostile) => {
    const html = `${htmlName(hostile)} ${htmlProse(hostile)}`;
    const element = `\n\n<details>\n<summary>${html}</summary>\n\nx\n\n</details>`;
    const is = hostile === "" ? "(empty)" : shown(hostile, 300);
    expect(seen(textOf(element), 9_000)).toBe(seen(`x x ${is} ${seen(hostile)} x`, 9_000));
  });

  it("that is a name of code or a word stays readable", () => {
    expect(prose("aws_eip.web's port tcp/443 isn't open: add `origins`, e-mail (IPv4)")).toBe(
      "`aws_eip.web`'s port tcp/443 isn't open: add `origins`, e-mail (IPv4)",
    );
    expect(prose("from 2400:cb00:: by EdgeRanges.pinned(), until 2026-08-22.")).toBe(
      "from `2400:cb00::` by `EdgeRanges.pinned()`, until 2026-08-22.",
    );
  });
});

describe("the report", () => {
  const reviews: readonly [string, Review][] = [
    ...Object.entries(REVIEWS),
    ["everything", everything()],
  ];

  it.each(reviews)("of %s is sound in both flavours", (_, review) => {
    for (const flavour of flavours) {
      const markdown = renderMarkdown(review, { flavour });
      expect(readReport(markdown, DOCS).problems).toEqual([]);
      expect(markdown.split("\n")[0]).toBe(REVIEW_MARKER);
      expect(markdown).toBe(renderMarkdown(review, { flavour }));
    }
  });

  it.each(HOSTILE_CASES)("shows %s as text, wherever it stands", (_, hostile) => {
    const review = withHostile(everything(), hostile);
    for (const flavour of flavours) {
      const markdown = renderMarkdown(review, { flavour });
      const { problems, text } = readReport(markdown, DOCS);
      expect(problems).toEqual([]);
      expect(text.replaceAll("`", "")).toContain(seen(hostile, 300).replace(/…$/, ""));
      expect(markdown.length).toBeLessThan(flavour === "github" ? 65_536 : 1_000_000);
    }
  });

  it("has a page of documentation for each rule, and none for a rule of one's own", () => {
    const [finding] = REVIEWS.refuted.findings;
    const own = { ...REVIEWS.refuted, findings: [{ ...finding, rule: "ours/x" }] } as Review;
    expect(renderMarkdown(own)).toContain("**Rule:** `ours/x`\n");
    expect(renderMarkdown(REVIEWS.refuted, { docs: "https://docs.example.com" })).toContain(
      "[`firewall/misses-edge-range`](https://docs.example.com/rules/firewall/misses-edge-range.md)",
    );
  });
});

describe("the report of every fixture", () => {
  const fixtures = RULES.flatMap(({ id }) =>
    readdirSync(join(FIXTURES, id))
      .filter((file) => /^(pass|fail)-.*\.json$/.test(file) && !file.includes(".config."))
      .map((file): [string, string] => [`${id}/${file}`, join(FIXTURES, id, file)]),
  );

  it.each(fixtures)("%s is sound", (_, file) => {
    const named = `${file.replace(/\.[a-z]+(\.json)?$/, "")}.config.json`;
    const config = readdirSync(join(file, "..")).includes(named.split("/").at(-1) ?? "")
      ? { config: parseConfig(readFileSync(named, "utf8"), named) }
      : {};
    const review = reviewInputs([parseInput(readFileSync(file, "utf8"), "fixture")], {
      today,
      ...config,
    });
    const markdown = renderMarkdown(review);
    expect(readReport(markdown, DOCS).problems).toEqual([]);
    expect(markdown).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

/** A review of so many findings, with a path of its own each. */
function large(count: number, text = ""): Review {
  const { refuted } = REVIEWS;
  const [path] = refuted.paths;
  const [finding] = refuted.findings;
  if (path === undefined || finding === undefined) {
    throw new Error("the refuted plan has a finding and a path");
  }
  const numbers = Array.from({ length: count }, (_, index) => index);
  return {
    ...refuted,
    paths: numbers.map((index) => ({
      ...path,
      hostname: `h${index}.example.com${text}`,
      origin: { ...path.origin, resource: `aws_eip.h${index}` },
    })),
    findings: numbers.map((index) => ({
      ...finding,
      subject: `aws_security_group.h${index}`,
      what: `aws_security_group.h${index} drops part of Cloudflare's edge ${text}`,
      severity: index < 40 ? ("error" as const) : ("warning" as const),
      paths: [index],
    })),
  };
}

describe("a review that is too large for a comment", () => {
  it("keeps the worst of 2,000 findings within GitHub's limit, and says how many are left out", () => {
    const markdown = renderMarkdown(large(2_000));
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    const { problems, text } = readReport(markdown, DOCS);
    expect(problems).toEqual([]);
    const left = /Shortened: ([\d,]+) of 2,000 rows of the table, ([\d,]+) of 2,000 findings/.exec(
      text.replaceAll("*", ""),
    );
    const shownFindings = markdown.match(/^<summary>.*drops part/gm)?.length ?? 0;
    expect(Number(left?.[2]?.replace(",", ""))).toBe(2_000 - shownFindings);
    expect(shownFindings).toBeGreaterThan(40);
    // Every error stands before the first warning, and none is left out.
    const heads = [...markdown.matchAll(/<b>(Error|Warning)<\/b>/g)].map(([, head]) => head);
    expect(heads.slice(0, 40)).toEqual(Array(40).fill("Error"));
    expect(heads.slice(40).every((head) => head === "Warning")).toBe(true);
    expect(markdown).toContain("1,960 warnings");
  });

  it("shows first what nobody of Cloudflare reaches", () => {
    const made = large(2_000);
    const closed = edgeRanges().set(4).toCidrs();
    const paths = made.paths.map((path, index) =>
      index === 1_999 ? { ...path, availability: { ...path.availability, missing: closed } } : path,
    );
    const findings = made.findings.map((each) => ({ ...each, severity: "error" as const }));
    const markdown = renderMarkdown({ ...made, paths, findings });
    expect(markdown.indexOf("h1999.example.com`")).toBeLessThan(1_000);
    expect(/^<summary>.*drops part.*$/m.exec(markdown)?.[0]).toContain("aws_security_group.h1999");
  });

  it("is whole on GitLab", () => {
    const markdown = renderMarkdown(large(300), { flavour: "gitlab" });
    expect(markdown.length).toBeGreaterThan(65_536);
    expect(markdown).not.toContain("**Shortened:**");
  });

  it.each(Object.entries(HOSTILE).filter(([key]) => key.startsWith("long")))(
    "stays sound and within the limit with names of 100 kB: %s",
    (_, text) => {
      const markdown = renderMarkdown(large(300, text));
      expect(markdown.length).toBeLessThan(65_536);
      expect(readReport(markdown, DOCS).problems).toEqual([]);
    },
  );

  it.each([1, 10, 57, 58, 59, 60, 61, 62, 100, 350])("is sound with %i findings", (count) => {
    const markdown = renderMarkdown(large(count));
    expect(markdown.length).toBeLessThan(65_536);
    expect(readReport(markdown, DOCS).problems).toEqual([]);
  });
});
