import type { Configured, ConfiguredBlock } from "../model/instance";
import { type Expression, isObject, type Json, member, NO_REFERENCES } from "../model/value";
import { DEEPEST, expressionOfJson, listedExpression } from "./expression";
import { parseReference } from "./traversal";
import type { Variables } from "./variables";

type Listed = Extract<Configured, { kind: "expression" }>;

/** Most attributes are constants: one object serves them all. */
const CONSTANT: Listed = { kind: "expression", expression: NO_REFERENCES };

/**
 * Reads what a plan's configuration says of attributes. Most of it is never asked for and the rest
 * says the same few things, so nothing is read before it is asked for, and equal texts give the
 * same object.
 */
export class PlanExpressions {
  readonly #listed = new Map<string, Listed>();
  readonly #templates = new Map<string, Listed | undefined>();

  /**
   * Every attribute and nested block that a plan's `expressions` names.
   *
   * @param variables of the block's module
   */
  public block(expressions: Json, variables: Variables, depth = 0): ConfiguredBlock {
    return new PlanBlock(expressions, depth, [this, variables]);
  }

  /** An entry of `expressions` in plan JSON: an expression, a block, or a list of blocks. */
  public configured(entry: Json, variables: Variables, depth: number): Configured {
    if (depth > DEEPEST) {
      return CONSTANT;
    }
    if (Array.isArray(entry)) {
      const blocks = (entry as readonly Json[]).map((block) =>
        this.block(block, variables, depth + 1),
      );
      return { kind: "blocks", blocks };
    }
    if (isObject(entry) && !isExpression(entry)) {
      return { kind: "blocks", blocks: [this.block(entry, variables, depth + 1)] };
    }
    return this.#entry(entry);
  }

  /**
   * An expression of plan JSON. Where the configuration is JSON, as cdktf writes it,
   * `constant_value` is the template beside `references`, and shows what is exact.
   */
  public expression(entry: Json): Expression {
    return this.#entry(entry).expression;
  }

  #entry(entry: Json): Listed {
    const listed = member(entry, "references");
    if (!Array.isArray(listed) || !listed.some((text) => typeof text === "string")) {
      return CONSTANT;
    }
    const template = member(entry, "constant_value");
    if (typeof template === "string") {
      return kept(this.#templates, template, () => parsedOf(template)) ?? this.#list(listed);
    }
    return (template === undefined ? undefined : parsedOf(template)) ?? this.#list(listed);
  }

  #list(listed: readonly unknown[]): Listed {
    const texts = listed.filter((text) => typeof text === "string");
    return kept(this.#listed, JSON.stringify(texts), () => {
      return { kind: "expression", expression: listedExpression(texts.map(parseReference)) };
    });
  }
}

/** What a template says; nothing where it is a literal. */
function parsedOf(template: Json): Listed | undefined {
  const parsed = expressionOfJson(template);
  return "literal" in parsed ? undefined : { kind: "expression", expression: parsed };
}

function kept<T extends Listed | undefined>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function isExpression(entry: Json): boolean {
  for (const key in entry as object) {
    if (key !== "constant_value" && key !== "references") {
      return false;
    }
  }
  return true;
}

/** A block of a plan's configuration. */
class PlanBlock implements ConfiguredBlock {
  constructor(
    private readonly expressions: Json,
    private readonly depth: number,
    private readonly read: readonly [reader: PlanExpressions, variables: Variables],
  ) {}

  public get(name: string): Configured | undefined {
    const entry = member(this.expressions, name);
    return entry === undefined ? undefined : this.configured(entry);
  }

  public isSettled(name: string): boolean {
    const listed = member(member(this.expressions, name), "references");
    return Array.isArray(listed) && listed.length === 1 && this.read[1].isSettled(listed[0]);
  }

  public has(name: string): boolean {
    return member(this.expressions, name) !== undefined;
  }

  public *values(): Iterable<Configured> {
    for (const [, configured] of this) {
      yield configured;
    }
  }

  public *[Symbol.iterator](): Iterator<readonly [string, Configured]> {
    const { expressions } = this;
    for (const [name, entry] of isObject(expressions) ? Object.entries(expressions) : []) {
      yield [name, this.configured(entry)];
    }
  }

  private configured(entry: Json): Configured {
    const [reader, variables] = this.read;
    return reader.configured(entry, variables, this.depth);
  }
}
