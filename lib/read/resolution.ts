import type { Input, Instance, ModuleStep } from "../model/instance";
import type { Step } from "../model/value";

export type Block = Pick<Instance, "mode" | "type" | "name">;

/** Where an expression stands: references mean different things in different modules. */
export interface Scope {
  readonly input: Input;
  readonly modules: readonly ModuleStep[];
  /** `each.key` or `count.index` there. */
  readonly key: string | number | undefined;
  /** The block that has it. @default - a module's call */
  readonly block?: Block;
}

/** An attribute of an instance that an expression refers to; an empty path is the whole. */
export interface Target {
  readonly instance: Instance;
  readonly path: readonly Step[];
}

/** What leads to nothing that the input holds. */
export interface Opaque {
  readonly text: string;
  /** It lies outside for certain. */
  readonly outside: boolean;
  /**
   * It is no name. `flag`: true, false or a number, which may choose one. `empty`: nothing at all.
   *
   * @default - it may be a name
   */
  readonly nameless?: "flag" | "empty";
}

/** What an expression refers to, followed through modules, locals and other stacks. */
export interface Resolution {
  readonly targets: readonly Target[];
  readonly opaque: readonly Opaque[];
  /** The value is that of the one target or opaque part, and nothing else. */
  readonly exact: boolean;
  /** References that are listed more than once. */
  readonly duplicates: boolean;
  /** Text, an operator or a function is seen around the references. */
  readonly wrapped: boolean;
}

/** No reference. */
export const NOTHING: Resolution = {
  targets: [],
  opaque: [],
  exact: false,
  duplicates: false,
  wrapped: false,
};

/** The scope of an instance's own block. */
export function scopeOf(instance: Instance): Scope {
  return { input: instance.input, modules: instance.modules, key: instance.key, block: instance };
}

/** A reference to what the input does not hold. */
export function opaque(text: string, outside: boolean): Resolution {
  return { ...NOTHING, opaque: [{ text, outside }], exact: true };
}

/** What is empty adds nothing to a list, and a flag chooses no member where there is but one. */
export function withoutEmpty(found: Resolution): Resolution {
  const several = new Set(found.targets.map((target) => target.instance)).size > 1;
  const isLeft = ({ nameless }: Opaque) =>
    nameless === undefined || (nameless === "flag" && several);
  const opaque = found.opaque.filter(isLeft);
  return opaque.length === found.opaque.length ? found : { ...found, opaque, exact: false };
}
