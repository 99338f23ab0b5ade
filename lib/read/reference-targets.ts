import type { Reference } from "../model/value";
import { listedExpression } from "./expression";
import { keyText } from "./module-address";
import { parseReference } from "./traversal";

/** The vertices that references name. */
export interface Targets {
  readonly targets: readonly string[];
  /** Some reference leads to what a plan does not hold. */
  readonly hidden: boolean;
}

/** The address of a module call's module, without keys. */
export function childOf(path: string, name: string): string {
  return path === "" ? `module.${name}` : `${path}.module.${name}`;
}

/** Finds the vertices that references name, as Terraform's ReferenceMap does. */
export class ReferenceTargets {
  /** By module and listed references: most blocks refer to the same few. */
  readonly #known = new Map<string, Targets>();

  /** @param declared vertices of blocks, outputs and module calls; may still grow */
  constructor(private readonly declared: ReadonlySet<string>) {}

  /** The targets of an expression's listed references, without those that are mere prefixes. */
  public of(listed: readonly string[], path: string): Targets {
    const name = `${path}\n${listed.join("\n")}`;
    let found = this.#known.get(name);
    if (found === undefined) {
      const parsed = listed.map(parseReference);
      const { references } = listedExpression(parsed);
      const each = [...references, ...wholeModules(parsed)].map((reference) =>
        this.target(reference, path),
      );
      found = {
        targets: each.filter((target) => target !== undefined && target !== "hidden") as string[],
        hidden: each.includes("hidden"),
      };
      this.#known.set(name, found);
    }
    return found;
  }

  /** The vertex that a reference names, if it names one. */
  private target(reference: Reference, path: string): string | undefined {
    const { subject } = reference;
    switch (subject.kind) {
      case "resource":
        return this.resource(subject, reference, path);
      case "module":
        return this.module(childOf(path, subject.name), reference);
      case "variable":
        return path === "" ? undefined : `variable:${path}.${subject.name}`;
      case "local":
        return "hidden";
      default:
        return undefined;
    }
  }

  /** A literal key is that instance of every module instance; anything else all of the block. */
  private resource(
    subject: Extract<Reference["subject"], { kind: "resource" }>,
    reference: Reference,
    path: string,
  ): string {
    const own = `${subject.mode === "data" ? "data." : ""}${subject.type}.${subject.name}`;
    const block = path === "" ? own : `${path}.${own}`;
    if (!this.declared.has(`block:${block}`)) {
      return "hidden";
    }
    const [first] = reference.path;
    const keyed = first !== undefined && "key" in first;
    return keyed ? `key:${block}${keyText(first.key)}` : `all:${block}`;
  }

  /** `module.m.out` is that output of every instance; anything else is the whole module. */
  private module(child: string, reference: Reference): string {
    const [first, second] = reference.path;
    const output = first !== undefined && "key" in first ? second : first;
    const named = output !== undefined && "attribute" in output;
    const vertex = named ? `output:${child}.${output.attribute}` : "";
    if (this.declared.has(vertex)) {
      return vertex;
    }
    return this.declared.has(`close:${child}`) ? `close:${child}` : "hidden";
  }
}

/**
 * Modules that are referred to as a whole beside an output of one of their instances. Plan JSON
 * lists `module.m["a"].out` with `module.m["a"]` but without `module.m`.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/jsonconfig/expression.go#L63
 */
function wholeModules(listed: readonly Reference[]): readonly Reference[] {
  const spare = new Map<string, { readonly whole: Reference; count: number }>();
  for (const reference of listed) {
    const { subject, path } = reference;
    if (subject.kind === "module" && path.length <= 2) {
      const known = spare.get(subject.name) ?? { whole: { text: "", subject, path: [] }, count: 0 };
      known.count += explained(path);
      spare.set(subject.name, known);
    }
  }
  return [...spare.values()].flatMap(({ whole, count }) => (count > 0 ? [whole] : []));
}

/** By how many times `module.m` is listed more, or less, than what it is a mere prefix of. */
function explained([first, second]: Reference["path"]): number {
  if (first === undefined) {
    return 1;
  }
  const keyed = "key" in first;
  // `module.m.out` and a bare `module.m["a"]` list `module.m`; `module.m["a"].out` does not.
  return keyed && second !== undefined ? 1 : keyed || second === undefined ? -1 : 0;
}
