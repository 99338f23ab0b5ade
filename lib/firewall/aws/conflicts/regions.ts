import type { TerraformResource } from "cdktf";
import { member } from "../../../model/value";
import { isUnresolved } from "../../../synth/literal";
import type { GroupRule } from "./group-rule";
import type { AppResource, AppResources } from "./resource";

/** Rules that name a prefix list of another region, which AWS doesn't find there. */
export function foreignLists(app: AppResources, rules: readonly GroupRule[]): readonly string[] {
  const lists = new Map(
    app.ofType("aws_ec2_managed_prefix_list").map((list) => [list.identity, list]),
  );
  const messages = rules.flatMap(({ source, resource }) => {
    const list = lists.get(source);
    const isOurs = (list?.owner ?? resource.owner) !== undefined;
    return list !== undefined && isOurs ? foreignList(list, resource) : [];
  });
  return [...new Set(messages)];
}

function foreignList(list: AppResource, rule: AppResource): readonly string[] {
  const [there, here] = [regionOf(list), regionOf(rule)];
  return there === undefined || here === undefined || there === here
    ? []
    : [
        `the prefix list of ${list.path} is in ${there}, and ${rule.path} names it in ${here}, ` +
          "where AWS doesn't find it; make an EdgePrefixList in each region",
      ];
}

/** The region of a resource, where it or its provider says so by a literal. */
function regionOf(resource: AppResource): string | undefined {
  const own = resource.attribute("region");
  const region = own === undefined ? regionOfProvider(resource.element) : own;
  return typeof region === "string" && !isUnresolved(region) ? region : undefined;
}

function regionOfProvider({ provider, cdktfStack }: TerraformResource): unknown {
  const used =
    provider ??
    cdktfStack
      .allProviders()
      .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && !alias);
  const blocks = member(member(used?.toTerraform(), "provider"), "aws");
  return Array.isArray(blocks) ? member(blocks[0], "region") : undefined;
}
