import type { Review } from "../../rules/review-types";
import type { Section } from "./document";
import { cell } from "./escape";
import { namesText, originText, plural } from "./names";
import { type Row, rowsOf } from "./rows";
import { verdictChange, verdictText } from "./verdict";

/** Names that a cell has. */
const MOST = 3;

/** The last only where the input has a prior state. */
const COLUMNS = ["hostname", "origin", "availability", "exclusivity", "rollout"];

/** What becomes of each hostname. What stays as it was is folded. */
export function tableSections(review: Review): readonly [changed: Section, unchanged: Section] {
  const rows = rowsOf(review);
  const columns = COLUMNS.slice(0, rows.some(({ after }) => after?.rollout) ? 5 : 4);
  const head = `| ${columns.join(" | ")} |\n|${"---|".repeat(columns.length)}\n`;
  const text = (row: Row) => `| ${cellsOf(row).slice(0, columns.length).map(cell).join(" | ")} |`;
  const changed = rows.filter(({ isUnchanged }) => !isUnchanged);
  const same = rows.filter(({ isUnchanged }) => isUnchanged);
  const names = same.flatMap(({ paths }) => paths.map(({ hostname }) => hostname));
  const summary = `${plural(new Set(names).size, "hostname")} as before`;
  return [
    {
      nouns: ["row of the table", "rows of the table"],
      head,
      tail: "",
      units: changed.map(text),
      between: "\n",
      priority: 1,
      share: 0.25,
    },
    {
      nouns: ["row of what is as before", "rows of what is as before"],
      head: `<details>\n<summary>${summary}</summary>\n\n${head}`,
      tail: "\n\n</details>",
      units: same.map(text),
      between: "\n",
      priority: 7,
      share: 0.1,
    },
  ];
}

function cellsOf({ paths, before, after }: Row): readonly string[] {
  const earlier = typeof before === "string" ? undefined : before;
  const hostnames = paths.map(({ hostname }) => hostname);
  return [
    `${namesText(hostnames, MOST)}${before === "new" ? " (new)" : ""}`,
    originText(paths, MOST),
    verdictChange(earlier?.availability, after?.availability.verdict ?? "gone"),
    verdictChange(earlier?.exclusivity, after?.exclusivity.verdict ?? "gone"),
    after?.rollout ? verdictText(after.rollout.verdict) : "",
  ];
}
