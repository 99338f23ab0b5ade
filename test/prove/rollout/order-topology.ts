import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDERS } from "../../support/terraform";

/** What a random configuration may hold. */
export interface Traits {
  /** References through locals, which plan JSON does not show. */
  readonly locals?: boolean;
  /** Conditions, whose references plan JSON does not show either. */
  readonly conditions?: boolean;
  /** Objects of several provider configurations, of which one may refer to an object. */
  readonly providers?: "plain" | "referring";
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const REPEATS = ["one", "one", "count", "for_each"] as const;
type Repeat = (typeof REPEATS)[number];

/** Something that others may refer to, in the module where it stands. */
interface Named {
  readonly name: string;
  readonly address: string;
  readonly repeat: Repeat;
  readonly there: boolean;
}

interface Scope {
  readonly known: readonly Named[];
  readonly inputs: readonly string[];
  readonly locals: Body;
  /** Stays the same from one configuration to the next, but for a few. */
  readonly kept: () => number;
}

type Body = Record<string, unknown>;

/** The share of blocks whose references change from one configuration to the next. */
const CHANGED = 0.12;

/**
 * Writes random configurations of `terraform_data` blocks and modules, one after the other: blocks
 * come and go, keys, values and lifecycle change, references seldom. A reference is to what stands
 * earlier, so there is no cycle.
 */
export class RandomTopology {
  readonly #seeds = new Map<string, number>();

  constructor(
    private readonly random: () => number,
    private readonly traits: Traits = {},
  ) {}

  /** Writes the modules into a sandbox's folder and returns the root module. */
  public next(folder: string): object {
    for (const [module, names] of Object.entries(MODULES)) {
      const child = join(folder, module);
      mkdirSync(child, { recursive: true });
      const body = this.body(names, module);
      const variable = { v: { default: null }, w: { default: null } };
      writeFileSync(join(child, "main.tf.json"), JSON.stringify({ variable, ...filled(body) }));
    }
    const body = this.body(this.traits.providers ? [...ROOT, ...WITH_PROVIDERS] : ROOT);
    return { terraform: PROVIDERS, provider: this.providers(body), ...filled(body) };
  }

  private providers({ resource }: Body): Body {
    const { terraform_data } = resource as Record<string, Body>;
    const there = terraform_data !== undefined && "r0" in terraform_data;
    const region =
      there && this.traits.providers === "referring"
        ? '${jsonencode(terraform_data.r0) == "" ? "x" : "eu-west-1"}'
        : "eu-west-1";
    return { aws: [{ region: "eu-west-1" }, { alias: "b", region }] };
  }

  /** The blocks of one module, each with references to those before it. */
  private body(names: readonly string[], module?: string): Body {
    const known: Named[] = [];
    const [resources, modules, locals, networks]: Body[] = [{}, {}, {}, {}];
    let data = {};
    const inputs = module === undefined ? [] : ["var.v", "var.w"];
    for (const name of names) {
      const there = this.chance(0.85);
      const kept = this.kept(`${module}.${name}`);
      const scope = { known: [...known], inputs, locals: locals ?? {}, kept };
      const repeat = REPEATS[Math.floor(this.kept(`repeat ${module}.${name}`, 0)() * 4)] ?? "one";
      const isModule = name.startsWith("m");
      if (there && isModule) {
        Object.assign(modules ?? {}, { [name]: this.call(name, repeat, scope) });
      } else if (there && name.startsWith("d")) {
        const depends_on = known.filter(isThere).slice(-1).map(addressOf);
        data = { aws_availability_zones: { [name]: { depends_on } } };
      } else if (there && name.startsWith("v")) {
        Object.assign(networks ?? {}, { [name]: this.network(repeat, scope) });
      } else if (there) {
        Object.assign(resources ?? {}, { [name]: this.block(name, repeat, scope) });
      }
      if (!name.startsWith("d")) {
        const type = name.startsWith("v") ? "aws_vpc" : "terraform_data";
        const address = `${isModule ? "module" : type}.${name}`;
        known.push({ name, address, repeat, there });
      }
    }
    const output = module === undefined ? {} : this.outputs(known, this.kept(`${module} out`));
    const resource = filled({ terraform_data: resources ?? {}, aws_vpc: networks ?? {} });
    return { resource, data, module: modules, locals, output };
  }

  private block(name: string, repeat: Repeat, scope: Scope): Body {
    const first = scope.kept() < 0.35;
    const values = references(scope);
    if (this.traits.locals && values.length > 0 && scope.kept() < 0.5) {
      scope.locals[`l_${name}`] = values.pop();
      values.push(`\${local.l_${name}}`);
    }
    const triggers = references(scope).slice(0, 1);
    const revision = this.chance(0.5) ? 1 : 2;
    return {
      ...this.repeated(repeat),
      input: { values, revision },
      ...(this.chance(0.4) ? { triggers_replace: [revision] } : {}),
      ...(scope.kept() < 0.15 ? { triggers_replace: triggers } : {}),
      lifecycle: [{ create_before_destroy: first !== this.chance(0.08), ...this.checks(scope) }],
      ...dependsOn(scope.known, scope.kept, 0.2),
    };
  }

  private network(repeat: Repeat, scope: Scope): Body {
    const cbd = scope.kept() < 0.35;
    const second = this.chance(0.2) ? 1 : 2;
    return {
      ...this.repeated(repeat),
      ...(scope.kept() < 0.5 ? { provider: "aws.b" } : {}),
      cidr_block: `10.${second}.0.0/16`,
      tags: { values: "x", ...this.tags(scope) },
      lifecycle: [{ create_before_destroy: cbd }],
      ...dependsOn(scope.known, scope.kept, 0.2),
    };
  }

  private tags(scope: Scope): Body {
    const values = references(scope);
    return Object.fromEntries(values.map((value, at) => [`t${at}`, inText(value)]));
  }

  private checks({ known, kept }: Scope): Body {
    const named = pick(known, kept);
    const wanted = kept() < 0.3;
    if (!this.traits.conditions || !wanted || named === undefined) return {};
    const condition = `\${self.id != "" || jsonencode(${named.address}) != ""}`;
    return { postcondition: [{ condition, error_message: "never" }] };
  }

  private call(name: string, repeat: Repeat, scope: Scope): Body {
    const [v, w] = [references(scope)[0], references(scope)[0]];
    return {
      source: name === "m2" ? "../m2" : `./${name}`,
      ...this.repeated(repeat),
      ...(v === undefined ? {} : { v }),
      ...(w === undefined ? {} : { w }),
      ...dependsOn(scope.known, scope.kept, 0.2),
    };
  }

  private outputs(known: readonly Named[], kept: () => number): Body {
    const value = (named: Named | undefined) =>
      named === undefined ? "none" : `\${jsonencode(${named.address})}`;
    return {
      o0: { value: value(pick(known, kept)) },
      o1: { value: value(known.find(isThere)), ...dependsOn(known, kept, 0.2) },
    };
  }

  private repeated(repeat: Repeat): Body {
    const keys = ["a", "b.c", 'd"e'].filter(() => this.chance(0.7));
    switch (repeat) {
      case "one":
        return {};
      case "count":
        return { count: Math.floor(this.random() * 3) };
      default:
        return { for_each: `\${toset(${JSON.stringify(keys)})}` };
    }
  }

  /** Numbers that are the same for every configuration, until they change. */
  private kept(name: string, changed = CHANGED): () => number {
    const known = this.chance(changed) ? undefined : this.#seeds.get(name);
    const seed = known ?? Math.floor(this.random() * 2 ** 32);
    this.#seeds.set(name, seed);
    return randomOf(seed);
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }
}

const ROOT = ["r0", "r1", "m0", "r2", "d0", "m1", "r3", "r4"];
const WITH_PROVIDERS = ["v0", "r5", "v1", "r6", "v2"];
const MODULES = { m0: ["c0", "c1", "c2"], m1: ["c0", "m2", "c1", "c2"], m2: ["c0", "c1"] };

/** Terraform takes an empty object for a block without its labels. */
function filled(body: Body): Body {
  const parts = Object.entries(body) as [string, Body][];
  return Object.fromEntries(parts.filter(([, part]) => Object.keys(part).length > 0));
}

function references({ known, inputs, kept }: Scope): unknown[] {
  const given = inputs.filter(() => kept() < 0.4).map((input) => `\${${input}}`);
  const count = Math.floor(kept() * 3);
  const named = Array.from({ length: count }, () => [pick(known, kept), kept(), kept()] as const);
  const found = named.flatMap(([to, form, output]) =>
    to === undefined ? [] : [reference(to, form, output)],
  );
  return [...given, ...found];
}

/** A tag is text. */
function inText(value: unknown): string {
  return `\${jsonencode(${String(value).slice(2, -1)})}`;
}

function reference({ address, repeat }: Named, form: number, output: number): string {
  const key = { one: "", count: "[0]", for_each: '["a"]' }[repeat];
  const attribute = address.startsWith("module.") ? (output < 0.5 ? "o0" : "o1") : "id";
  if (form < 0.2) return `\${jsonencode(${address})}`;
  if (repeat !== "one" && form < 0.6) return `\${[for x in ${address} : x.${attribute}]}`;
  return `\${try(${address}${key}.${attribute}, "")}`;
}

function dependsOn(known: readonly Named[], kept: () => number, share: number): Body {
  const named = pick(known, kept);
  return kept() < share && named !== undefined ? { depends_on: [named.address] } : {};
}

/** One of those that stand earlier, unless it is just not there. */
function pick(known: readonly Named[], kept: () => number): Named | undefined {
  const named = known[Math.floor(kept() * known.length)];
  return named?.there === true ? named : undefined;
}

function isThere({ there }: Named): boolean {
  return there;
}

function addressOf({ address }: Named): string {
  return address;
}
