import type { Compared, Outcome } from "./check";

interface Totals {
  readonly plans: number;
  /** `90 of 90`: plans with something refuted, and those in which all of it was found. */
  readonly refuted: string;
  /** `100 % (12 of 12)`. */
  readonly recall: string;
  readonly falseAlarms: number;
  readonly different: number;
}

export function totalsOf(outcomes: readonly Outcome[]): Totals {
  const refuted = outcomes.flatMap(({ compared }) => labelled(compared, "refuted"));
  const found = refuted.filter((each) => each.found === "refuted").length;
  const sum = (count: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const bad = outcomes.filter(({ compared }) => labelled(compared, "refuted").length > 0);
  const caught = bad.filter(({ missed }) => missed.length === 0);
  return {
    plans: outcomes.length,
    refuted: `${caught.length} of ${bad.length}`,
    recall: `${share(found, refuted.length)} (${found} of ${refuted.length})`,
    falseAlarms: sum(({ falseAlarms }) => falseAlarms.length),
    different: sum(({ missed, different }) => missed.length + different.length),
  };
}

const labelled = (compared: readonly Compared[], verdict: string): readonly Compared[] =>
  compared.filter(({ label }) => label === verdict);

const share = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${Math.floor((100 * part) / whole)} %`;

/** docs/corpus.md. */
export function pageOf(outcomes: readonly Outcome[]): string {
  const { plans, refuted, recall, falseAlarms, different } = totalsOf(outcomes);
  const groups = [...new Set(outcomes.map(({ name }) => groupOf(name)))];
  return [
    "# The corpus",
    "",
    "`npm run corpus` writes this page. The plans are in `test/corpus/plans`, made by the real",
    "`terraform` against the [sandbox](../sandbox/README.md) by `npm run corpus:make`. What each should",
    "give is not written by hand: the sandbox's packet view, tried at the boundaries of every rule and",
    "range after the apply, labels availability and exclusivity; the states that steered and random",
    "applies went through label the rollout. By hand is what is *undetermined*, since the input hides",
    "what the cloud knows.",
    "",
    `${plans} plans · recall ${recall} of statements, ${refuted} of plans · false alarms ${falseAlarms} ·`,
    `otherwise different ${different}`,
    "",
    `Of what is labelled undetermined, the oracles see ${hiddenOf(outcomes)}: recall does not count those,`,
    "and [what is open](../test/corpus/DISAGREEMENTS.md) says which of them the review could decide.",
    "",
    "A cell is how many statements have that label, and in brackets how many the review found to be so",
    "where that is fewer.",
    "",
    "| group | plans | proved | refuted | undetermined | not owed |",
    "|---|---|---|---|---|---|",
    ...groups.map((group) => rowOf(group, outcomes)),
    "",
    "## Plans",
    "",
    "| plan | availability | exclusivity | rollout |",
    "|---|---|---|---|",
    ...outcomes.map(planRow),
    "",
  ].join("\n");
}

/** `12 refuted, 10 proved`. */
function hiddenOf(outcomes: readonly Outcome[]): string {
  const open = outcomes.flatMap(({ compared }) => labelled(compared, "undetermined"));
  const words = ["refuted", "proved"].map((verdict) => {
    return `${open.filter(({ seen }) => seen === verdict).length} ${verdict}`;
  });
  return words.join(", ");
}

const groupOf = (name: string): string => name.split("/")[0] ?? name;

function rowOf(group: string, outcomes: readonly Outcome[]): string {
  const own = outcomes.filter(({ name }) => groupOf(name) === group);
  const compared = own.flatMap((outcome) => outcome.compared);
  const cells = ["proved", "refuted", "undetermined", "notOwed"].map((verdict) => {
    const all = labelled(compared, verdict);
    const found = all.filter((each) => each.found === verdict).length;
    return found === all.length ? `${all.length}` : `${all.length} (${found})`;
  });
  return `| ${[group, own.length, ...cells].join(" | ")} |`;
}

function planRow({ name, compared }: Outcome): string {
  const cells = (["availability", "exclusivity", "rollout"] as const).map((statement) => {
    const all = compared.filter((each) => each.statement === statement);
    const counts = new Map<string, number>();
    for (const { label } of all) counts.set(label, (counts.get(label) ?? 0) + 1);
    const words = [...counts].map(([word, count]) => (count === 1 ? word : `${count} ${word}`));
    return words.join(", ").replaceAll("notOwed", "not owed");
  });
  return `| ${[name, ...cells].join(" | ")} |`;
}
