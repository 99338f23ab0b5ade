import type { PlannedApply } from "../model/apply";
import type { Input, Instance } from "../model/instance";
import type { ModuleConfiguration } from "./configuration";
import type { Drifted } from "./drift";

/** One input read: its instances after the apply, and before it where there is a prior state. */
export interface ReadInput {
  readonly input: Input;
  readonly configuration: ModuleConfiguration;
  readonly instances: readonly Instance[];
  /** What was there before the apply; undefined where nothing is deployed or nothing tells. */
  readonly before: readonly Instance[] | undefined;
  /** Addresses of blocks with a precondition or postcondition, without any key. */
  readonly guarded?: ReadonlySet<string>;
  /** What was changed outside Terraform since the last apply. */
  readonly drift?: readonly Drifted[];
  /**
   * What it says about the order of its apply: plans alone. Read when it is asked for.
   *
   * @throws InputError where its shape is not that of a plan
   */
  readonly apply?: () => PlannedApply;
}
