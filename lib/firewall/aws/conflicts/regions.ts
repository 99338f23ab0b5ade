import { TerraformProvider, type TerraformResource, type TerraformStack } from "cdktf";
import { member } from "../../../model/value";
import { isUnresolved } from "../../../synth/literal";
import type { GroupRule } from "./group-rule";
import { groupsAttribute, holdersOf } from "./interfaces";
import type { AppResource, AppResources } from "./resource";

/** Rules that name a prefix list of another region, which AWS doesn't find there. */
export function foreignLists(app: AppResources, rules: readonly GroupRule[]): readonly string[] {
  const lists = new Map(
    app.ofType("aws_ec2_managed_prefix_list").map((list) => [list.identity, list]),
  );
  const regions = new Regions();
  const messages = rules.flatMap(({ source, resource }) => {
    const list = lists.get(source);
    const isOurs = (list?.owner ?? resource.owner) !== undefined;
    return list !== undefined && isOurs ? foreignList(list, resource, regions) : [];
  });
  return [...new Set(messages)];
}

function foreignList(list: AppResource, rule: AppResource, regions: Regions): readonly string[] {
  const [there, here] = [regions.of(list), regions.of(rule)];
  return there === undefined || here === undefined || there === here
    ? []
    : [
        `the prefix list of ${list.path} is in ${there}, and ${rule.path} names it in ${here}, ` +
          "where AWS doesn't find it; make an EdgePrefixList in each region",
      ];
}

/** Parts of one machine or balancer in two regions: AWS finds none of another region. */
export function foreignParts(app: AppResources): readonly string[] {
  const regions = new Regions();
  const groups = holdersOf(app).flatMap((holder) =>
    (holder.list(groupsAttribute(holder)) ?? [])
      .flatMap((text) => app.at(holder, text) ?? [])
      .flatMap((group) => foreignPart(group, holder, regions)),
  );
  const addresses = app
    .ofType("aws_eip_association")
    .filter(({ owner }) => owner !== undefined)
    .flatMap((association) => {
      const address = app.at(association, association.attribute("allocation_id"));
      const machine =
        app.at(association, association.attribute("instance_id")) ??
        app.at(association, association.attribute("network_interface_id"));
      return address === undefined || machine === undefined
        ? []
        : foreignPart(address, machine, regions);
    });
  return [...new Set([...groups, ...addresses])];
}

function foreignPart(part: AppResource, holder: AppResource, regions: Regions): readonly string[] {
  const [there, here] = [regions.of(part), regions.of(holder)];
  return there === undefined || here === undefined || there === here
    ? []
    : [
        `${part.path} is in ${there}, and ${holder.path}, which gets it, in ${here}; make both in ` +
          "one region, by the same 'provider'",
      ];
}

/** The regions of resources. A stack's own provider is looked for once, as the stack may be large. */
class Regions {
  readonly #providers = new Map<TerraformStack, TerraformProvider | undefined>();

  /** Where the resource or its provider says so by a literal. */
  of(resource: AppResource): string | undefined {
    const own = resource.attribute("region");
    const region = own === undefined ? this.ofProvider(resource.element) : own;
    return typeof region === "string" && !isUnresolved(region) ? region : undefined;
  }

  private ofProvider({ provider, cdktfStack }: TerraformResource): unknown {
    const used = provider ?? this.defaultIn(cdktfStack);
    const blocks = member(member(used?.toTerraform(), "provider"), "aws");
    return Array.isArray(blocks) ? member(blocks[0], "region") : undefined;
  }

  private defaultIn(stack: TerraformStack): TerraformProvider | undefined {
    if (!this.#providers.has(stack)) {
      const all = stack.node.findAll().filter(TerraformProvider.isTerraformProvider);
      const plain = all.find((one) => one.terraformResourceType === "aws" && !one.alias);
      this.#providers.set(stack, plain);
    }
    return this.#providers.get(stack);
  }
}
