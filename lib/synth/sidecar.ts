import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { member } from "../model/value";
import type { Sidecar } from "../read/sidecar";
import { isLock, sourceOf, visitorPortsOf } from "./declaration";
import { weakenedIn, zonesIn } from "./sidecar-declared";

type RecordDeclaration = Sidecar["records"][string];

/** A resource or data source, its address, and its block in the file. */
interface Written {
  readonly address: string;
  readonly element: TerraformResource | TerraformDataSource;
  readonly block: unknown;
}

/**
 * What a stack declares besides its Terraform JSON: `originproof.json` beside `cdk.tf.json`, for
 * `review --synth`, since a plan holds neither construct paths nor lifecycle.
 *
 * @param stack after its file was written
 * @param json what the file holds
 */
export function sidecarOf(stack: TerraformStack, json: unknown): Sidecar {
  const constructs = stack.node.findAll();
  const written = writtenOf(constructs, json);
  const records = written.flatMap(({ address, element }): [string, RecordDeclaration][] => {
    const visitorPorts = visitorPortsOf(element);
    return visitorPorts === undefined ? [] : [[address, { visitorPorts: [...visitorPorts] }]];
  });
  return {
    schemaVersion: 1,
    stack: stack.node.id,
    resources: Object.fromEntries(written.map((one) => [one.address, describe(one)])),
    locks: written.filter(({ element }) => isLock(element)).map(({ address }) => address),
    records: Object.fromEntries(records),
    zones: zonesIn(constructs),
    weakened: weakenedIn(stack, constructs),
  };
}

/** By address; without those that a move took out of the file. */
function writtenOf(constructs: readonly IConstruct[], json: unknown): readonly Written[] {
  const managed = member(json, "resource");
  const data = member(json, "data");
  return constructs
    .flatMap((node): readonly Written[] => {
      if (TerraformResource.isTerraformResource(node)) {
        return writtenAt(node, "", managed);
      }
      return TerraformDataSource.isTerraformDataSource(node) ? writtenAt(node, "data.", data) : [];
    })
    .sort((left, right) => (left.address < right.address ? -1 : 1));
}

function writtenAt(element: Written["element"], prefix: string, all: unknown): readonly Written[] {
  const { terraformResourceType: type, friendlyUniqueId: name } = element;
  const block = member(member(all, type), name);
  return block === undefined ? [] : [{ address: `${prefix}${type}.${name}`, element, block }];
}

function describe({ element, block }: Written): Sidecar["resources"][string] {
  return {
    constructPath: element.node.path,
    source: sourceOf(element),
    createBeforeDestroy: member(member(block, "lifecycle"), "create_before_destroy") === true,
  };
}
