import {
  TerraformDataSource,
  type TerraformElement,
  TerraformResource,
  type TerraformStack,
} from "cdktf";
import { member } from "../model/value";
import type { Sidecar } from "../read/sidecar";
import { isLock, sourceOf, visitorPortsOf } from "./declaration";
import { weakenedIn, zonesIn } from "./sidecar-declared";

type RecordDeclaration = Sidecar["records"][string];

/** A resource or data source with its address. */
interface Addressed {
  readonly address: string;
  readonly element: TerraformResource | TerraformDataSource;
}

/**
 * What a stack declares besides its Terraform JSON: `originproof.json` beside `cdk.tf.json`, for
 * `review --synth`, since a plan holds neither construct paths nor lifecycle.
 *
 * @param stack after its file was written
 * @param json what the file holds
 */
export function sidecarOf(stack: TerraformStack, json: unknown): Sidecar {
  const written = addressedIn(stack).filter(({ address }) => blockAt(json, address) !== undefined);
  const records = written.flatMap(({ address, element }): [string, RecordDeclaration][] => {
    const visitorPorts = visitorPortsOf(element);
    return visitorPorts === undefined ? [] : [[address, { visitorPorts: [...visitorPorts] }]];
  });
  return {
    schemaVersion: 1,
    stack: stack.node.id,
    resources: Object.fromEntries(
      written.map(({ address, element }) => [address, describe(element, blockAt(json, address))]),
    ),
    locks: written.filter(({ element }) => isLock(element)).map(({ address }) => address),
    records: Object.fromEntries(records),
    zones: zonesIn(stack),
    weakened: weakenedIn(stack),
  };
}

function addressedIn(stack: TerraformStack): readonly Addressed[] {
  return stack.node
    .findAll()
    .flatMap((node): readonly Addressed[] => {
      if (TerraformResource.isTerraformResource(node)) {
        return [
          { address: `${node.terraformResourceType}.${node.friendlyUniqueId}`, element: node },
        ];
      }
      if (TerraformDataSource.isTerraformDataSource(node)) {
        const address = `data.${node.terraformResourceType}.${node.friendlyUniqueId}`;
        return [{ address, element: node }];
      }
      return [];
    })
    .sort((left, right) => (left.address < right.address ? -1 : 1));
}

function describe(element: TerraformElement, block: unknown): Sidecar["resources"][string] {
  return {
    constructPath: element.node.path,
    source: sourceOf(element),
    createBeforeDestroy: member(member(block, "lifecycle"), "create_before_destroy") === true,
  };
}

/** The block of a resource that cdktf wrote; `undefined` for one that a move took away. */
function blockAt(json: unknown, address: string): unknown {
  const parts = address.split(".");
  const path = parts[0] === "data" ? parts : ["resource", ...parts];
  return path.reduce<unknown>(member, json);
}
