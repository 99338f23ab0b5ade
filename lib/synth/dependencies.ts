import { type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * What to name in `dependsOn` of a resource in the dependent's stack: those of the dependencies
 * that live there, each once and in the order of their paths. Terraform can't depend on a resource
 * of another configuration, so for the others the dependent's stack is ordered after theirs.
 */
export function orderAfter(
  dependent: IConstruct,
  dependencies: readonly TerraformResource[],
): TerraformResource[] {
  const stack = TerraformStack.of(dependent);
  const local = new Map<string, TerraformResource>();
  for (const dependency of dependencies) {
    const home = TerraformStack.of(dependency);
    if (home === stack) {
      local.set(dependency.node.path, dependency);
    } else {
      stack.addDependency(home);
    }
  }
  return [...local].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}
