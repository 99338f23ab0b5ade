import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * The path of a construct as another sees it: without the stack where both are in the same. Made
 * for ids of what belongs to the pair, which no other construct's coming or going may change.
 */
export function pathFrom(scope: IConstruct, target: IConstruct): string {
  const home = TerraformStack.of(target);
  const isNear = home === TerraformStack.of(scope);
  return isNear ? target.node.path.slice(home.node.path.length + 1) : target.node.path;
}
