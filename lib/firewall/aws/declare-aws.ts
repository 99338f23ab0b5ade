import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { declareConstruct } from "../../synth/declare-construct";
import { brokenBalancers, contraryFleets, otherTargets } from "./conflicts/balancers";
import { groupRules } from "./conflicts/group-rule";
import { duplicateRules, inlineRules, overfullGroups } from "./conflicts/groups";
import { crowdedHolders, groupsInTemplates, missingIpv6 } from "./conflicts/interfaces";
import { twoVpcs } from "./conflicts/networks";
import { declareOwner } from "./conflicts/owner";
import { brokenLists } from "./conflicts/prefix-lists";
import { foreignLists, foreignParts } from "./conflicts/regions";
import { AppResources } from "./conflicts/resource";
import { duplicateRoutes, twoNetworkAcls } from "./conflicts/subnet-filters";

/** Shared by all copies of the library, so that a stack with two reports once. */
const CHECKED = Symbol.for("originproof/aws-conflicts");

/**
 * What every construct does first that makes resources of AWS: besides what all of the library's do,
 * it sees to it that the stack is checked at synth for what it and others do to one thing.
 */
export function declareAws(construct: IConstruct): void {
  declareConstruct(construct);
  declareOwner(construct);
  const stack = TerraformStack.of(construct);
  if (!Object.hasOwn(stack, CHECKED)) {
    Object.defineProperty(stack, CHECKED, { value: true });
    stack.node.addValidation({ validate: () => conflictsOf(stack) });
  }
}

/**
 * What AWS would refuse at apply, or each apply would undo, anywhere in the app. The last stack that
 * has a construct tells it: by then the aspects of all have run.
 */
function conflictsOf(stack: TerraformStack): string[] {
  const { root } = stack.node;
  const checked = root.node
    .findAll()
    .filter((node) => TerraformStack.isStack(node) && Object.hasOwn(node, CHECKED));
  if (checked.at(-1) !== stack) {
    return [];
  }
  const app = new AppResources(root);
  const rules = groupRules(app);
  return [
    ...inlineRules(app, rules),
    ...duplicateRules(rules),
    ...overfullGroups(rules),
    ...foreignLists(app, rules),
    ...twoNetworkAcls(app),
    ...duplicateRoutes(app),
    ...brokenLists(app),
    ...crowdedHolders(app),
    ...groupsInTemplates(app),
    ...missingIpv6(app),
    ...brokenBalancers(app),
    ...otherTargets(app),
    ...contraryFleets(app),
    ...foreignParts(app),
    ...twoVpcs(app),
  ];
}
