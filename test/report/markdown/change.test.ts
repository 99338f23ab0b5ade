import type { PathReport, Review } from "originproof/review";
import { renderMarkdown } from "../../../lib/report/markdown/report";
import { EDGE_4 } from "../../support/plan";
import { REVIEWS } from "../html/reviews";

const NONE = { added: [], removed: [], complete: true };

/** A plan that changes something, with its path as it would be. */
function changed(...paths: readonly Partial<PathReport>[]): Review {
  const [path] = REVIEWS.rollout.paths;
  if (path === undefined) {
    throw new Error("the plan has a path");
  }
  const rollout = { verdict: "proved", reasons: [] } as const;
  const made = paths.map((each) => ({ ...path, rollout, ...each }));
  return { ...REVIEWS.rollout, findings: [], paths: made };
}

/** The lines of what the apply changes. */
function linesOf(review: Review): readonly string[] {
  const [, text = ""] = renderMarkdown(review).split("**What the apply changes**\n\n");
  return text.split("\n\n")[0]?.split("\n") ?? [];
}

function edge(change: Partial<typeof NONE> | { added: string[] } | { removed: string[] }) {
  return { edge: { ...NONE, ...change }, others: NONE };
}

describe("what an apply changes", () => {
  it("is told in ranges of Cloudflare, not in rules", () => {
    expect(linesOf(changed({ admission: edge({ added: EDGE_4.slice(0, 3) }) }))).toEqual([
      "- `www.example.com`: admits 3 more ranges of Cloudflare on tcp/443: `103.21.244.0/22`, `103.22.200.0/22`, `103.31.4.0/22`",
    ]);
    expect(linesOf(changed({ admission: edge({ removed: ["131.0.72.0/22"] }) }))).toEqual([
      "- `www.example.com`: **no longer admits 1 range of Cloudflare on tcp/443: `131.0.72.0/22`**",
    ]);
    expect(linesOf(changed({ admission: edge({ removed: [...EDGE_4] }) }))).toEqual([
      "- `www.example.com`: **no longer admits any of Cloudflare's IPv4 ranges on tcp/443**",
    ]);
  });

  it("is nothing for visitors where only others are let in or out", () => {
    const world = { edge: NONE, others: { ...NONE, added: ["0.0.0.0/0"] } };
    const one = { edge: NONE, others: { ...NONE, removed: ["203.0.113.9/32"] } };
    expect(linesOf(changed({ admission: world }))).toEqual([
      "- `www.example.com`: nothing changes for visitors; lets the whole internet in on tcp/443",
    ]);
    expect(linesOf(changed({ admission: one }))).toEqual([
      "- `www.example.com`: nothing changes for visitors; no longer lets 1 other source (`203.0.113.9/32`) in on tcp/443",
    ]);
  });

  it("calls most of the internet so, though some of it stays", () => {
    const most = [
      "0.0.0.0/5",
      "8.0.0.0/7",
      "16.0.0.0/4",
      "32.0.0.0/3",
      "64.0.0.0/2",
      "128.0.0.0/1",
    ];
    const removed = { edge: NONE, others: { ...NONE, removed: most } };
    expect(linesOf(changed({ admission: removed }))[0]).toContain(
      "no longer lets most of the internet, 6 other sources (`0.0.0.0/5`",
    );
    const some = { edge: NONE, others: { ...NONE, added: ["2001:db8::/32"] } };
    expect(linesOf(changed({ admission: some }))[0]).toContain(
      "lets 1 other source (`2001:db8::/32`)",
    );
  });

  it("is said of visitors only once it is applied, where the rollout is not proved", () => {
    const admission = edge({});
    const open = { verdict: "undetermined", reasons: [] } as const;
    expect(linesOf(changed({ admission, rollout: open }))).toEqual([
      "- `www.example.com`: nothing changes for visitors once it is applied",
    ]);
  });

  it("says nothing of visitors where it is not known who is admitted", () => {
    const unknown = { ...NONE, complete: false };
    expect(linesOf(changed({ admission: { edge: unknown, others: unknown } }))).toEqual([
      "- `www.example.com`: what changes on tcp/443 is known after apply",
    ]);
  });

  it("is one line for hostnames of which the same is true, who is cut off first", () => {
    const removed = edge({ removed: ["131.0.72.0/22"] });
    const lines = linesOf(
      changed(
        { hostname: "a.example.com", admission: edge({}) },
        { hostname: "b.example.com", admission: removed },
        { hostname: "c.example.com", admission: edge({}) },
        { hostname: "d.example.com", admission: null },
      ),
    );
    expect(lines).toEqual([
      expect.stringMatching(/^- `b.example.com`: \*\*no longer/),
      "- `a.example.com`, `c.example.com`: nothing changes for visitors",
    ]);
  });
});

describe("the table", () => {
  it("has what is new, what is gone, and what is worse; what is as before is folded", () => {
    const before = { availability: "proved", exclusivity: "proved" } as const;
    const [refuted] = REVIEWS.refuted.paths;
    const review = changed(
      { hostname: "same.example.com", before },
      { hostname: "new.example.com", before: null },
      { hostname: "worse.example.com", before, availability: refuted?.availability as never },
    );
    const [path] = review.paths;
    const gone = path && { ...path, hostname: "gone.example.com", before };
    const markdown = renderMarkdown({ ...review, gone: gone === undefined ? [] : [gone] });
    const rows = markdown.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows).toEqual([
      "| `worse.example.com` | `203.0.113.1` tcp/443 | ✅ proved → ❌ **refuted** | ✅ proved | ✅ proved |",
      "| `gone.example.com` | `203.0.113.1` tcp/443 | ✅ proved → gone | ✅ proved → gone |  |",
      "| `new.example.com` (new) | `203.0.113.1` tcp/443 | ✅ proved | ✅ proved | ✅ proved |",
      "| `same.example.com` | `203.0.113.1` tcp/443 | ✅ proved | ✅ proved | ✅ proved |",
    ]);
    expect(markdown).toContain("<summary>1 hostname as before</summary>");
  });

  it("has one row for forty records to one address", () => {
    const rows = renderMarkdown(REVIEWS.undetermined)
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(rows).toHaveLength(2);
  });
});
