import type { SandboxOptions } from "../../sandbox/terraform";

export type Verdict = "proved" | "refuted" | "undetermined";

/** A path and the verdicts that its author expects; the oracle has the last word. */
export interface ExpectedPath {
  /** @default "www.example.com" */
  readonly hostname?: string;
  /** @default 4 */
  readonly family?: 4 | 6 | null;
  /** Of the origin. @default 443 */
  readonly port?: number | null;
  /** @default "https", but "http" on port 80 */
  readonly scheme?: "http" | "https";
  /** Terraform address of the resource that the edge connects to; needed where there are several. */
  readonly origin?: string;
  readonly availability: Verdict;
  readonly exclusivity: Verdict;
  /** Of a case with `before`. */
  readonly rollout?: Verdict | "notOwed";
  /** Ids of the reasons, where something is undetermined. */
  readonly reasons?: readonly string[];
}

/** A plan of the corpus: what terraform plans, and what is expected of the review. */
export interface Case {
  /** `group/name`, which is the folder of its plan. */
  readonly name: string;
  /** What is deployed first. */
  readonly before?: string;
  /** What is planned. */
  readonly after: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Pick<SandboxOptions, "cloudflare" | "env">;
  readonly paths: readonly ExpectedPath[];
  /** Rules of the errors to be found, and of warnings where they are what the case is about. */
  readonly rules?: readonly string[];
  /**
   * Ports come from rules of the edge, which the oracle doesn't evaluate: it takes `paths` as they
   * are.
   */
  readonly portsByHand?: boolean;
  /** Why the oracle can't see what the prover does: labels are by hand, and only undetermined. */
  readonly hidden?: string;
}

type Short = readonly [
  availability: Verdict,
  exclusivity: Verdict,
  more?: Partial<Omit<ExpectedPath, "availability" | "exclusivity">>,
];

/** `path("proved", "refuted", { family: 6 })`. */
export function path(...[availability, exclusivity, more = {}]: Short): ExpectedPath {
  return { availability, exclusivity, ...more };
}

/** Proved both ways. */
export const PROVED = path("proved", "proved");
