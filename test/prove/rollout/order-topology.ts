import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDERS } from "../../support/terraform";

/** What a random configuration may hold. */
export interface Traits {
  /** References through locals, which plan JSON does not show. */
  readonly locals?: boolean;
  /** Conditions, whose references plan JSON does not show either. */
  readonly conditions?: boolean;
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

type Repeat = "one" | "count" | "for_each";

/** Something that others may refer to, in the module where it stands. */
interface Named {
  readonly address: string;
  readonly repeat: Repeat;
  readonly module: boolean;
}

type Body = Record<string, unknown>;

/**
 * Writes random configurations of `terraform_data` blocks and modules, one after the other: blocks
 * come and go, and their references, keys and lifecycle change. A reference is to what stands
 * earlier, so there is no cycle.
 */
export class RandomTopology {
  readonly #repeats = new Map<string, Repeat>();

  constructor(
    private readonly random: () => number,
    private readonly traits: Traits = {},
  ) {}

  /** Writes the modules into a sandbox's folder and returns the root module. */
  public next(folder: string): object {
    for (const module of ["m0", "m1", "m2"]) {
      const child = join(folder, module);
      mkdirSync(child, { recursive: true });
      const inner = module === "m1" && this.chance(0.5) ? "m2" : undefined;
      writeFileSync(join(child, "main.tf.json"), JSON.stringify(this.module(module, inner)));
    }
    return { terraform: PROVIDERS, ...this.body(["r0", "r1", "m0", "r2", "d0", "m1", "r3", "r4"]) };
  }

  private module(name: string, inner: string | undefined): object {
    const body = this.body(["c0", ...(inner === undefined ? [] : [inner]), "c1", "c2"], name);
    return { variable: { v: { default: null }, w: { default: null } }, ...body };
  }

  /** The blocks of one module, each with references to those before it. */
  private body(names: readonly string[], module?: string): Body {
    const known: Named[] = [];
    const body: Record<string, Body> = { resource: {}, data: {}, module: {}, locals: {} };
    const resources: Body = {};
    for (const name of names) {
      if (this.chance(0.2)) continue;
      const repeat = this.repeatOf(`${module ?? ""}.${name}`, module !== undefined);
      const inputs = module === undefined ? [] : ["var.v", "var.w"];
      if (/^m/.test(name)) {
        body.module = { ...body.module, [name]: this.call(name, repeat, { known, inputs }) };
        known.push({ address: `module.${name}`, repeat, module: true });
      } else if (/^d/.test(name)) {
        const depends_on = known.slice(-1).map(({ address }) => address);
        body.data = { aws_availability_zones: { [name]: { depends_on } } };
      } else {
        resources[name] = this.block(name, repeat, { known, inputs, locals: body.locals ?? {} });
        known.push({ address: `terraform_data.${name}`, repeat, module: false });
      }
    }
    body.resource = { terraform_data: resources };
    const output = module === undefined ? {} : { output: this.outputs(known) };
    return { ...filled(body), ...output };
  }

  private block(
    name: string,
    repeat: Repeat,
    scope: { known: readonly Named[]; inputs: readonly string[]; locals: Body },
  ): Body {
    const values = this.references(scope);
    if (this.traits.locals && values.length > 0 && this.chance(0.5)) {
      scope.locals[`l_${name}`] = values.pop();
      values.push(`\${local.l_${name}}`);
    }
    const condition =
      '${self.id != "" || ' + `${this.pick(scope.known)?.address ?? "true"} != null}`;
    const checks =
      this.traits.conditions && this.chance(0.3)
        ? { postcondition: [{ condition, error_message: "never" }] }
        : {};
    return {
      ...this.repeated(repeat),
      input: { values, revision: this.chance(0.5) ? 1 : 2 },
      ...(this.chance(0.4) ? { triggers_replace: [this.chance(0.5) ? 1 : 2] } : {}),
      ...(this.chance(0.15) ? { triggers_replace: this.references(scope).slice(0, 1) } : {}),
      lifecycle: [{ create_before_destroy: this.chance(0.35), ...checks }],
      ...this.dependsOn(scope.known, 0.2),
    };
  }

  private call(
    name: string,
    repeat: Repeat,
    scope: { known: readonly Named[]; inputs: readonly string[] },
  ): Body {
    const [v, w] = [this.references(scope)[0], this.references(scope)[0]];
    return {
      source: name === "m2" ? "../m2" : `./${name}`,
      ...this.repeated(repeat),
      ...(v === undefined ? {} : { v }),
      ...(w === undefined ? {} : { w }),
      ...this.dependsOn(scope.known, 0.2),
    };
  }

  private outputs(known: readonly Named[]): Body {
    const value = (named: Named | undefined) =>
      named === undefined ? "none" : `\${jsonencode(${named.address})}`;
    return {
      o0: { value: value(this.pick(known)) },
      o1: { value: value(known[0]), ...this.dependsOn(known, 0.2) },
    };
  }

  private references(scope: { known: readonly Named[]; inputs: readonly string[] }): unknown[] {
    const found: unknown[] = [];
    for (const input of scope.inputs) {
      if (this.chance(0.4)) found.push(`\${${input}}`);
    }
    for (let count = Math.floor(this.random() * 3); count > 0; count -= 1) {
      const named = this.pick(scope.known);
      if (named !== undefined) found.push(this.reference(named));
    }
    return found;
  }

  private reference({ address, repeat, module }: Named): string {
    const key = { one: "", count: "[0]", for_each: '["a"]' }[repeat];
    const attribute = module ? (this.chance(0.5) ? "o0" : "o1") : "id";
    if (this.chance(0.2)) return `\${jsonencode(${address})}`;
    if (repeat !== "one" && this.chance(0.5)) return `\${[for x in ${address} : x.${attribute}]}`;
    return `\${try(${address}${key}.${attribute}, "")}`;
  }

  private dependsOn(known: readonly Named[], chance: number): Body {
    const named = this.chance(chance) ? this.pick(known) : undefined;
    return named === undefined ? {} : { depends_on: [named.address] };
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

  /** Which a block has is decided once: a key that changes its kind replaces everything. */
  private repeatOf(name: string, inModule: boolean): Repeat {
    const decided = this.#repeats.get(name);
    const once = this.chance(inModule ? 0.7 : 0.4);
    const repeat = decided ?? (once ? "one" : this.chance(0.5) ? "count" : "for_each");
    this.#repeats.set(name, repeat);
    return repeat;
  }

  private pick(known: readonly Named[]): Named | undefined {
    return known[Math.floor(this.random() * known.length)];
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }
}

function filled(body: Record<string, Body>): Body {
  return Object.fromEntries(
    Object.entries(body).filter(([, part]) => Object.keys(part).length > 0),
  );
}
