import { isObject, member } from "../model/value";
import { InputError } from "./input-error";

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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
