import type { Verdict } from "../prove/verdict";
import type { Count, PathReport, Review } from "../rules/review-types";

/** `40 hostnames: 0 proved, 0 refuted, 40 undetermined`, by availability. */
export function hostnameLine(review: Review): string {
  const worst = new Map<string, Verdict>();
  for (const path of review.paths) {
    const known = worst.get(path.hostname);
    worst.set(path.hostname, known === undefined ? verdictOf(path) : worse(known, verdictOf(path)));
  }
  const count = (verdict: Verdict) => [...worst.values()].filter((each) => each === verdict).length;
  const counts = (["proved", "refuted", "undetermined"] as const).map(
    (verdict) => `${count(verdict)} ${verdict}`,
  );
  return `${plural(worst.size, "hostname")}: ${counts.join(", ")}`;
}

/** `2 paths · availability 1 proved, 1 refuted · exclusivity 2 proved`. */
export function pathsLine({ summary }: Review): string {
  const statements = [
    `availability ${countText(summary.availability)}`,
    `exclusivity ${countText(summary.exclusivity)}`,
    ...rolloutText(summary.rollout),
  ];
  return [plural(summary.paths, "path"), ...statements].join(" · ");
}

/** Nothing where nothing that is deployed changes. */
function rolloutText(count: Review["summary"]["rollout"]): string[] {
  const owed = countText(count);
  const not = count.notOwed === 0 ? [] : [`${count.notOwed} not owed`];
  const parts = [...(owed === "" ? [] : [owed]), ...not];
  return parts.length === 0 ? [] : [`rollout ${parts.join(", ")}`];
}

function verdictOf(path: PathReport): Verdict {
  return path.availability.verdict;
}

function worse(left: Verdict, right: Verdict): Verdict {
  if (left === "refuted" || right === "refuted") {
    return "refuted";
  }
  return left === "undetermined" ? left : right;
}

function countText(count: Count): string {
  const parts = (["proved", "refuted", "undetermined"] as const)
    .filter((verdict) => count[verdict] > 0)
    .map((verdict) => `${count[verdict]} ${verdict}`);
  return parts.join(", ");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
