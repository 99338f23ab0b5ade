import {
  type Attribute,
  attributeType,
  type Block,
  type CtyType,
  type NestedBlock,
} from "./schema";
import type { Semantics } from "./semantics";
import { planTags } from "./tags";
import {
  conform,
  equal,
  isKnown,
  isObject,
  type ObjectValue,
  UNKNOWN,
  Unknown,
  type Value,
} from "./value";

export interface PlanInput {
  readonly block: Block;
  readonly semantics: Semantics;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
  /** The provider's `default_tags`. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** The provider's region, known in every plan of provider aws 6. */
  readonly region: string | undefined;
}

export interface Planned {
  readonly state: ObjectValue;
  /** Top-level attributes whose change replaces the resource. */
  readonly replace: readonly string[];
}

/** How a computed value that the configuration leaves null is planned. */
type Computed = "unknown" | "prior";

/**
 * What a provider plans. On create every computed value nobody set is unknown. On update those of
 * the older SDK keep their value; those of the framework become unknown as soon as anything changes.
 */
export function plan(input: PlanInput): Planned {
  const { prior, semantics } = input;
  if (prior === null) return { state: planned(input, "unknown"), replace: [] };
  const kept = planned(input, "prior");
  if (semantics.framework ? equal(kept, prior) : sameIgnoring(kept, prior))
    return { state: prior, replace: [] };
  const state = semantics.framework ? planned(input, "unknown") : kept;
  for (const [name, other] of Object.entries(semantics.unknownWith)) {
    const given = (input.config[name] ?? null) !== null;
    if (!given && !equal(state[other], prior[other])) state[name] = UNKNOWN;
  }
  return { state, replace: replacedBy(input, prior, state) };
}

function planned(input: PlanInput, computed: Computed): ObjectValue {
  const { block, semantics, proposed, config, prior } = input;
  const walk = new Walk(semantics, computed, prior !== null);
  const state = walk.block(block, proposed, config, "");
  for (const [name, other] of Object.entries(semantics.nullWith)) {
    if (config[other] === null && state[name] instanceof Unknown) state[name] = null;
  }
  for (const name of semantics.computedBlocks) {
    if (!isEmpty(config[name])) continue;
    state[name] = prior === null ? UNKNOWN : (prior[name] ?? null);
  }
  if (block.attributes?.tags_all !== undefined) planTags(input, state);
  if ((config.region ?? null) === null && prior === null && "region" in state) {
    state.region = input.region ?? UNKNOWN;
  }
  if (prior !== null && !semantics.framework) keepZeros(state, prior);
  return state;
}

/** What the older SDK read as a zero value stays one where the configuration says nothing. */
function keepZeros(state: ObjectValue, prior: ObjectValue): void {
  for (const [name, value] of Object.entries(prior)) {
    if (state[name] === null && isZero(value)) state[name] = value;
  }
}

/** One pass over a configuration beside what Terraform proposes. */
class Walk {
  constructor(
    private readonly semantics: Semantics,
    private readonly computed: Computed,
    private readonly updating: boolean,
  ) {}

  block(block: Block, proposed: ObjectValue, config: ObjectValue, path: string): ObjectValue {
    const result: ObjectValue = {};
    for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
      const at = path + name;
      result[name] = this.attribute(attribute, proposed[name] ?? null, config[name] ?? null, at);
    }
    for (const [name, nested] of Object.entries(block.block_types ?? {})) {
      result[name] = this.nested(nested, proposed[name] ?? null, config[name] ?? null, path + name);
    }
    return result;
  }

  private attribute(attribute: Attribute, proposed: Value, config: Value, path: string): Value {
    if (config === null) return this.unset(attribute, proposed, path);
    const nested = attribute.nested_type;
    if (nested !== undefined) {
      return this.each(proposed, config, (p, c) => this.block(nested, p, c, `${path}.`));
    }
    return this.semantics.framework ? proposed : plannedBySdk(proposed, attributeType(attribute));
  }

  private unset(attribute: Attribute, proposed: Value, path: string): Value {
    const fallback = this.semantics.default[path];
    if (fallback !== undefined) return conform(fallback, attributeType(attribute));
    if (attribute.computed !== true) return proposed;
    const keep = this.updating && this.semantics.keep.includes(path);
    return this.computed === "unknown" && !keep ? UNKNOWN : proposed;
  }

  private nested(nested: NestedBlock, proposed: Value, config: Value, path: string): Value {
    return this.each(proposed, config, (p, c) => this.block(nested.block, p, c, `${path}.`));
  }

  private each(
    proposed: Value,
    config: Value,
    inner: (proposed: ObjectValue, config: ObjectValue) => ObjectValue,
  ): Value {
    if (Array.isArray(proposed)) {
      const beside = Array.isArray(config) ? config : [];
      return proposed.map((value, index) => {
        const other = beside[index];
        return isObject(value) ? inner(value, isObject(other) ? other : value) : value;
      });
    }
    if (isObject(proposed)) return inner(proposed, isObject(config) ? config : proposed);
    return proposed;
  }
}

function replacedBy(input: PlanInput, prior: ObjectValue, state: ObjectValue): string[] {
  const { semantics, block } = input;
  const names = { ...block.attributes, ...block.block_types };
  const changed = (name: string) => name in names && !equal(prior[name], state[name]);
  const flagged = Object.entries(semantics.replaceIf)
    .filter(([name, flag]) => state[flag] === true && changed(name))
    .map(([name]) => name);
  const kind = (of: ObjectValue) => semantics.replaceOnKind.filter((name) => of[name] !== null);
  const kinds = equal(kind(prior), kind(state)) ? [] : semantics.replaceOnKind.filter(changed);
  return [...new Set([...semantics.replace.filter(changed), ...flagged, ...kinds])];
}

/** Nothing to do: the older SDK sees no difference between null and a zero value either. */
function sameIgnoring(a: ObjectValue, b: ObjectValue): boolean {
  return Object.keys(a).every((key) => {
    const [left, right] = [a[key], b[key]];
    return equal(left, right) || (isZero(left) && isZero(right));
  });
}

function isZero(value: Value | undefined): boolean {
  return value === "" || value === 0 || value === false || isEmpty(value);
}

function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** A set with one unknown member is unknown; objects written as blocks have zero values, no nulls. */
function plannedBySdk(value: Value, type: CtyType): Value {
  if (typeof type === "string" || !Array.isArray(value)) return value;
  const [kind, element] = type;
  if (kind === "object" || kind === "tuple") return value;
  if (typeof element !== "string" && element[0] === "object") {
    const fields = Object.entries(element[1]);
    return value.map((item) =>
      isObject(item)
        ? Object.fromEntries(
            fields.map(([name, t]) => [name, plannedBySdk(item[name] ?? zero(t), t)]),
          )
        : item,
    );
  }
  return kind === "set" && !value.every(isKnown) ? UNKNOWN : value;
}

/** What the older SDK writes for nothing. */
export function zero(type: CtyType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type === "dynamic") return null;
  const [kind, inner] = type;
  if (kind === "object") {
    return Object.fromEntries(Object.entries(inner).map(([name, t]) => [name, zero(t)]));
  }
  return kind === "map" ? {} : [];
}
