import type { PathReport, Review } from "originproof/review";
import { renderHtml } from "../../../lib/report/html/page";
import { everything, REVIEWS } from "./reviews";

const { proved, refuted } = REVIEWS;

/** The head's class, which its colour follows, and the first heading. */
function headOf(review: Review): readonly (string | undefined)[] {
  const page = renderHtml(review);
  return [/<header class="head (\w+)"/.exec(page)?.[1], /<h1>(.*?)<\/h1>/.exec(page)?.[1]];
}

function onlyPath({ paths }: Review): PathReport {
  const [path] = paths;
  if (path === undefined) {
    throw new Error("no path");
  }
  return path;
}

describe("the head of the page", () => {
  const findings = refuted.findings.map((each) => ({ ...each, paths: [] }));
  const acknowledged = { reason: "known", expires: null };

  it.each<[string, Review, string, string]>([
    ["what is proved", proved, "proved", "Proved for www.example.com"],
    [
      "an error about no path",
      { ...proved, findings },
      "refuted",
      "1 error: proved for www.example.com",
    ],
    [
      "an acknowledged one",
      { ...proved, findings: findings.map((each) => ({ ...each, acknowledged })) },
      "proved",
      "Proved for www.example.com",
    ],
    [
      "a warning",
      { ...proved, findings: findings.map((each) => ({ ...each, severity: "warning" as const })) },
      "proved",
      "Proved for www.example.com",
    ],
    [
      "an undetermined exclusivity",
      {
        ...proved,
        paths: proved.paths.map((path) => ({
          ...path,
          exclusivity: { ...path.exclusivity, verdict: "undetermined" as const },
        })),
      },
      "undetermined",
      "Undetermined for www.example.com",
    ],
    ["a refuted rollout", REVIEWS.rollout, "refuted", "Refuted for www.example.com"],
    ["no path", REVIEWS.nothing, "nothing", "Nothing to prove"],
    [
      "no path but an error",
      { ...REVIEWS.nothing, findings },
      "refuted",
      "1 error: nothing to prove",
    ],
  ])("with %s", (_, review, overall, headline) => {
    expect(headOf(review)).toEqual([overall, headline]);
  });
});

describe("the rows of the page", () => {
  it("tell paths of two stacks apart that have the same names, by their records", () => {
    const path = onlyPath(proved);
    const twin = { ...path, input: "other", record: "cloudflare_dns_record.twin" };
    const page = renderHtml({ ...proved, paths: [path, twin] });
    expect(page).toContain("by <code>cloudflare_dns_record.twin</code>");
    expect(renderHtml(proved)).not.toContain("by <code>");
  });

  it("mark the ranges of a part that is cut off, and of one that is undetermined", () => {
    const path = onlyPath(refuted);
    const availability = {
      ...path.availability,
      missing: ["131.0.74.0/23"],
      undecided: ["104.16.0.0/14", "198.51.100.0/24"],
    };
    const page = renderHtml({ ...refuted, paths: [{ ...path, availability }] });
    const cells = [...page.matchAll(/<td class="cell (\w+)">/g)].map(([, kind]) => kind);
    expect(cells.filter((kind) => kind === "in")).toHaveLength(13);
    expect(cells.filter((kind) => kind === "part")).toHaveLength(1);
    // One of Cloudflare's, and what is declared besides.
    expect(cells.filter((kind) => kind === "open")).toHaveLength(2);
    expect(page).toContain("declared ranges");
    expect(page).toContain("13 admitted, 1 cut off in part, 2 undetermined");
  });
});

describe("the drawing", () => {
  it("shows that nothing lies behind a hop that stops all of the edge", () => {
    const path = onlyPath(refuted);
    const all = renderHtml(REVIEWS.undetermined).match(
      /\d+\.\d+\.\d+\.\d+\/\d+(?=<\/span><\/th>)/g,
    );
    const availability = { ...path.availability, missing: all ?? [] };
    const page = renderHtml({ ...refuted, paths: [{ ...path, availability }] });
    expect(all).toHaveLength(15);
    expect(page).toContain('<li class="stop all">');
    expect(page).toContain('<li class="end behind">');
    expect(renderHtml(refuted)).not.toContain('<li class="end behind">');
  });

  it("tells at the origin who gets in besides", () => {
    expect(renderHtml(everything())).toContain("1.0.0.0 gets in too");
  });
});
