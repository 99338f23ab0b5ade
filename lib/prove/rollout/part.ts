import type { Instance } from "../../model/instance";
import { type Json, type JsonObject, member } from "../../model/value";
import type { Footprint } from "./footprint";

/** One call of an update: what it does to the object's values. */
export interface Part {
  /** What it does, for a witness; undefined where it is all that the step does. */
  readonly label: string | undefined;
  readonly footprint: Footprint | undefined;
  /** Parts of the same update that come first. */
  readonly after: readonly Part[];
  readonly patch: (draft: Draft) => Draft;
}

export interface Draft {
  readonly values: JsonObject;
  readonly unknown: JsonObject;
  /** A machine that is stopped, or an address that hangs on nothing, answers nobody. */
  readonly stopped?: boolean;
  /** Its public address is another one. */
  readonly moved?: boolean;
}

/** The draft with an attribute as planned. */
export function taken({ values, unknown, ...rest }: Draft, after: Instance, name: string): Draft {
  return {
    ...rest,
    values: withMember(values, name, member(after.values, name)),
    unknown: withMember(unknown, name, after.unknown === true ? true : member(after.unknown, name)),
  };
}

export function set({ values, unknown, ...rest }: Draft, name: string, value: Json): Draft {
  const known = withMember(unknown, name, undefined);
  return { ...rest, values: withMember(values, name, value), unknown: known };
}

type Call = readonly [label: string, patch: Part["patch"]];

/** Two calls, or the second alone where the first does nothing. */
export function inTurn(
  first: Call,
  second: Call,
  alone: boolean,
  footprint?: Footprint,
): readonly Part[] {
  const of = ([label, patch]: Call): Part => ({ label, footprint, after: [], patch });
  const one = of(first);
  return alone ? [{ ...of(second), label: undefined }] : [one, { ...of(second), after: [one] }];
}

/** The parts of calls that follow each other: each comes after all that is before its list. */
export function inOrder(lists: readonly (readonly Part[])[]): readonly Part[] {
  const done: Part[] = [];
  for (const list of lists) {
    const earlier = [...done];
    const made = new Map<Part, Part>();
    for (const part of list) {
      const own = part.after.map((each) => made.get(each) ?? each);
      const next = { ...part, after: [...earlier, ...own] };
      made.set(part, next);
      done.push(next);
    }
  }
  return done;
}

function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _, ...rest } = object;
  return value === undefined ? rest : { ...rest, [name]: value };
}
