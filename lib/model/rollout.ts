import type { Assumption } from "./hop";
import type { Input } from "./instance";
import type { Json } from "./value";

/**
 * One thing that an apply does to one object. A replace is two steps, a delete and a create, with
 * the same address. Reading a data source is no step: it changes nothing.
 */
export interface Step {
  readonly input: Input;
  /** Terraform's address, with module path and instance key. */
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "update" | "delete" | "forget";
  /** The key of a deposed object: the rest of an interrupted replace. */
  readonly deposed: string | undefined;
  /** Half of a replace, and which half the plan does first. */
  readonly replace: "delete-first" | "create-first" | undefined;
  /** Known values of the object before; null for a create. */
  readonly before: Json;
  /** Known values after; null for a delete and a forget. What is unknown is absent here. */
  readonly after: Json;
  /** `true`, or masks of what is unknown in `after`. */
  readonly afterUnknown: Json;
  /** The address before a `moved` block or `terraform state mv` renamed it. */
  readonly previousAddress: string | undefined;
  /** It runs provisioners or the like, or may: of a delete the plan does not show it. @default false */
  readonly provisioned?: boolean;
}

/** A delete that follows a flag which the input does not tell. */
export interface UnsureDelete {
  readonly step: Step;
  /**
   * Whether the block, where it is still configured, has `create_before_destroy` now, by itself or
   * because what depends on it does. Not what decides: that is the flag of the last apply.
   */
  readonly configured: boolean | undefined;
}

/** Which unsure deletes have `create_before_destroy`. */
export type Flags = ReadonlyMap<Step, boolean>;

/** The order of an apply, or of several applies that run side by side. */
export interface ApplyGraph {
  /** Every step, in the order of the plans. */
  readonly steps: readonly Step[];
  readonly unsure: readonly UnsureDelete[];
  /** What the order of several plans rests on, by the label of the later one. */
  readonly assumptions?: readonly Assumption[];
  /** The order under one reading. An unsure delete that `flags` leaves out counts as not ordered by it. */
  order(flags: Flags): ApplyOrder;
}

export interface ApplyOrder {
  /** Whether `a` is surely finished before `b` starts. */
  precedes(a: Step, b: Step): boolean;
  /**
   * Whether `a` may have to be finished before `b` starts, for all the input shows: true wherever
   * `precedes` is, and where references may be hidden (locals, which plan JSON does not hold).
   * A state in which `b` is done and `a` is not is surely one of the apply's only where this is
   * false.
   */
  mayPrecede(a: Step, b: Step): boolean;
}
