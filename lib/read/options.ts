import type { Instance } from "../model/instance";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import type { Sidecar } from "./sidecar";

/** What a user declares besides the input itself. */
export interface ReadOptions {
  /** The addresses that Cloudflare connects from. */
  readonly edge: (family: Family) => CidrSet;
  readonly sidecars: readonly Sidecar[];
  /** Addresses outside the input → Terraform addresses of what filters them. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  /** Settings of zones outside the input, by zone name. */
  readonly zones: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** When the apply takes a rule block away, beside its change of the block's owner. */
  readonly removal?: (block: Instance, owner: Instance) => Removal;
  /** Whether a state within an apply is read: what was just begun need not run yet. */
  readonly during?: boolean;
}

/** Whether one is surely done before the other. */
export type Removal = "first" | "last" | "unordered";
