import type { Input } from "./instance";
import type { Step } from "./rollout";

/** One entry of `resource_changes`, as the order of the apply needs it. */
export interface PlannedObject {
  /** Terraform's address, with module path and instance key. */
  readonly address: string;
  /** The address of its block, without any key: `module.m.aws_eip.web`. */
  readonly block: string;
  /** Its own key, as in the address: `["a"]`, `[0]` or empty. */
  readonly key: string;
  /** The address of its module instance; empty for the root. */
  readonly module: string;
  /** The same without keys. */
  readonly modulePath: string;
  /** Its provider's configuration where that is known, else the provider. */
  readonly provider: string;
  /** Vertices of the provider configurations that may serve it: one, where that is known. */
  readonly servedBy: readonly string[];
  /** None: nothing is done to it, or it is a data source. */
  readonly steps: readonly Step[];
  /** A data source that the apply reads. */
  readonly read: boolean;
  /** Nothing is done to it, but its conditions are checked again. */
  readonly checked: boolean;
  readonly deposed: string | undefined;
}

/**
 * What waits for what by the configuration. The names of its vertices are `block:module.m.aws_eip.web`,
 * `all:…` (the block and its instances), `key:…["a"]` (one instance of it), `output:`, `variable:`,
 * `expand:` and `close:` of a module, and `provider:`.
 */
export interface ReferenceGraph {
  /** By vertex: the vertices it waits for. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
  /** Vertices whose references the plan does not all show, with the module whose names they use. */
  readonly hidden: ReadonlyMap<string, string>;
  /** Vertices of blocks whose creates, and perhaps deletes, run provisioners. @default none */
  readonly provisioned?: ReadonlySet<string>;
}

/** What a plan says about the order of its apply. */
export interface PlannedApply {
  readonly input: Input;
  readonly objects: readonly PlannedObject[];
  readonly references: ReferenceGraph;
  /** By address of a current object in the prior state: the blocks it depends on. */
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

/** A stack of an app of cdktf, as synth writes it. */
export interface AppStack {
  readonly stack: string;
  /** The stacks that it depends on: `cdktf deploy` applies it when they are applied. */
  readonly after: readonly string[];
  /** The keys of its resource blocks: which plans are of it. */
  readonly blocks: ReadonlySet<string>;
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
