import { type IResolvable, type TerraformResource, TerraformStack, Token } from "cdktf";
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

/**
 * What stands for a resource in `dependsOn` of others: one token for all of them. cdktf makes one
 * for each, with the stack trace of where it was made, which for thousands of records is most of
 * the time that they take.
 */
const NAMES = new WeakMap<TerraformResource, string>();

/**
 * Sets what a resource waits for, as {@link orderAfter} gives it: as `dependsOn` among its
 * arguments does.
 */
export function waitFor(resource: TerraformResource, all: readonly TerraformResource[]): void {
  resource.dependsOn = all.map((dependency) => {
    const name = NAMES.get(dependency) ?? Token.asString(nameOf(dependency));
    NAMES.set(dependency, name);
    return name;
  });
}

/** The resource's address within its stack, which may still be overridden. */
function nameOf(dependency: TerraformResource): IResolvable {
  return {
    creationStack: [],
    resolve: () => `${dependency.terraformResourceType}.${dependency.friendlyUniqueId}`,
    toString: () => dependency.node.path,
  };
}
