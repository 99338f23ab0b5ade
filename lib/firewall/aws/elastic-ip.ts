import type { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { type TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { resolvedText } from "../../synth/resolved-text";
import type { AwsResourceProps } from "./aws-provider";

/** What an Elastic IP is to lead to. */
export interface ElasticIpHolder {
  readonly resource: TerraformResource;
  /** The holder's own id. */
  readonly id: string;
  /** The attribute by which an association names it. */
  readonly attribute: "instanceId" | "networkInterfaceId";
  /** Of the association. */
  readonly provider: AwsResourceProps;
}

/**
 * Associates an Elastic IP, unless it or an association that the app already has does so.
 *
 * @returns the associations, which a record waits for
 * @throws ConfigurationError `associated-elsewhere`, `two-elastic-ips`
 */
export function associate(
  elasticIp: Eip | undefined,
  holder: ElasticIpHolder,
  scope: Construct,
): readonly TerraformResource[] {
  if (elasticIp === undefined) {
    return [];
  }
  const byItself = elasticIp.instanceInput ?? elasticIp.networkInterfaceInput;
  if (byItself !== undefined) {
    requireSame(byItself, holder, scope);
    return [elasticIp];
  }
  const found = associationOf(elasticIp);
  if (found !== undefined) {
    requireSame(found.instanceIdInput ?? found.networkInterfaceIdInput ?? "", holder, scope);
    return [found];
  }
  requireOnly(elasticIp, holder, scope);
  return [
    new EipAssociation(scope, "Association", {
      allocationId: elasticIp.id,
      [holder.attribute]: holder.id,
      ...holder.provider,
    }),
  ];
}

/** An association that was made before, in the same stack: elsewhere the same text is another. */
function associationOf(elasticIp: Eip): EipAssociation | undefined {
  const own = [elasticIp.id, elasticIp.allocationId].map((text) => resolvedText(elasticIp, text));
  return TerraformStack.of(elasticIp)
    .node.findAll()
    .filter((node): node is EipAssociation => isAssociation(node))
    .find((each) => {
      const named = each.allocationIdInput ?? "";
      return named !== "" && own.includes(resolvedText(each, named));
    });
}

/** On one private address AWS keeps the Elastic IP that is associated last: the other leads nowhere. */
function requireOnly(elasticIp: Eip, { resource, id }: ElasticIpHolder, scope: Construct): void {
  const here = resolvedText(resource, id);
  const other = TerraformStack.of(resource)
    .node.findAll()
    .filter((node): node is EipAssociation => isAssociation(node))
    .find((each) => {
      const named = each.instanceIdInput ?? each.networkInterfaceIdInput ?? "";
      const own = each.privateIpAddressInput !== undefined;
      return named !== "" && !own && resolvedText(each, named) === here;
    });
  if (other !== undefined) {
    throw new ConfigurationError(
      "two-elastic-ips",
      `'elasticIp' is ${elasticIp.node.path}, but ${other.node.path} associates another Elastic IP ` +
        "with the same machine, which AWS would put in its place; give one of the two",
      scope,
    );
  }
}

/** By type: `instanceof` fails between two copies of the bindings. */
function isAssociation(node: IConstruct): boolean {
  return "terraformResourceType" in node && node.terraformResourceType === EIP_ASSOCIATION;
}

const EIP_ASSOCIATION = EipAssociation.tfResourceType;

/** A reference to another resource is a mistake; a literal may be the holder's id. */
function requireSame(named: string, { resource, id }: ElasticIpHolder, scope: Construct): void {
  const [there, here] = [resolvedText(resource, named), resolvedText(resource, id)];
  const [other] = /\baws_(?:instance|network_interface)\.[^.}]+/.exec(there) ?? [];
  const own = here.replace(/^\$\{|\.id\}$/g, "");
  if (other !== undefined && other !== own) {
    throw new ConfigurationError(
      "associated-elsewhere",
      `'elasticIp' is associated with ${other}, not with ${own}; give an Eip of its own`,
      scope,
    );
  }
}
