import type { ReferenceGraph } from "../model/apply";
import { isObject, type Json, type JsonObject, member } from "../model/value";
import type { ProviderConfigurations } from "./provider-configuration";
import { childOf, ReferenceTargets, type Targets } from "./reference-targets";

/**
 * The references of a plan's configuration, as Terraform's ReferenceTransformer,
 * ModuleExpansionTransformer and ProviderTransformer connect them.
 *
 * @param conditions vertices with conditions, whose references plan JSON leaves out
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/transform_reference.go
 */
export function referenceGraph(
  plan: JsonObject,
  providers: ProviderConfigurations,
  conditions: ReadonlyMap<string, string>,
): ReferenceGraph {
  const root = member(member(plan, "configuration"), "root_module");
  const reader = new ReferenceReader(providers, conditions);
  reader.modules(root);
  reader.providers();
  const { edges, hidden, provisioned } = reader;
  return { edges, hidden, provisioned };
}

/** One module of the configuration; modules nested deeper than any real one are left out. */
interface Module {
  readonly json: Json | undefined;
  /** Its address without keys; empty for the root. */
  readonly path: string;
  readonly depth: number;
}

const DEEPEST = 64;

class ReferenceReader {
  public readonly edges = new Map<string, string[]>();
  public readonly hidden = new Map<string, string>();
  public readonly provisioned = new Set<string>();
  readonly #declared = new Set<string>();
  readonly #targets = new ReferenceTargets(this.#declared);

  constructor(
    private readonly configurations: ProviderConfigurations,
    conditions: ReadonlyMap<string, string>,
  ) {
    this.hidden = new Map(conditions);
  }

  /** Every module: names first, since a reference may come before what it names. */
  public modules(root: Json | undefined): void {
    const modules = modulesBelow(root);
    for (const module of modules) {
      this.declare(module);
    }
    for (const module of modules) {
      this.module(module);
    }
  }

  public providers(): void {
    for (const [key, provider] of this.configurations.all) {
      const given = member(provider, "module_address");
      const module = typeof given === "string" ? given : "";
      this.connect(`provider:${key}`, module === "" ? [] : [`expand:${module}`]);
      this.refer(`provider:${key}`, module, member(provider, "expressions"));
    }
  }

  private declare({ json, path }: Module): void {
    for (const resource of listIn(json, "resources")) {
      this.#declared.add(`block:${blockOf(resource, path)}`);
    }
    for (const name of namesIn(json, "outputs")) {
      this.#declared.add(`output:${path}.${name}`);
    }
    for (const name of namesIn(json, "module_calls")) {
      this.#declared.add(`close:${childOf(path, name)}`);
    }
  }

  private module({ json, path }: Module): void {
    const members: string[] = [];
    const inside = path === "" ? [] : [`expand:${path}`];
    for (const resource of listIn(json, "resources")) {
      const block = blockOf(resource, path);
      const vertex = `block:${block}`;
      const provider = this.configurations.use(block, member(resource, "provider_config_key"));
      this.connect(vertex, provider === undefined ? inside : [...inside, provider]);
      this.referAll(vertex, path, resource);
      members.push(`all:${block}`);
    }
    for (const name of namesIn(json, "outputs")) {
      const vertex = `output:${path}.${name}`;
      this.connect(vertex, inside);
      const output = member(member(json, "outputs"), name);
      this.refer(vertex, path, member(output, "expression"));
      this.depend(vertex, path, member(output, "depends_on"));
      members.push(vertex);
    }
    for (const name of namesIn(json, "module_calls")) {
      this.call(member(member(json, "module_calls"), name), path, name);
      members.push(`close:${childOf(path, name)}`);
    }
    this.connect(`close:${path}`, [...inside, ...members]);
  }

  /** A module call: the module waits for its `count`, `for_each` and `depends_on`. */
  private call(call: Json | undefined, path: string, name: string): void {
    const child = childOf(path, name);
    const expand = `expand:${child}`;
    this.connect(expand, path === "" ? [] : [`expand:${path}`]);
    this.refer(expand, path, member(call, "count_expression"));
    this.refer(expand, path, member(call, "for_each_expression"));
    this.depend(expand, path, member(call, "depends_on"));
    const inputs = member(call, "expressions");
    for (const [input, expression] of isObject(inputs) ? Object.entries(inputs) : []) {
      const vertex = `variable:${child}.${input}`;
      this.connect(vertex, [expand]);
      this.refer(vertex, path, expression);
      this.connect(`close:${child}`, [vertex]);
    }
  }

  private referAll(vertex: string, path: string, resource: Json): void {
    for (const key of ["expressions", "provisioners", "count_expression", "for_each_expression"]) {
      this.refer(vertex, path, member(resource, key));
    }
    this.depend(vertex, path, member(resource, "depends_on"));
    const provisioners = member(resource, "provisioners");
    if (Array.isArray(provisioners) && provisioners.length > 0) {
      this.provisioned.add(vertex);
    }
  }

  /** `depends_on` lists what is named and no prefixes. */
  private depend(vertex: string, path: string, named: Json | undefined): void {
    for (const name of texts(named)) {
      this.point(vertex, path, this.#targets.of([name], path));
    }
  }

  /** Every expression within a part of the configuration. */
  private refer(vertex: string, path: string, part: Json | undefined): void {
    const parts: (Json | undefined)[] = [part];
    while (parts.length > 0) {
      const next = parts.pop();
      const listed = member(next, "references");
      if (Array.isArray(listed) && listed.every((text) => typeof text === "string")) {
        this.point(vertex, path, this.#targets.of(listed, path));
      } else if (Array.isArray(next)) {
        parts.push(...(next as readonly Json[]));
      } else if (isObject(next) && !Object.hasOwn(next, "constant_value")) {
        parts.push(...Object.values(next));
      }
    }
  }

  /** A block does not wait for itself. */
  private point(vertex: string, path: string, { targets, hidden }: Targets): void {
    const own = vertex.replace(/^block:/, "");
    const others = targets.filter(
      (target) => target !== `all:${own}` && !target.startsWith(`key:${own}[`),
    );
    this.connect(vertex, others);
    if (hidden) {
      this.hidden.set(vertex, path);
    }
  }

  private connect(vertex: string, targets: readonly string[]): void {
    const known = this.edges.get(vertex);
    if (known === undefined) {
      this.edges.set(vertex, [...targets]);
    } else {
      known.push(...targets);
    }
  }
}

function modulesBelow(root: Json | undefined): readonly Module[] {
  const found: Module[] = [{ json: root, path: "", depth: 0 }];
  for (const { json, path, depth } of found) {
    for (const name of depth < DEEPEST ? namesIn(json, "module_calls") : []) {
      const module = member(member(member(json, "module_calls"), name), "module");
      found.push({ json: module, path: childOf(path, name), depth: depth + 1 });
    }
  }
  return found;
}

function blockOf(resource: Json, path: string): string {
  const [type, name] = [member(resource, "type"), member(resource, "name")];
  const own = `${typeof type === "string" ? type : ""}.${typeof name === "string" ? name : ""}`;
  const block = member(resource, "mode") === "data" ? `data.${own}` : own;
  return path === "" ? block : `${path}.${block}`;
}

function listIn(json: Json | undefined, key: string): readonly Json[] {
  const list = member(json, key);
  return Array.isArray(list) ? list : [];
}

function namesIn(json: Json | undefined, key: string): readonly string[] {
  const named = member(json, key);
  return isObject(named) ? Object.keys(named) : [];
}

function texts(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
