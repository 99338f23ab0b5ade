import { parseInput, parseReview, type Review, reviewInputs } from "originproof/review";
import { renderJson } from "../../lib/report/json";
import { compareReviews } from "../../lib/rules/compare";
import { entryNames, readEntry } from "../corpus/files";

const names = entryNames();
const reviews = new Map<string, Review>();

function reviewOf(name: string, label = "base.json"): Review {
  const known = reviews.get(`${name} ${label}`);
  const review = known ?? reviewInputs([parseInput(readEntry(name).plan, label)]);
  reviews.set(`${name} ${label}`, review);
  return review;
}

function isOpen({ severity, acknowledged }: Review["findings"][number]): boolean {
  return severity === "error" && acknowledged === null;
}

describe("over the corpus", () => {
  it("nothing differs between a review and itself, of another file and read again", () => {
    const different = names.flatMap((name) => {
      const base = parseReview(JSON.parse(renderJson(reviewOf(name))), "base.json");
      const head = reviewOf(name, "head.json");
      const { added, fixed, unchanged, paths, weakened } = compareReviews(head, base, "base.json");
      const same = unchanged.length === head.findings.length;
      return [added, fixed, paths, weakened].every((each) => each.length === 0) && same
        ? []
        : [name];
    });
    expect(different).toEqual([]);
  });

  it("each finding is added or unchanged, and what is refuted newly has an error or warning that is", () => {
    const wrong = names.flatMap((name, index) => {
      const other = names[(index + 1) % names.length] ?? name;
      const [head, base] = [reviewOf(name, "head.json"), reviewOf(other)];
      const { added, unchanged, paths } = compareReviews(head, base, "base.json");
      const all = [...added, ...unchanged].sort((left, right) => left - right);
      const each = all.length === head.findings.length && all.every((at, place) => at === place);
      const newly = paths.filter((path) => {
        const [now, then] = [path.head?.availability, path.base?.availability];
        return now === "refuted" && then !== "refuted";
      });
      const told = newly.every(({ path }) =>
        added.some((at) => path !== null && head.findings[at]?.paths.includes(path)),
      );
      return each && told ? [] : [`${name} against ${other}`];
    });
    expect(wrong).toEqual([]);
  });

  it("against a site without findings, every open error is added", () => {
    const clean = names.find((name) => reviewOf(name).findings.length === 0) ?? "";
    const wrong = names.filter((name) => {
      const head = reviewOf(name, "head.json");
      const { added } = compareReviews(head, reviewOf(clean), "base.json");
      const open = head.findings.flatMap((finding, index) => (isOpen(finding) ? [index] : []));
      return !open.every((index) => added.includes(index));
    });
    expect(clean).not.toBe("");
    expect(wrong).toEqual([]);
  });
});
