import type { Input, Instance, ModuleStep } from "../model/instance";
import { type Json, member } from "../model/value";
import { type ModuleConfiguration, NO_CONFIGURATION } from "./configuration";
import { moduleAddress } from "./module-address";
import type { ReadOptions } from "./options";
import type { ProviderOf } from "./provider-keys";
import type { ReadInput } from "./snapshot";

/** The instances of one or several inputs, found by type, by block and by value. */
export class Lookup {
  public readonly instances: readonly Instance[];
  public readonly removal: NonNullable<ReadOptions["removal"]>;
  public readonly during: boolean;
  readonly #types: Types;
  readonly #blocks = new Map<string, Map<Input, Map<string, Instance[]>>>();
  readonly #values = new Map<string, Map<string, Instance[]>>();
  readonly #configurations = new Map<Input, ModuleConfiguration>();
  readonly #numbers = new Map<Input, number>();
  readonly #guarded = new Map<Input, ReadonlySet<string>>();
  readonly #hidden = new Map<string, string>();
  /** Inputs where an index of several instances was taken for the block's own. */
  public readonly indexed = new Set<Input>();

  /**
   * @param before the resources before the apply, where there is a prior state
   * @param options when rule blocks go beside a change of their owner, and whether it is a state
   * within an apply
   */
  constructor(
    reads: readonly Pick<ReadInput, "input" | "configuration" | "instances" | "guarded">[],
    public readonly before?: Lookup,
    options: Pick<ReadOptions, "during" | "removal"> = {},
  ) {
    this.removal = options.removal ?? (() => "unordered");
    this.during = options.during === true;
    for (const { input, configuration, guarded } of reads) {
      this.#configurations.set(input, configuration);
      this.#guarded.set(input, guarded ?? new Set());
      this.#numbers.set(input, this.#numbers.size + 1);
    }
    const [only, ...others] = reads;
    const one = only !== undefined && others.length === 0;
    this.instances = one ? only.instances : reads.flatMap((read) => read.instances);
    this.#types = typesOf(this.instances);
  }

  public get inputs(): readonly Input[] {
    return [...this.#configurations.keys()];
  }

  /** The same for an input and no other: labels need not be unique. */
  public numberOf(input: Input): number {
    return this.#numbers.get(input) ?? 0;
  }

  /** A text of an input's configuration, such as `var.zone_id`: another input's is another's. */
  public scopedText(input: Input, text: string): string {
    if (this.#numbers.size < 2) {
      return text;
    }
    const alike = this.inputs.filter((each) => each.label === input.label).length > 1;
    return `${text} of ${input.label}${alike ? ` (input ${this.numberOf(input)})` : ""}`;
  }

  /** Stands for a sensitive value: the same for the same value, and no part of it. */
  public hiddenText(value: string): string {
    const known = this.#hidden.get(value) ?? `(sensitive value ${this.#hidden.size + 1})`;
    this.#hidden.set(value, known);
    return known;
  }

  public noteIndex(input: Input): void {
    this.indexed.add(input);
  }

  /** The provider configuration of an instance's block, where the input tells. */
  public providerOf({ input, modules, mode, type, name }: Instance): ProviderOf | undefined {
    const names = modules.map((step) => step.name);
    return this.configuration(input, []).providers?.(names, `${mode}.${type}.${name}`);
  }

  /** Whether the block of an address, without any key, has a precondition or postcondition. */
  public isGuarded(input: Input, block: string): boolean {
    return this.#guarded.get(input)?.has(block) === true;
  }

  public managed(type: string): readonly Instance[] {
    return this.#types.managed.get(type) ?? [];
  }

  public data(type: string): readonly Instance[] {
    return this.#types.data.get(type) ?? [];
  }

  /** Every instance of a block, in one instance of its module. */
  public block(
    input: Input,
    modules: readonly ModuleStep[],
    block: Pick<Instance, "mode" | "type" | "name">,
  ): readonly Instance[] {
    const kind = `${block.mode}.${block.type}`;
    const blocks = this.#blocks.get(kind) ?? this.blocksOf(block);
    this.#blocks.set(kind, blocks);
    return blocks.get(input)?.get(scopedKey(modules, block.name)) ?? [];
  }

  /** Most types are never referred to, so none is sorted before that. */
  private blocksOf({ mode, type }: Pick<Instance, "mode" | "type">) {
    const found = new Map<Input, Map<string, Instance[]>>();
    for (const instance of this.#types[mode].get(type) ?? []) {
      const blocks = found.get(instance.input) ?? new Map<string, Instance[]>();
      found.set(instance.input, blocks);
      push(blocks, scopedKey(instance.modules, instance.name), instance);
    }
    return found;
  }

  /** Instances whose attribute is known to be this text, or a list with it; data sources included. */
  public byValue(type: string, attribute: string, value: string): readonly Instance[] {
    const key = `${type} ${attribute}`;
    let index = this.#values.get(key);
    if (index === undefined) {
      index = new Map();
      for (const instance of [...this.managed(type), ...this.data(type)]) {
        const known = member(instance.values, attribute);
        for (const text of Array.isArray(known) ? (known as readonly Json[]) : [known]) {
          if (typeof text === "string" && text !== "") {
            push(index, text, instance);
          }
        }
      }
      this.#values.set(key, index);
    }
    return index.get(value) ?? [];
  }

  /** The configuration of a module, by the names of the calls that lead to it. */
  public configuration(input: Input, modules: readonly ModuleStep[]): ModuleConfiguration {
    let found = this.#configurations.get(input) ?? NO_CONFIGURATION;
    for (const step of modules) {
      found = found.calls.get(step.name)?.module ?? NO_CONFIGURATION;
    }
    return found;
  }
}

type Types = Readonly<Record<Instance["mode"], Map<string, Instance[]>>>;

/** Several lookups are made of the same instances. */
const TYPES = new WeakMap<readonly Instance[], Types>();

function typesOf(instances: readonly Instance[]): Types {
  const types = TYPES.get(instances) ?? { managed: new Map(), data: new Map() };
  if (!TYPES.has(instances)) {
    TYPES.set(instances, types);
    for (const instance of instances) {
      push(types[instance.mode], instance.type, instance);
    }
  }
  return types;
}

function scopedKey(modules: readonly ModuleStep[], name: string): string {
  return `${moduleAddress(modules)} ${name}`;
}

/** Adds to the list of a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
