import type { Assumption, Decider, Hop, Reason } from "../model/hop";
import type { Fate } from "../prove/why";
import type { Finding } from "./finding";
import type { PathReport, Review } from "./review-types";

/** A rule that decides, and where the user made it. */
export type WhyRule = Decider & Pick<Finding, "constructPath" | "source">;

/** What one hop does to an address. */
export interface WhyHop {
  readonly kind: Hop["kind"];
  /** As a person calls it: `security groups`, `network ACL, inbound`. */
  readonly name: string;
  readonly resources: readonly string[];
  /** Where the user made the first of them that is known. */
  readonly place: Pick<Finding, "constructPath" | "source">;
  /** The port that it is about: a target's may be another than the path's. */
  readonly port: number;
  readonly verdict: Fate;
  readonly rules: readonly WhyRule[];
  /** A filter that stops it: what it admits on the port instead. Null where it is not printed. */
  readonly admits: readonly string[] | null;
  /** A filter that stops it: ports on which it would admit it, the first few. */
  readonly admittedOn: readonly number[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** What becomes of an address on one path. */
export interface WhyPath
  extends Pick<
    PathReport,
    "input" | "hostname" | "record" | "family" | "origin" | "certain" | "because"
  > {
  readonly verdict: Fate;
  /** Index of the first hop that stops it; null where none does. */
  readonly stoppedBy: number | null;
  /** The error of visitors whose requests come through the address; null for others' addresses. */
  readonly error: string | null;
  readonly hops: readonly WhyHop[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** Whose an address is. */
export type Owner =
  | { readonly kind: "edge"; readonly range: string; readonly date: string }
  | { readonly kind: "declared-edge"; readonly range: string; readonly reason: string }
  | {
      readonly kind: "exception";
      /** `198.51.100.0/24 on tcp/443`. */
      readonly what: string;
      readonly reason: string;
      readonly expires: string | null;
      readonly expired: boolean;
    }
  | { readonly kind: "nobody" };

/** The answer to `originproof why`. */
export interface Why {
  readonly schemaVersion: 1;
  readonly edge: Review["edge"];
  readonly source: {
    readonly address: string;
    readonly family: 4 | 6;
    readonly port: number;
    /** `Private-Use, RFC 1918`, where the address is set aside. */
    readonly specialPurpose: string | null;
    /** Hostnames whose origin has this very address. */
    readonly originOf: readonly string[];
    readonly owner: Owner;
  };
  readonly paths: readonly WhyPath[];
  /** Ports and families of the paths that were left out, each once. */
  readonly others: readonly { readonly port: number; readonly family: 4 | 6 }[];
}
