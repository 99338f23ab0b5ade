import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases";
import { type Outcome, outcomeOf, reviewOf } from "./check";
import { entryNames, readEntry } from "./files";
import { parsed } from "./mutate";
import { pageOf } from "./page";

const outcomes: readonly Outcome[] = entryNames().map((name) => outcomeOf(readEntry(name)));
const told = (kind: "missed" | "falseAlarms" | "different") =>
  outcomes.flatMap((outcome) => outcome[kind].map((line) => `${outcome.name}: ${line}`));

test("the corpus has a plan of every case, more than 250", () => {
  expect(entryNames()).toEqual(CASES.map(({ name }) => name).sort());
  expect(CASES.length).toBeGreaterThanOrEqual(250);
});

test("labels are of the cases as they are: else npm run corpus:make makes them again", () => {
  const stale = CASES.filter((each) => {
    const { paths, rules } = readEntry(each.name).label;
    const expected = each.paths.map((path) => [
      ...[path.hostname ?? "www.example.com", path.availability, path.exclusivity, path.rollout],
      ...[...(path.reasons ?? [])].sort(),
    ]);
    const labelled = paths.map((path) => [
      ...[path.hostname, path.availability.verdict, path.exclusivity.verdict],
      ...[path.rollout?.verdict, ...path.reasons],
    ]);
    const same = JSON.stringify(expected) === JSON.stringify(labelled);
    return !same || JSON.stringify([...(each.rules ?? [])].sort()) !== JSON.stringify(rules);
  });
  expect(stale.map(({ name }) => name)).toEqual([]);
});

test("what is refuted is found, with its witness and its rule: recall is 100 %", () => {
  expect(told("missed")).toEqual([]);
});

test("nothing else is refuted, and no other error is told", () => {
  expect(told("falseAlarms")).toEqual([]);
});

test("what is undetermined, and why, is as labelled; the rest is proved", () => {
  expect(told("different")).toEqual([]);
});

test("docs/corpus.md is what npm run corpus writes", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "corpus.md"), "utf8");
  expect(page).toBe(pageOf(outcomes));
});

describe("two plans that differ in create_before_destroy alone", () => {
  const pair = ["change/rule-blocks-split", "change/rule-blocks-split-without-the-flag"];
  const rollouts = (beside: boolean) =>
    pair.map((name) => reviewOf(readEntry(name), beside).paths[0]?.rollout?.verdict);

  it("have the same configuration and the same changes in plan JSON", () => {
    const [one, other] = pair.map((name) => {
      const { configuration, resource_changes: changes = [] } = parsed(readEntry(name).plan);
      const done = changes.map(({ address, change }) => `${address} ${change.actions}`);
      return { configuration, done };
    });
    expect(one).toEqual(other);
  });

  it("are undetermined without --graph, and opposite with it", () => {
    expect(rollouts(false)).toEqual(["undetermined", "undetermined"]);
    expect(rollouts(true)).toEqual(["proved", "refuted"]);
  });
});
