import type { Finding } from "./finding";
import { PathMatch } from "./path-match";
import type { PathReport, Review } from "./review-types";
import { refutedBy } from "./worse";

/**
 * Makes errors of the findings about origins that others get in to where a lock was meant before the
 * change: the prior state, or the base, kept the path to Cloudflare, or the base had an error for it.
 */
export function withLocksOfBefore(review: Review, base: Review | undefined): Review {
  const match = base && new PathMatch(review, base);
  const meant = base && lockedIn(base);
  const wasLocked = (index: number) => {
    const earlier = match?.inBase(index);
    return (
      review.paths[index]?.before?.exclusivity === "proved" ||
      (earlier !== undefined && meant?.has(earlier) === true)
    );
  };
  return { ...review, findings: review.findings.map((each) => lockLost(each, wasLocked)) };
}

/** Paths that are kept to Cloudflare, or should be. */
function lockedIn({ paths, findings }: Review): ReadonlySet<PathReport | undefined> {
  const broken = findings.filter((each) => each.severity === "error" && isExposure(each));
  return new Set([
    ...paths.filter(({ exclusivity }) => exclusivity.verdict === "proved"),
    ...broken.flatMap((each) => each.paths.map((index) => paths[index])),
  ]);
}

function lockLost(finding: Finding, wasLocked: (index: number) => boolean): Finding {
  if (finding.severity === "error" || !isExposure(finding) || !finding.paths.some(wasLocked)) {
    return finding;
  }
  const why = `Before this change the origin was kept to Cloudflare. ${finding.why}`;
  return { ...finding, severity: "error", why };
}

function isExposure(finding: Finding): boolean {
  return refutedBy(finding) === "exclusivity";
}
