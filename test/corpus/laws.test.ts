import { reviewOf } from "./check";
import { type Entry, entryNames, readEntry } from "./files";
import {
  type PlanJson,
  renamed,
  reordered,
  withEverybody,
  withoutAnAllow,
  withUnrelated,
} from "./mutate";

const entries = entryNames()
  .map(readEntry)
  .filter(({ plan }) => plan.length < 500_000);

const RANK: Readonly<Record<string, number>> = { refuted: 0, undetermined: 1, proved: 2 };

interface Line {
  readonly path: string;
  readonly availability: string;
  readonly exclusivity: string;
}

const known = new Map<string, readonly Line[]>();

function linesOf(entry: Entry, plan: PlanJson | string): readonly Line[] {
  const text = typeof plan === "string" ? plan : JSON.stringify(plan);
  const lines = known.get(text) ?? reviewed(entry, text);
  known.set(text, lines);
  return lines;
}

function reviewed(entry: Entry, text: string): readonly Line[] {
  return reviewOf({ ...entry, plan: text }, false).paths.map((path) => ({
    path: `${path.hostname} IPv${path.family} tcp/${path.origin?.port} ${path.origin?.resource}`,
    availability: `${path.availability.verdict} ${path.availability.witness}`,
    exclusivity: `${path.exclusivity.verdict} ${path.exclusivity.witness}`,
  }));
}

const rank = (verdict: string): number => RANK[verdict.split(" ")[0] ?? ""] ?? -1;

/** Where a statement comes out better than before. */
function helped(
  entry: Entry,
  plans: readonly PlanJson[],
  statement: "availability" | "exclusivity",
): readonly string[] {
  const before = new Map(linesOf(entry, entry.plan).map((line) => [line.path, line]));
  return plans.flatMap((plan) =>
    linesOf(entry, plan)
      .filter(
        (line) => rank(line[statement]) > rank(before.get(line.path)?.[statement] ?? "proved"),
      )
      .map(({ path }) => `${entry.name}: ${path}`),
  );
}

const sorted = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) => JSON.stringify(line)).sort();

test("taking an allow away never helps availability", () => {
  const better = entries.flatMap((entry) =>
    helped(entry, withoutAnAllow(entry.plan), "availability"),
  );
  expect(better).toEqual([]);
});

test("letting everybody in by a rule never helps exclusivity", () => {
  const better = entries.flatMap((entry) =>
    helped(entry, withEverybody(entry.plan), "exclusivity"),
  );
  expect(better).toEqual([]);
});

test("letting everybody in by a rule never harms availability", () => {
  const worse = entries.flatMap((entry) => {
    const before = new Map(linesOf(entry, entry.plan).map((line) => [line.path, line]));
    return withEverybody(entry.plan).flatMap((plan) =>
      linesOf(entry, plan)
        .filter((line) => rank(line.availability) < rank(before.get(line.path)?.availability ?? ""))
        .map(({ path }) => `${entry.name}: ${path}`),
    );
  });
  expect(worse).toEqual([]);
});

test.each(entries.map((entry) => [entry.name, entry] as const))(
  "%s: names, order and what is unrelated change nothing",
  (_, entry) => {
    const own = sorted(linesOf(entry, entry.plan));
    expect(sorted(linesOf(entry, reordered(entry.plan)))).toEqual(own);
    expect(sorted(linesOf(entry, withUnrelated(entry.plan)))).toEqual(own);
    const other = sorted(linesOf(entry, renamed(entry.plan)));
    expect(other.map((line) => line.replaceAll("_renamed", ""))).toEqual(own);
  },
);
