import { isObject, type Json, member } from "../model/value";

/** What a plan tells of the variables of a module, the same in each of its instances. */
export class Variables {
  /** @param values those that are written down: given as constants, or left at their defaults */
  private constructor(
    public readonly values: ReadonlyMap<string, Json>,
    private readonly settled: ReadonlySet<string>,
  ) {}

  /** Those of the root module: `variables` of plan JSON has them all. */
  public static ofRoot(variables: Json | undefined): Variables {
    const entries = isObject(variables) ? Object.entries(variables) : [];
    const values = entries.map(([name, entry]) => [name, member(entry, "value") ?? null] as const);
    return new Variables(new Map(values), new Set(values.map(([name]) => name)));
  }

  /** Those of a module, by what its call gives and, for the rest, by their defaults. */
  public ofCall(call: Json, declared: Json | undefined): Variables {
    const values = new Map<string, Json>();
    const settled = new Set<string>();
    for (const [name, variable] of isObject(declared) ? Object.entries(declared) : []) {
      const given = member(member(call, "expressions"), name);
      const usual = defaultOf(variable);
      const value = given === undefined ? usual : constantOf(given);
      // Where it is not nullable, which a plan does not show, null means the default.
      if (value !== undefined && (value !== null || (usual ?? null) === null)) {
        values.set(name, value);
      }
      if (value !== undefined || this.settles(given)) {
        settled.add(name);
      }
    }
    return new Variables(values, settled);
  }

  /** Whether a reference is a variable whose value is known while planning. */
  public isSettled(reference: Json | undefined): boolean {
    const [, name] = typeof reference === "string" ? (VARIABLE.exec(reference) ?? []) : [];
    return name !== undefined && this.settled.has(name);
  }

  private settles(expression: Json | undefined): boolean {
    const listed = member(expression, "references");
    return (
      Array.isArray(listed) && listed.length > 0 && listed.every((each) => this.isSettled(each))
    );
  }
}

const VARIABLE = /^var\.([\w-]+)$/;

/** A variable without a default that is not given is no valid configuration. */
function defaultOf(variable: Json): Json | undefined {
  return isObject(variable) && Object.hasOwn(variable, "default")
    ? (variable.default ?? null)
    : undefined;
}

/** Beside references a constant is a template of Terraform's JSON syntax. */
function constantOf(expression: Json): Json | undefined {
  return member(expression, "references") === undefined
    ? member(expression, "constant_value")
    : undefined;
}
