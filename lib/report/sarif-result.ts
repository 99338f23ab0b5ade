import type { ArtifactLocation, Location, LogicalLocation, Result } from "sarif";
import type { Finding } from "../rules/finding";
import { fingerprintOf } from "../rules/fingerprint";
import type { Review } from "../rules/review-types";
import { shown } from "./escape";
import { type Files, type Place, placeOf } from "./place";

/** Longer texts are cut: no real sentence of a finding is longer. */
const LONGEST = 1_000;

/** A finding with what the base says of it. */
export interface Compared {
  readonly finding: Finding;
  /** Undefined without a base. */
  readonly state: "new" | "unchanged" | undefined;
}

/** Findings as reports for machines list them: worst first, of those the new ones first. */
export function comparedFindings({ findings, change }: Review): readonly Compared[] {
  const added = new Set(change?.added);
  const all = findings.map((finding, index): Compared => {
    const state = change === null ? undefined : added.has(index) ? "new" : "unchanged";
    return { finding, state };
  });
  return all.sort((left, right) => weightOf(left) - weightOf(right));
}

function weightOf({ finding, state }: Compared): number {
  const { acknowledged, severity } = finding;
  const weight = acknowledged !== null ? 4 : severity === "warning" ? 2 : 0;
  return weight + (state === "unchanged" ? 1 : 0);
}

/** A finding as a result of SARIF. */
export function resultOf(
  { finding, state }: Compared,
  ruleIndex: number,
  [review, files]: readonly [Review, Files],
): Result {
  const { rule, severity, subject, what, why, fix, witness, acknowledged } = finding;
  const hostnames = finding.paths.flatMap((index) => review.paths[index]?.hostname ?? []);
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: messageText(`${what}. ${why} To fix it: ${fix}.`) },
    locations: [locationOf(finding, placeOf(finding, review, files))],
    partialFingerprints: { "originproof/v1": fingerprintOf(finding) },
    ...(state === undefined ? {} : { baselineState: state }),
    suppressions: acknowledged === null ? [] : [suppressionOf(acknowledged)],
    properties: {
      subject: shown(subject, LONGEST),
      witness,
      hostnames: [...new Set(hostnames)].slice(0, MOST_NAMES).map((name) => shown(name, LONGEST)),
    },
  };
}

/** Hostnames that a result names; the JSON report has all. */
const MOST_NAMES = 10;

function suppressionOf({ reason, expires }: NonNullable<Finding["acknowledged"]>) {
  const until = expires === null ? "" : ` (until ${expires})`;
  const justification = `${shown(reason, LONGEST)}${until}`;
  return { kind: "external", status: "accepted", justification } as const;
}

/**
 * Text as messages of SARIF have it: braces are doubled, since single ones are placeholders, and
 * nothing is an embedded link.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (3.11.5, 3.11.6)
 */
export function messageText(text: string): string {
  return shown(text, 3 * LONGEST)
    .replace(/[{}]/g, "$&$&")
    .replace(/\](?=\()/g, "] ");
}

function locationOf({ subject, constructPath }: Finding, place: Place): Location {
  const addresses = subject.split(", ").slice(0, MOST_NAMES);
  const named = [
    ...addresses.map((address) => logical(address, "resource")),
    ...(constructPath === null ? [] : [logical(constructPath, "construct")]),
  ];
  return {
    physicalLocation: { artifactLocation: artifactOf(place), region: { startLine: place.line } },
    logicalLocations: named,
  };
}

function logical(name: string, kind: string): LogicalLocation {
  return { fullyQualifiedName: shown(name, LONGEST), kind };
}

function artifactOf({ file, outside }: Place): ArtifactLocation {
  const cut = shown(file, LONGEST);
  const uri = cut.split("/").map(encodeURIComponent).join("/");
  if (!outside) {
    return { uri, uriBaseId: "%SRCROOT%" };
  }
  return { uri: `file://${uri.startsWith("/") ? "" : "/"}${uri}` };
}
