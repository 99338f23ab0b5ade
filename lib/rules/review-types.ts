import type { Assumption, Hop, Reason } from "../model/hop";
import type { Flow } from "../model/path";
import type { Verdict } from "../prove/verdict";
import type { Finding } from "./finding";
import type { Weakening } from "./weakening";

/** How many paths have which verdict. */
export interface Count {
  readonly proved: number;
  readonly refuted: number;
  readonly undetermined: number;
}

/** One step of an apply, or a part of it. */
export interface StepReport {
  readonly address: string;
  readonly action: "create" | "update" | "delete" | "forget";
  /** The key of a deposed object. */
  readonly deposed?: string;
  /** What it does so far, where the update is several calls. */
  readonly part?: string;
}

/** A state in which the apply cuts a part of the edge off. */
export interface RolloutWitness {
  /** What is done, in an order in which an apply can do it. */
  readonly done: readonly StepReport[];
  /** What is not done yet, and ends it. */
  readonly pending: readonly StepReport[];
  /** Ranges of the edge that get no answer meanwhile. */
  readonly cutOff: readonly string[];
}

/** One thing that the packets of a path meet. */
export interface HopReport {
  readonly kind: Hop["kind"];
  /** How a person calls it, such as `network ACL, inbound`. */
  readonly name: string;
  readonly resources: readonly string[];
}

/** What an apply changes in which sources get through, as ranges. */
export interface SourceChange {
  /** Surely admitted after the apply, and surely not before. */
  readonly added: readonly string[];
  /** Surely admitted before the apply, and surely not after. */
  readonly removed: readonly string[];
  /** False: who is admitted, before or after, is not known exactly, so there may be more. */
  readonly complete: boolean;
}

/** What an apply changes in who gets through to an origin, on its address, port and family. */
export interface AdmissionChange {
  /** Addresses of the edge: a range of Cloudflare's list, or a part of one. */
  readonly edge: SourceChange;
  /** Everybody else's. A block is meant without the edge's addresses in it. */
  readonly others: SourceChange;
}

/** A path as reports show it. */
export interface PathReport {
  /** The stack or file that holds the record: two can have records of the same address. */
  readonly input: string;
  readonly hostname: string;
  readonly record: string;
  readonly family: Flow["family"];
  readonly origin: Flow["origin"];
  readonly certain: boolean;
  readonly because: string;
  readonly hops: readonly HopReport[];
  readonly availability: {
    readonly verdict: Verdict;
    readonly witness: string | null;
    readonly missing: readonly string[];
    /** Ranges of the edge that are neither surely let through nor surely cut off. */
    readonly undecided: readonly string[];
    /** Index in `hops` of the one that stops the witness; null where it is none of them. */
    readonly stoppedBy: number | null;
    /** The code that a visitor would most likely see. */
    readonly error: number | null;
    readonly reasons: readonly Reason[];
  };
  readonly exclusivity: {
    readonly verdict: Verdict;
    readonly witness: string | null;
    /**
     * CIDRs that get in besides. Cloudflare's own and addresses of nobody may be among them, where
     * that makes the list shorter; those that are sensitive are left out.
     */
    readonly others: readonly string[];
    readonly reasons: readonly Reason[];
  };
  /** Null where the input has no prior state. */
  readonly rollout: {
    readonly verdict: Verdict | "notOwed";
    /** Why it is undetermined; of what is not owed, why not. */
    readonly reasons: readonly Reason[];
    /** Refuted: a state of the apply. */
    readonly witness?: RolloutWitness;
  } | null;
  /** Null where the input has no prior state, or the path did not exist. */
  readonly before: { readonly availability: Verdict; readonly exclusivity: Verdict } | null;
  /** Null where the input has no prior state, or the path did not exist. */
  readonly admission: AdmissionChange | null;
  readonly assumptions: readonly Assumption[];
}

/** A proxied hostname without a path: Cloudflare opens no connection to an origin for it. */
export interface OriginlessReport {
  /** The stack or file that holds the record. */
  readonly input: string;
  readonly hostname: string;
  readonly record: string;
  /** Why: it leads to a tunnel, its address is a placeholder, or every request is redirected. */
  readonly because: "tunnel" | "placeholder" | "redirect";
  /** The tunnel, Workers and rules of the input that serve it. */
  readonly servers: readonly string[];
}

/** A path of the prior state that the apply ends: its record, its origin or its port goes. */
export interface GonePath
  extends Pick<PathReport, "input" | "hostname" | "record" | "family" | "origin"> {
  readonly before: NonNullable<PathReport["before"]>;
}

/** A resource on a path that somebody changed or deleted since the last apply. */
export interface DriftReport {
  /** The stack or file that holds it. */
  readonly input: string;
  readonly address: string;
  readonly action: "update" | "delete";
  /** Attributes that differ, by name. */
  readonly attributes: readonly string[];
  /** Indexes in `paths` of the review. */
  readonly paths: readonly number[];
}

/** A path in a review and in the one that it is compared with. */
export interface PathChange {
  readonly hostname: string;
  readonly record: string;
  readonly family: Flow["family"];
  readonly origin: Flow["origin"];
  /** Index in `paths` of the review; null of a path that is no longer there. */
  readonly path: number | null;
  /** Null of a path that the base did not have. */
  readonly base: Statements | null;
  /** Null of a path that is no longer there. */
  readonly head: Statements | null;
}

/** The verdicts of a path. */
export interface Statements {
  readonly availability: Verdict;
  readonly exclusivity: Verdict;
  readonly rollout: Verdict | "notOwed" | null;
}

/** How a review differs from an earlier one, the base. */
export interface Change {
  /** The file or folder that the base was read from. */
  readonly base: string;
  /** Indexes in `findings` of those that the base did not have. */
  readonly added: readonly number[];
  /** Findings of the base that are gone. */
  readonly fixed: readonly Finding[];
  /** Indexes in `findings` of those that the base had too. */
  readonly unchanged: readonly number[];
  /** Paths that are new, are gone, or have another verdict. */
  readonly paths: readonly PathChange[];
  /** Indexes in `weakened` of what the base did not declare. */
  readonly weakened: readonly number[];
}

/** What a review found: the value that every report is made from. */
export interface Review {
  readonly schemaVersion: 1;
  readonly edge: { readonly date: string; readonly ranges: number; readonly digest: string };
  readonly summary: {
    readonly hostnames: number;
    readonly paths: number;
    readonly availability: Count;
    readonly exclusivity: Count;
    readonly rollout: Count & { readonly notOwed: number };
  };
  readonly paths: readonly PathReport[];
  /** None where the input has no prior state. */
  readonly gone: readonly GonePath[];
  readonly originless: readonly OriginlessReport[];
  readonly findings: readonly Finding[];
  /** What was changed outside Terraform, as the plan's refresh found it. */
  readonly drift: readonly DriftReport[];
  /** What was declared beside the proof: acknowledgements, exceptions, FilteredElsewhere. */
  readonly weakened: readonly Weakening[];
  /** How it differs from a base; null where it is compared with none. */
  readonly change: Change | null;
}
