import { push } from "../read/lookup";
import { isMore } from "./declared/added";
import type { Finding } from "./finding";
import { fingerprintOf } from "./fingerprint";
import { pathChanges } from "./path-changes";
import { PathMatch } from "./path-match";
import type { Change, PathReport, Review } from "./review-types";
import { isWorse, refutedBy } from "./worse";

/**
 * How a review differs from an earlier one.
 *
 * A finding is added where the base had none of its fingerprint, and where it says more than the
 * base's did: another path, more addresses, an error that was a warning or acknowledged. One of
 * another rule that says no more about the same subject and paths is unchanged.
 *
 * @param name how reports call the base
 */
export function compareReviews(head: Review, base: Review, name: string): Change {
  const match = new PathMatch(head, base);
  const earlier = new EarlierFindings(base);
  const added: number[] = [];
  const unchanged: number[] = [];
  const met = new Set<Finding>();
  head.findings.forEach((finding, index) => {
    const found = earlier.of(finding, match);
    for (const each of found) {
      met.add(each);
    }
    (found.length === 0 || saysMore(finding, found, match) ? added : unchanged).push(index);
  });
  return {
    base: name,
    added,
    fixed: earlier.findings.filter((each) => !met.has(each)).map((each) => inHead(each, match)),
    unchanged,
    paths: pathChanges(head, base, match),
    weakened: head.weakened.flatMap((each, index) => (isMore(each, base.weakened) ? [index] : [])),
  };
}

/** Findings of the base, by what a later one is known by. */
class EarlierFindings {
  readonly findings: readonly Finding[];
  readonly #byFingerprint: ReadonlyMap<string, Finding>;
  readonly #bySubject = new Map<string, Finding[]>();

  constructor(private readonly base: Review) {
    // What the base itself had added is no defect of it.
    this.findings = base.findings.filter(({ rule }) => rule !== "declared/added");
    this.#byFingerprint = new Map(this.findings.map((each) => [fingerprintOf(each), each]));
    for (const each of this.findings) {
      push(this.#bySubject, each.subject, each);
    }
  }

  /** The same finding; else those that refute the same of the same subject. */
  public of(finding: Finding, match: PathMatch): readonly Finding[] {
    const same = this.#byFingerprint.get(fingerprintOf(finding));
    if (same !== undefined) {
      return [same];
    }
    const statement = refutedBy(finding);
    const paths = new Set<PathReport | undefined>(
      finding.paths.flatMap((index) => match.inBase(index) ?? []),
    );
    return (this.#bySubject.get(finding.subject) ?? []).filter((each) => {
      const alike = statement !== undefined && refutedBy(each) === statement;
      return alike && each.paths.some((index) => paths.has(this.base.paths[index]));
    });
  }
}

/** Does a finding say more than those of the base that it goes on from? */
function saysMore(finding: Finding, earlier: readonly Finding[], match: PathMatch): boolean {
  const weight = earlier.reduce((most, each) => Math.max(most, weightOf(each)), 0);
  return weightOf(finding) > weight || hasWorsePath(finding, earlier, match);
}

function hasWorsePath(finding: Finding, earlier: readonly Finding[], match: PathMatch): boolean {
  const statement = refutedBy(finding);
  const paths = match.of(finding.paths);
  if (statement !== undefined) {
    return paths.some(([head, base]) => isWorse(head, base, statement));
  }
  // Of a warning, such as one about all hostnames of a zone, another path is nothing new.
  const covered = new Set(match.inHead(earlier.flatMap((each) => each.paths)));
  return finding.severity === "error" && paths.some(([head]) => !covered.has(head));
}

function weightOf({ severity, acknowledged }: Finding): number {
  return acknowledged !== null ? 0 : severity === "warning" ? 1 : 2;
}

/** A finding that is gone, with those of its paths that are still there. */
function inHead(finding: Finding, match: PathMatch): Finding {
  return { ...finding, paths: match.indexesInHead(finding.paths) };
}
