import { type Config, parseInput, type Review, reviewInputs } from "originproof/review";
import { edgeRanges } from "../../lib/edge/ranges";

/** JSON as a test writes it. */
export type Written = Readonly<Record<string, unknown>>;

/** One entry of `resource_changes`, and what the configuration says of its block. */
export interface PlannedResource {
  /** `type.name`, with `data.` before it and `["key"]` behind it where it has one. */
  readonly address: string;
  /** Address of the module instance that it is in. */
  readonly module?: string;
  /** Known values; each is a constant of the configuration too, unless `computed` names it. */
  readonly values?: Written;
  /** Unknown values, with the references that the configuration lists for them. */
  readonly refs?: Readonly<Record<string, readonly string[]>>;
  /** Attributes that the configuration does not set: known by `values`, else unknown. */
  readonly computed?: readonly string[];
  /** Sets `expressions` as a whole; null leaves the block out of the configuration. */
  readonly expressions?: Written | null;
  readonly unknown?: Written;
  readonly sensitive?: Written;
  readonly actions?: readonly string[];
  readonly before?: Written;
  /** More members of the entry, or of its `change`. */
  readonly entry?: Written;
  readonly change?: Written;
}

export interface PlanParts {
  readonly resources: readonly PlannedResource[];
  /** `configuration.root_module.module_calls`, without what `resources` of modules add. */
  readonly calls?: Written;
  readonly outputs?: Written;
  /** Resources of `prior_state`, beside those with a `before`. */
  readonly prior?: readonly Written[];
  /** More top-level members. */
  readonly more?: Written;
}

interface Named {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
}

export function named(address: string): Named {
  const match = /^(data\.)?([\w-]+)\.([\w-]+)(?:\[(.*)\])?$/s.exec(address);
  const [, data, type, name, key] = match ?? [];
  if (type === undefined || name === undefined) {
    throw new Error(`no address: ${address}`);
  }
  const mode = data === undefined ? "managed" : "data";
  return { mode, type, name, key: key === undefined ? undefined : JSON.parse(key) };
}

/** `a.b["x"].c` → what Terraform lists for it: itself and its prefixes down to the resource. */
export function listed(reference: string): string[] {
  const short = /^(?:(?:data\.)?[\w-]+\.[\w-]+)/.exec(reference)?.[0] ?? reference;
  const keyed = /^(?:data\.)?[\w-]+\.[\w-]+\[[^\]]+\]/.exec(reference)?.[0];
  const single = /^(each|count|var|local|path|terraform)\./.test(reference);
  return single ? [reference] : [...new Set([reference, ...(keyed ? [keyed] : []), short])];
}

function expressionsOf(resource: PlannedResource): Written {
  const constants = Object.entries(resource.values ?? {})
    .filter(([name]) => !(resource.computed ?? []).includes(name))
    .map(([name, value]) => [name, { constant_value: value }]);
  const references = Object.entries(resource.refs ?? {}).map(([name, texts]) => [
    name,
    { references: texts.flatMap(listed) },
  ]);
  return Object.fromEntries([...constants, ...references]);
}

function changeOf(resource: PlannedResource): Written {
  const { values = {}, refs = {}, computed = [] } = resource;
  const actions = resource.actions ?? ["create"];
  const open = [...Object.keys(refs), ...computed.filter((name) => !(name in values))];
  return {
    actions,
    before: resource.before ?? null,
    after: actions.join() === "delete" ? null : values,
    after_unknown: { ...Object.fromEntries(open.map((name) => [name, true])), ...resource.unknown },
    before_sensitive: resource.sensitive ?? false,
    after_sensitive: resource.sensitive ?? {},
    ...resource.change,
  };
}

function entryOf(resource: PlannedResource): Written {
  const { mode, type, name, key } = named(resource.address);
  const prefix = resource.module === undefined ? "" : `${resource.module}.`;
  return {
    address: `${prefix}${resource.address}`,
    ...(resource.module === undefined ? {} : { module_address: resource.module }),
    mode,
    type,
    name,
    ...(key === undefined ? {} : { index: key }),
    change: changeOf(resource),
    ...resource.entry,
  };
}

/** The blocks of a module: one for all instances. */
function blocksOf(resources: readonly PlannedResource[]): Written[] {
  const blocks = new Map<string, Written>();
  for (const resource of resources) {
    const { mode, type, name } = named(resource.address);
    const expressions = resource.expressions ?? expressionsOf(resource);
    const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    if (resource.expressions !== null) {
      blocks.set(address, { address, mode, type, name, expressions });
    }
  }
  return [...blocks.values()];
}

/** Plan JSON, as `terraform show -json` prints it, with what the reader looks at. */
export function planOf(parts: PlanParts): Written {
  const root = parts.resources.filter((resource) => resource.module === undefined);
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: parts.resources.map(entryOf),
    ...(parts.prior === undefined
      ? {}
      : { prior_state: { values: { root_module: { resources: parts.prior } } } }),
    configuration: {
      root_module: {
        resources: blocksOf(root),
        outputs: parts.outputs ?? {},
        module_calls: parts.calls ?? {},
      },
    },
    ...parts.more,
  };
}

/** The blocks of a module call, for `calls`. */
export function moduleOf(
  resources: readonly PlannedResource[],
  outputs: Readonly<Record<string, readonly string[]>> = {},
): Written {
  const entries = Object.entries(outputs).map(([name, texts]) => [
    name,
    { expression: { references: texts.flatMap(listed) } },
  ]);
  return { resources: blocksOf(resources), outputs: Object.fromEntries(entries) };
}

/** Reviews one or several documents as one topology. */
export function reviewOf(
  documents: readonly unknown[],
  config?: Config,
  labels: readonly string[] = [],
): Review {
  const reads = documents.map((document, index) =>
    parseInput(JSON.stringify(document), labels[index] ?? `${index + 1}.json`),
  );
  const today = new Date("2026-01-01T00:00:00Z");
  return reviewInputs(reads, config === undefined ? { today } : { config, today });
}

/** Reviews a plan of these resources. */
export function reviewPlan(
  resources: readonly PlannedResource[],
  more: Partial<PlanParts> = {},
): Review {
  return reviewOf([planOf({ resources, ...more })]);
}

/** `www.example.com IPv4 tcp/443: proved, proved`, sorted. */
export function verdicts(review: Review): readonly string[] {
  return review.paths
    .map(({ hostname, family, origin, availability, exclusivity }) => {
      const where = `${hostname} IPv${family} tcp/${origin.port}`;
      return `${where}: ${availability.verdict}, ${exclusivity.verdict}`;
    })
    .sort();
}

/** Ids of the reasons and of the assumptions of every path, each once. */
export function idsOf(review: Review): { reasons: string[]; assumptions: string[] } {
  const reasons = review.paths.flatMap(({ availability, exclusivity }) =>
    [...availability.reasons, ...exclusivity.reasons].map((reason) => reason.id),
  );
  const assumptions = review.paths.flatMap((path) => path.assumptions.map((each) => each.id));
  return { reasons: [...new Set(reasons)].sort(), assumptions: [...new Set(assumptions)].sort() };
}

export const EDGE_4: readonly string[] = edgeRanges()
  .cidrs(4)
  .map((cidr) => cidr.text);
export const EDGE_6: readonly string[] = edgeRanges()
  .cidrs(6)
  .map((cidr) => cidr.text);
