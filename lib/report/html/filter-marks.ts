import type { PathGroup } from "./groups";
import { html, type Markup } from "./markup";

/** What the script decides about a group by; everything else names groups by their numbers. */
export function filterMarks(group: PathGroup): Markup {
  const { number, worst, hostnames, earlier, first } = group;
  const names = hostnames.map((name, index) => html`${index === 0 ? "" : " "}${name}`);
  return html`data-group="${number}" data-verdict="${worst}" data-changed="${isChanged(first, earlier) ? "yes" : "no"}" data-paths="${group.paths.length}" data-names="${names}"`;
}

function isChanged(
  { availability, exclusivity, rollout }: PathGroup["first"],
  { statements, isNew }: PathGroup["earlier"],
): boolean {
  const differs = (was: string | null | undefined, now: string | undefined) =>
    was !== undefined && was !== null && was !== now;
  return (
    isNew ||
    differs(statements?.availability, availability.verdict) ||
    differs(statements?.exclusivity, exclusivity.verdict) ||
    differs(statements?.rollout, rollout?.verdict)
  );
}

/** Shown while one of these groups is. */
export function groupMarks(groups: readonly PathGroup[]): Markup {
  const numbers = groups.map(({ number }, index) => `${index === 0 ? "" : " "}${number}`);
  return html`data-groups="${numbers}"`;
}
