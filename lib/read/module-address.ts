import type { ModuleStep } from "../model/instance";
import type { Step } from "../model/value";
import { traversalAt } from "./traversal";

/** `module.a["x"].module.b[0]` → its steps. Keys may hold dots, quotes and brackets. */
export function parseModuleAddress(address: string): readonly ModuleStep[] | undefined {
  if (address === "") {
    return [];
  }
  const { reference, end } = traversalAt(address, 0);
  if (reference?.subject.kind !== "module" || end !== address.length) {
    return undefined;
  }
  return stepsOf([
    { attribute: "module" },
    { attribute: reference.subject.name },
    ...reference.path,
  ]);
}

function stepsOf(path: readonly Step[]): readonly ModuleStep[] | undefined {
  const steps: ModuleStep[] = [];
  for (let at = 0; at < path.length; ) {
    const [word, name, key] = path.slice(at, at + 3);
    if (!isAttribute(word, "module") || name === undefined || !("attribute" in name)) {
      return undefined;
    }
    const keyed = key !== undefined && "key" in key;
    steps.push({ name: name.attribute, key: keyed ? key.key : undefined });
    at += keyed ? 3 : 2;
  }
  return steps;
}

function isAttribute(step: Step | undefined, name: string): boolean {
  return step !== undefined && "attribute" in step && step.attribute === name;
}

/** The address of a module instance; empty for the root. */
export function moduleAddress(modules: readonly ModuleStep[]): string {
  return modules.map((step) => `module.${step.name}${keyText(step.key)}`).join(".");
}

/** `["a"]`, `[0]`, or nothing. */
export function keyText(key: string | number | undefined): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}
