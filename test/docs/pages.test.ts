import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../..");
const PAGES = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => join("docs", file))
  .sort();
const DECISIONS = PAGES.filter((page) => page.startsWith(join("docs", "decisions")));

function read(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

test.each(PAGES)("%s links to files that exist, inside the repository", (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
  const local = links.filter((link) => !/^https?:/.test(link));
  const targets = local.map((link) => join(dirname(page), link));
  expect(targets.filter((to) => to.startsWith("..") || !existsSync(join(ROOT, to)))).toEqual([]);
});

describe("docs/decisions", () => {
  it("are numbered without a gap", () => {
    const numbers = DECISIONS.map((page) => /(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]);
    expect(numbers).toEqual(DECISIONS.map((_, index) => String(index + 1).padStart(4, "0")));
  });

  it.each(DECISIONS)("%s is one page with status, date and three parts", (page) => {
    const text = read(page);
    const [title = "", , status = ""] = text.split("\n");
    expect(title).toMatch(new RegExp(`^# ${/\d{4}/.exec(page)?.[0]}\\. .*[^.]$`));
    expect(status).toMatch(/^Status: (accepted|superseded by \d{4}) · \d{4}-\d{2}-\d{2}$/);
    expect(text.match(/^## .*$/gm)).toEqual(["## Context", "## Decision", "## Consequences"]);
    expect(text.split("\n").length).toBeLessThanOrEqual(60);
  });

  it("has a row for each runtime dependency at its pinned version", () => {
    const rows = read(join("docs", "decisions", "0001-runtime-dependencies.md")).match(
      /^\| \S+ \d+\.\d+\.\d+ \|/gm,
    );
    const { dependencies } = JSON.parse(read("package.json")) as {
      dependencies: Record<string, string>;
    };
    const pinned = Object.entries(dependencies).map(([name, version]) => `| ${name} ${version} |`);
    expect([...(rows ?? [])].sort()).toEqual(pinned.sort());
  });
});
