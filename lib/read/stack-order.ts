import type { AppStack } from "../model/apply";
import { isObject, type Json, member } from "../model/value";
import { blockKey } from "./configuration";
import { InputError } from "./input-error";
import type { ReadInput } from "./snapshot";

/**
 * Which stacks of an app are deployed before which, by the `manifest.json` that synth writes:
 * `cdktf deploy` applies a stack when those it depends on are applied.
 *
 * @returns by stack: the stacks it depends on
 * @throws InputError where the text is no manifest
 */
export function parseStackOrder(
  text: string,
  label: string,
): ReadonlyMap<string, readonly string[]> {
  const stacks = member(parsed(text), "stacks");
  if (!isObject(stacks)) {
    throw new InputError(label, "is no manifest of cdktf; run 'cdktf synth' again");
  }
  return new Map(
    Object.entries(stacks).map(([stack, each]) => {
      const listed = member(each, "dependencies");
      const names: readonly unknown[] = Array.isArray(listed) ? listed : [];
      return [stack, names.filter((name) => typeof name === "string")];
    }),
  );
}

/** The blocks of a stack, by the `cdk.tf.json` that synth writes. */
export function blocksIn(text: string): ReadonlySet<string> {
  const types = member(parsed(text), "resource");
  const found = Object.entries(isObject(types) ? types : {}).flatMap(([type, named]) =>
    Object.keys(isObject(named) ? named : {}).map((name) => blockKey("managed", type, name)),
  );
  return new Set(found);
}

/**
 * The stack that each plan is of: the one that its input is called by, or else the only one with the
 * same blocks. Plans of one stack twice, of two environments say, are of none.
 */
export function stacksOf(
  reads: readonly ReadInput[],
  stacks: readonly AppStack[],
): ReadonlyMap<ReadInput["input"], AppStack> {
  const found = reads.flatMap(({ input, configuration: { resources } }) => {
    const named = stacks.find(({ stack }) => stack === input.label);
    const blocks = [...resources.keys()].filter((key) => !key.startsWith("data."));
    const alike = stacks.filter(
      (each) => each.blocks.size === blocks.length && blocks.every((key) => each.blocks.has(key)),
    );
    const stack = named ?? (alike.length === 1 ? alike[0] : undefined);
    return input.kind !== "plan" || stack === undefined ? [] : [[input, stack] as const];
  });
  const times = (stack: AppStack) => found.filter(([, other]) => other === stack).length;
  return new Map(found.filter(([, stack]) => times(stack) === 1));
}

/** The stacks that are deployed before one, however many are in between. */
export function earlierStacks(
  { stack }: AppStack,
  stacks: readonly AppStack[],
): ReadonlySet<string> {
  const after = new Map(stacks.map((each) => [each.stack, each.after]));
  const earlier = new Set<string>(after.get(stack));
  for (const name of earlier) {
    for (const next of after.get(name) ?? []) {
      earlier.add(next);
    }
  }
  return earlier;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
