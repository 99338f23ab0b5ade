import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Json = null | string | number | boolean | Json[] | { [name: string]: Json };

/** What a type's schema doesn't say. The files in semantics/ say where each line is from. */
export interface Semantics {
  /** Made with the plugin framework: on a change computed values become unknown again. */
  readonly framework: boolean;
  /** Attributes whose change replaces the resource. */
  readonly replace: readonly string[];
  /** Attributes whose change replaces only while the named flag is true. */
  readonly replaceIf: Readonly<Record<string, string>>;
  /** Exactly one of these is set; another one set replaces. */
  readonly replaceOnKind: readonly string[];
  /** Planned where the configuration says nothing, by dotted path. */
  readonly default: Readonly<Record<string, Json>>;
  /** Computed, and null for certain while the named attribute is null. */
  readonly nullWith: Readonly<Record<string, string>>;
  /** Computed, and unknown again when the named attribute changes. */
  readonly unknownWith: Readonly<Record<string, string>>;
  /** Of a framework type: computed values that an update keeps. */
  readonly keep: readonly string[];
  /** Blocks that are optional and computed, which a schema cannot say. */
  readonly computedBlocks: readonly string[];
  /** What the cloud answers for what nobody set, by top-level attribute. */
  readonly fill: Readonly<Record<string, Json>>;
  /** What a refresh shows for null, besides `tags`. */
  readonly refreshed: Readonly<Record<string, Json>>;
  /** Names of the calls of an operation, in order; none where the type's handler makes them all. */
  readonly calls: { readonly [operation in "create" | "update" | "delete"]?: readonly string[] };
  /** Identity in the cloud where `id` alone is none. */
  readonly key: string;
  /** What `terraform import` is given: `{route_table_id}_{destination_cidr_block}`. */
  readonly import: string;
  /** No two objects of the type have the same: `{region} {vpc_id} {name}`. */
  readonly unique: string;
  /** Deletion makes no call: the setting keeps its value. */
  readonly undeletable: boolean;
}

type Line = Partial<Semantics> & { readonly source: string };

const NOTHING: Semantics = {
  framework: false,
  replace: [],
  replaceIf: {},
  replaceOnKind: [],
  default: {},
  nullWith: {},
  unknownWith: {},
  keep: [],
  computedBlocks: [],
  fill: { id: "{hex:32}" },
  refreshed: {},
  calls: {},
  key: "{id}",
  import: "{id}",
  unique: "",
  undeletable: false,
};

/**
 * Reads `semantics/<type>.json`: a list of facts, each with its source. An older edition of a
 * provider has a folder of its own.
 */
export function loadSemantics(root: string, type: string, edition = ""): Semantics {
  const file = join(root, "semantics", edition, `${type}.json`);
  const isAws = type.startsWith("aws_");
  const isRegional = isAws && !/^aws_(cloudfront|globalaccelerator)_/.test(type);
  const base = {
    ...NOTHING,
    framework: !isAws,
    replace: isRegional ? ["region"] : [],
    keep: isRegional ? ["region"] : [],
    // Where neither the provider nor the environment names one.
    import: isAws ? "{id}" : "{zone_id}/{id}",
    fill: { ...NOTHING.fill, ...(isRegional ? { region: "us-east-1" } : {}) },
  };
  if (!existsSync(file)) return base;
  const lines: readonly Line[] = JSON.parse(readFileSync(file, "utf8"));
  return lines.reduce<Semantics>(merge, base);
}

function merge(into: Semantics, line: Line): Semantics {
  return {
    ...into,
    ...line,
    replace: [...into.replace, ...(line.replace ?? [])],
    keep: [...into.keep, ...(line.keep ?? [])],
    computedBlocks: [...into.computedBlocks, ...(line.computedBlocks ?? [])],
    replaceIf: { ...into.replaceIf, ...line.replaceIf },
    default: { ...into.default, ...line.default },
    nullWith: { ...into.nullWith, ...line.nullWith },
    unknownWith: { ...into.unknownWith, ...line.unknownWith },
    fill: { ...into.fill, ...line.fill },
    refreshed: { ...into.refreshed, ...line.refreshed },
    calls: { ...into.calls, ...line.calls },
  };
}
