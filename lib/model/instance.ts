import type { Expression, Json } from "./value";

/** Where a topology's resources come from: one plan, one stack's synth output, one state. */
export interface Input {
  readonly kind: "plan" | "synth" | "state";
  /** How reports call it: the stack's id, or the file as the user named it. */
  readonly label: string;
  /** Why nothing can be proved from it, where that is so (`errored`, `complete: false`). */
  readonly partial: string | undefined;
}

/** What the configuration says of one block: an attribute's expression, or nested blocks. */
export type Configured =
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "blocks";
      readonly blocks: readonly ConfiguredBlock[];
      /** In the order of the values: in a plan, sets have an order of their own. */
      readonly aligned?: boolean;
    };

/** What the configuration says of a block's attributes and nested blocks: a map, or as good as one. */
export interface ConfiguredBlock extends Iterable<readonly [string, Configured]> {
  get(name: string): Configured | undefined;
  has(name: string): boolean;
  values(): Iterable<Configured>;
  /** Whether an attribute is one variable's value, which is known while planning: null may be it. */
  isSettled?(name: string): boolean;
}

/** One step of a module address: `module.web["a"]`. */
export interface ModuleStep {
  readonly name: string;
  readonly key: string | number | undefined;
}

/** One instance of a resource or data source, as it will be after the apply. */
export interface Instance {
  readonly input: Input;
  /** Terraform's address, with module path and instance key. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly modules: readonly ModuleStep[];
  readonly key: string | number | undefined;
  /** `each.value` of the instance, where the input tells. */
  readonly eachValue: Json | undefined;
  /** Known values. What is unknown is absent here and true in `unknown`. */
  readonly values: Json;
  /** `true`, or an object or list of masks, as `after_unknown` in plan JSON. */
  readonly unknown: Json;
  /** As `after_sensitive` in plan JSON. */
  readonly sensitive: Json;
  /** What the configuration sets; undefined where the input holds no configuration for it. */
  readonly configured: ConfiguredBlock | undefined;
  /** `create`: it did not exist before. `unknown`: the input does not tell. */
  readonly action: "create" | "keep" | "change" | "forget" | "unknown";
  /** False where `count` or `for_each` is unknown: there may be none of it, or many. */
  readonly certain: boolean;
  /** Known before the apply, where the input has a prior state. */
  readonly before: Json | undefined;
  readonly constructPath: string | undefined;
}
