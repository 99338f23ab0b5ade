import type { Review } from "../rules/review-types";
import { type Line, renderBlock } from "./block";
import { forTerminal } from "./escape";
import { type OpenGroup, openGroups } from "./open-groups";

/** One block for each set of reasons, however many paths have it. */
export function undeterminedBlocks(review: Review, width: number): string[] {
  return openGroups(review).map((group) => renderBlock(linesOf(group), width));
}

function linesOf({ statement, head, paths, reasons }: OpenGroup): Line[] {
  return [
    `Undetermined${statement}: ${forTerminal(head)}`,
    ...paths.map((text, index): Line => [index === 0 ? "paths" : "", forTerminal(text)]),
    ...reasons.map(({ text, more }): Line => ["reason", forTerminal(text) + more]),
  ];
}
