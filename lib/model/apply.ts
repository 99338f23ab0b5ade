import type { Input } from "./instance";
import type { Step } from "./rollout";

/** One entry of `resource_changes`, as the order of the apply needs it. */
export interface PlannedObject {
  /** Terraform's address, with module path and instance key. */
  readonly address: string;
  /** The address of its block, without any key: `module.m.aws_eip.web`. */
  readonly block: string;
  /** `["a"]`, `[0]` or empty: its own key. */
  readonly key: string;
  /** The address of its module instance; empty for the root. */
  readonly module: string;
  /** The same without keys. */
  readonly modulePath: string;
  readonly provider: string;
  /** None: nothing is done to it, or it is a data source. */
  readonly steps: readonly Step[];
  /** A data source that the apply reads. */
  readonly read: boolean;
  /** Planned from its block of the configuration: not deleted because the configuration lacks it. */
  readonly configured: boolean;
}

/** What waits for what by the configuration: blocks, outputs, variables, modules, providers. */
export interface ReferenceGraph {
  /** By vertex: the vertices it waits for. A block's vertex is its address. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
  /** Vertices whose references the plan does not all show, with the module whose names they use. */
  readonly hidden: ReadonlyMap<string, string>;
}

/** What a plan says about the order of its apply. */
export interface PlannedApply {
  readonly input: Input;
  readonly objects: readonly PlannedObject[];
  readonly references: ReferenceGraph;
  /** By address of an object in the prior state: addresses of the blocks it depends on. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** `terraform graph -plan=tfplan`: by name of a vertex, the names of those it waits for. */
export interface TerraformGraph {
  readonly label: string;
  readonly edges: ReadonlyMap<string, readonly string[]>;
}

/** What `terraform state pull` says of current objects that no plan does. */
export interface RawState {
  readonly label: string;
  /** By address: whether the object was last applied with `create_before_destroy`. */
  readonly createBeforeDestroy: ReadonlyMap<string, boolean>;
}

/** A plan with what else is known about its order. */
export interface OrderedPlan {
  readonly plan: PlannedApply;
  /** The whole order, as Terraform itself tells it. */
  readonly graph?: TerraformGraph | undefined;
  readonly state?: RawState | undefined;
  /** By block: whether the configuration sets `create_before_destroy` there; from the sidecar. */
  readonly configured?: ReadonlyMap<string, boolean> | undefined;
  /** Plans that are applied as a whole before this one. */
  readonly after?: readonly PlannedApply[] | undefined;
}
