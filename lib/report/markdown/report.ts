import type { Review } from "../../rules/review-types";
import { admissionSection } from "./admission";
import { assemble } from "./document";
import { findingSection } from "./findings";
import { headText } from "./head";
import {
  assumptionSection,
  driftSection,
  fixedSection,
  openSection,
  originlessSection,
  weakenedSection,
} from "./lists";
import { pictureSection } from "./picture";
import { tableSections } from "./table";

/** Where the Markdown is to be shown. */
export type MarkdownFlavour = "github" | "gitlab";

/** How the review is written as Markdown. */
export interface MarkdownOptions {
  /** @default "github" */
  readonly flavour?: MarkdownFlavour;
  /** The address of another copy of this package's `docs`. @default unpkg's of the latest release */
  readonly docs?: string;
}

/** The first line, which is not shown: by it a program finds the comment that it is to update. */
export const REVIEW_MARKER = "<!-- originproof:review -->";

/**
 * What a comment may have: 65,536 characters on GitHub ("Body is too long (maximum is 65536
 * characters)"), 1,000,000 on GitLab. A few are left for a longer marker.
 *
 * @see https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics
 */
const LIMITS: Readonly<Record<MarkdownFlavour, number>> = { github: 65_300, gitlab: 999_000 };

const WHERE = "`--format json` and `--format html` have all of it.";

/** The review as a comment on a pull request or merge request. */
export function renderMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { flavour = "github", docs } = options;
  const [table, unchanged] = tableSections(review);
  const sections = [
    table,
    admissionSection(review),
    pictureSection(review),
    findingSection(review, docs),
    openSection(review),
    weakenedSection(review),
    driftSection(review),
    fixedSection(review),
    unchanged,
    originlessSection(review),
    assumptionSection(review),
  ];
  const head = `${REVIEW_MARKER}\n\n${headText(review)}`;
  return assemble(head, sections, { limit: LIMITS[flavour], where: WHERE });
}
